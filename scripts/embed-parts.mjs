// @ts-check
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./embed-bundle.mjs";
import { runTypeScript } from "./run-ts.mjs";

/** Data that only some presets need: the pages of those bring it along. */
const DATA = [
	{ file: "digits-pixels.ts", name: "digitLines", presets: ["digits", "autoencoder"] },
	{ file: "fashion-pixels.ts", name: "fashionImages", presets: ["lenet"] },
];

/** Texts of what opens in the whole page only. */
const TEXTS = [
	{ file: "export.ts", name: "exporting" },
	{ file: "import.ts", name: "imports" },
	{ file: "share.ts", name: "share" },
];

/**
 * Leaves out of the embed what belongs to the whole page: sharing, import and export.
 * @type {import("vite").Plugin}
 */
export const embedOnly = {
	name: "embed-only",
	enforce: "pre",
	load(id) {
		// A worker's file has no place to come from in one file: the page's own script is run once more.
		if (id.endsWith("store/worker/open-worker.ts")) return 'export { openInWorker } from "../../embed/own-worker.ts";';
		if (id.endsWith("src/app/full-app.tsx")) return 'export { default as FullApp } from "./embed-app.tsx";';
		const text = TEXTS.find(({ file }) => /\/i18n\/\w+\//.test(id) && id.endsWith(`/${file}`));
		if (text !== undefined) return `export const ${text.name} = {};`;
		const data = DATA.find(({ file }) => id.endsWith(file));
		return data && `export const ${data.name} = globalThis.deltascopeData?.${data.name};`;
	},
};

/** The data that a preset's page brings along, as a script. @param {string} preset */
export async function dataScript(preset) {
	const needed = DATA.filter(({ presets }) => presets.includes(preset));
	if (needed.length === 0) return "";
	/** @type {Record<string, unknown>} */
	const found = {};
	for (const { file, name } of needed) {
		found[name] = (await runTypeScript(join(root, "src/data/sets", file), []))[name];
	}
	return `globalThis.deltascopeData=${JSON.stringify(found)};`;
}

/** The page's fonts as rules with the fonts inside. */
export async function fontRules() {
	/** @type {{ fontFiles: readonly { family: string, file: string, weight: string, unicodeRange?: string }[] }} */
	const { fontFiles } = await runTypeScript(join(root, "src/app/theme/fonts.ts"), []);
	const rules = fontFiles.map(({ family, file, weight, unicodeRange }) => {
		const bytes = readFileSync(join(root, "public/fonts", file)).toString("base64");
		const range = unicodeRange === undefined ? "" : `unicode-range:${unicodeRange};`;
		return `@font-face{font-family:"${family}";font-weight:${weight};${range}src:url(data:font/woff2;base64,${bytes}) format("woff2")}`;
	});
	return rules.join("\n");
}
