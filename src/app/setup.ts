import type { Layout, ParameterValues, Part } from "../formats/link/parameters.ts";
import type { Lock } from "../store/session.ts";

/** How the author of a link set the page up; it stays as it is while the page stands. */
export interface Setup {
	readonly framed: boolean;
	readonly layout: Layout;
	readonly hidden: ReadonlySet<Part>;
	/** Whether links that leave the page can be followed. */
	readonly links: boolean;
	/** The heading that the author chose; null for the preset's. */
	readonly title: string | null;
	/** Whether the page fills the height that it is given, and asks for no other. */
	readonly fixed: boolean;
	readonly keys: "focus" | "global" | "off";
	/** Whether the author looks at what became of the link. */
	readonly debug: boolean;
}

/** What each layout leaves out. */
const LEFT_OUT: Readonly<Record<Layout, readonly Part[]>> = {
	full: [],
	standard: [],
	compact: ["title"],
	bare: ["title", "timeline", "ledger", "panels", "loss", "notation"],
};

export const ALL_LOCKS: readonly Lock[] = ["net", "data", "weights", "solver", "seed"];

export function setupOf(values: ParameterValues, usual: Layout, framed: boolean): Setup {
	const layout = values.ui === "full" && usual !== "full" ? "standard" : (values.ui ?? usual);
	const hidden = new Set([...LEFT_OUT[layout], ...(values.hide ?? [])]);
	if (values.title !== undefined) hidden.delete("title");
	for (const part of values.show ?? []) hidden.delete(part);
	return {
		framed,
		layout,
		hidden,
		links: values.links ?? true,
		title: values.title ?? null,
		fixed: values.height === "fixed",
		keys: values.keys ?? (framed ? "focus" : "global"),
		debug: values.debug ?? false,
	};
}

export function locksOf({ edit = true, lock = [] }: ParameterValues): ReadonlySet<Lock> {
	return new Set(!edit || lock.includes("all") ? ALL_LOCKS : ALL_LOCKS.filter((name) => lock.includes(name)));
}
