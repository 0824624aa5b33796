import "../src/engine/layers/index.ts";
import { presets } from "../src/data/presets/index.ts";
import { buildNet } from "../src/engine/net.ts";
import { parameterKeys, parameters } from "../src/formats/link/parameters.ts";
import { readNet } from "../src/formats/prototxt/index.ts";
import { en } from "../src/i18n/en/index.ts";
import { structureOf } from "../src/timeline/structure.ts";
import { posterOf, posterSvg } from "./poster.ts";
import { posterPng } from "./poster-png.ts";

/** What stands in a preset's page before any script has run. */
export interface EmbedPage {
	readonly id: string;
	readonly title: string;
	readonly description: string;
	readonly svg: string;
	readonly thumbs: readonly Thumb[];
}

/** A picture of a preset as a file, for pages that show no frame. */
export interface Thumb {
	/** What stands between the preset's name and the ending: "", ".dark", ".print". */
	readonly look: string;
	readonly svg: string;
	readonly png: Uint8Array;
}

const LOOKS = [
	{ look: "", ink: "#1b2430", paper: "#ffffff" },
	{ look: ".dark", ink: "#e6ebf2", paper: "#10151e" },
	{ look: ".print", ink: "#000000", paper: "#ffffff" },
];

export const pages: readonly EmbedPage[] = presets.map(({ id, net }) => {
	const { title, subtitle, see } = en.presets[id];
	const { groups } = structureOf(buildNet(readNet(net, { precision: "double" })));
	const columns = groups.filter(({ role }) => role !== "loss" && role !== "target").map(({ units }) => units);
	const name = `${title}: a network of ${columns.length} layers with ${columns.join(", ")} units`;
	const picture = posterOf(columns);
	return {
		id,
		title: `${title}: ${subtitle}`,
		description: see[0] ?? "",
		svg: posterSvg(picture, name, null),
		thumbs: LOOKS.map(({ look, ...colours }) => ({
			look,
			svg: posterSvg(picture, name, colours),
			png: posterPng(picture, colours),
		})),
	};
});

/** A setting's values as a type: those that are listed are spelled out. */
function attributeType(form: string): string {
	const values = form.split(" | ");
	return values.length > 1 && values.every((value) => /^[\w-]+$/.test(value))
		? values.map((value) => JSON.stringify(value)).join(" | ")
		: "string";
}

/** The types of `sdk.mjs`, with the attributes of `<delta-scope>` from the parameters of a link. */
export const types = `/** Attributes of \`<delta-scope>\`. */
export interface DeltaScopeAttributes {
${parameterKeys.map((key) => `\t${key}?: ${attributeType(parameters[key].type.form)}${key === "theme" ? ' | "host"' : ""};`).join("\n")}
\t"max-height"?: string;
\tsandbox?: string;
}
export interface Talk {
\task(type: string, p?: unknown): Promise<unknown>;
\tclose(): void;
}
export interface TalkOptions {
\tonMessage?: (type: string, p: unknown) => void;
\tinit?: () => Readonly<Record<string, unknown>>;
}
export declare function talkWith(frame: HTMLIFrameElement, options?: TalkOptions): Talk;
export declare function hostTheme(): "light" | "dark" | "auto";
export declare class DeltaScopeElement extends HTMLElement {
\treadonly frame: HTMLIFrameElement | null;
\task(type: string, p?: unknown): Promise<unknown>;
}
declare global {
\tinterface HTMLElementTagNameMap {
\t\t"delta-scope": DeltaScopeElement;
\t}
}
`;
