import type { Address } from "./address.ts";

export const SNIPPETS = ["link", "iframe", "element", "markdown", "myst", "quarto", "docusaurus"] as const;
export type SnippetId = (typeof SNIPPETS)[number];

/** What all snippets are made of. */
export interface Shared {
	/** The whole page. */
	readonly link: string;
	/** The embedded page. */
	readonly embed: string;
	readonly address: Address;
	/** Where `sdk.js` lies. */
	readonly script: string;
	readonly title: string;
	readonly width: number;
	readonly height: number;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const attribute = (text: string) => text.replaceAll(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);

/** In Markdown these would end or begin something. */
const markdownText = (text: string) => text.replaceAll(/[\\[\]*_`<>]/g, (letter) => `\\${letter}`);
const markdownUrl = (url: string) => url.replaceAll("(", "%28").replaceAll(")", "%29");

function iframe({ embed, title, width, height }: Shared): string {
	return [
		"<iframe",
		`  src="${attribute(embed)}"`,
		`  title="${attribute(title)}"`,
		`  width="${width}" height="${height}" loading="lazy"`,
		'  allow="fullscreen; clipboard-write" style="border:0;max-width:100%"></iframe>',
	].join("\n");
}

function element({ address, script, link, title, width, height }: Shared): string {
	const { query, state } = address;
	const attributes = [...query, ...(state === null ? [] : [["s", state] as const])];
	return [
		`<script src="${attribute(script)}" async></script>`,
		"<delta-scope",
		...attributes.map(([key, value]) => `  ${key}="${attribute(value)}"`),
		`  style="max-width:${width}px;min-height:${height}px">`,
		`  <a href="${attribute(link)}">${attribute(title)}</a>`,
		"</delta-scope>",
	].join("\n");
}

const markdown = ({ link, title }: Shared) => `[${markdownText(title)}](${markdownUrl(link)})`;

function myst({ embed, title }: Shared): string {
	return [`:::{iframe} ${embed}`, ":width: 100%", `:title: ${title}`, markdownText(title), ":::"].join("\n");
}

function quarto(shared: Shared): string {
	return [
		'::: {.content-visible when-format="html"}',
		iframe(shared),
		":::",
		'::: {.content-visible unless-format="html"}',
		markdown(shared),
		":::",
	].join("\n");
}

function docusaurus({ embed, title, width, height }: Shared): string {
	return [
		"<iframe",
		`  src="${attribute(embed)}"`,
		`  title="${attribute(title)}"`,
		`  width="100%" height="${height}" loading="lazy"`,
		`  allow="fullscreen; clipboard-write" style={{ border: 0, maxWidth: ${width} }} />`,
	].join("\n");
}

const MAKERS: Readonly<Record<SnippetId, (shared: Shared) => string>> = {
	link: ({ link }) => link,
	iframe,
	element,
	markdown,
	myst,
	quarto,
	docusaurus,
};

/** What an author pastes into a page, for each kind of page. */
export const snippetOf = (id: SnippetId, shared: Shared): string => MAKERS[id](shared);
