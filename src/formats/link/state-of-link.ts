/** The state of a link: from the fragment, which never reaches a server, else from the query, where hosts drop it. */
export function stateOfLink(query: string, fragment: string): string | undefined {
	return new URLSearchParams(fragment.replace(/^#/, "")).get("s") ?? new URLSearchParams(query).get("s") ?? undefined;
}
