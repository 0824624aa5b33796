// @ts-check
// Builds what stands in other pages, after the page itself has been built: one HTML file with everything in it, one
// for each preset, and the script for the pages around.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { embedPage, oembed } from "./embed-template.mjs";
import { runTypeScript } from "./run-ts.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = ["chrome120", "edge120", "firefox121", "safari17.2"];

/** Data that only some presets need; their pages bring it along. */
const DATA = {
	"fashion-pixels.ts": ["fashionImages"],
};

/** @type {import("vite").Plugin} */
const embedOnly = {
	name: "embed-only",
	enforce: "pre",
	load(id) {
		// A blob's worker has no place to come from in one file; large nets are computed in slices instead.
		if (id.endsWith("open-worker.ts"))
			return "export const openInWorker = () => Promise.reject(new Error('no worker'));";
		// Sharing, import and export belong to the whole page.
		if (id.endsWith("src/app/full-app.tsx")) return 'export { default as FullApp } from "./embed-app.tsx";';
		for (const [file, names] of Object.entries(DATA)) {
			if (!id.endsWith(file)) continue;
			return names.map((name) => `export const ${name} = globalThis.deltascopeData?.${name};`).join("\n");
		}
		return undefined;
	},
};

/**
 * @param {string} entry
 * @param {"iife" | "es"} format
 * @param {readonly import("vite").Plugin[]} plugins
 */
async function bundle(entry, format, plugins = []) {
	const result = await build({
		root,
		configFile: false,
		logLevel: "error",
		mode: "embed",
		publicDir: false,
		// React's interface at a tenth of its size. The page itself runs on React; the embed's own tests run on this.
		resolve: {
			alias: [
				{ find: /^react-dom\/client$/, replacement: "preact/compat/client" },
				{ find: /^react(?:-dom)?$/, replacement: "preact/compat" },
				{ find: /^react\/jsx-runtime$/, replacement: "preact/jsx-runtime" },
			],
		},
		plugins: [...plugins],
		define: { "process.env.NODE_ENV": '"production"', "import.meta.env.PROD": "true", "import.meta.env.DEV": "false" },
		build: {
			write: false,
			target,
			cssCodeSplit: false,
			modulePreload: false,
			rolldownOptions: {
				input: join(root, entry),
				output: { format, topLevelVar: false, codeSplitting: false },
				onwarn(warning, warn) {
					if (warning.code !== "EMPTY_IMPORT_META") warn(warning);
				},
			},
		},
	});
	const files = (Array.isArray(result) ? result : [result]).flatMap((part) => ("output" in part ? part.output : []));
	const code = files.flatMap((file) => (file.type === "chunk" ? [file.code] : []));
	const style = files.flatMap((file) =>
		file.type === "asset" && file.fileName.endsWith(".css") ? [String(file.source)] : [],
	);
	if (code.length !== 1 || code[0] === undefined) throw new Error(`${entry} made ${code.length} chunks, not one`);
	return { code: code[0].trim(), style: style.join("\n").trim() };
}

/** @param {readonly string[]} files */
async function dataScript(files) {
	if (files.length === 0) return "";
	/** @type {Record<string, unknown>} */
	const found = {};
	for (const file of files) Object.assign(found, await runTypeScript(join(root, "src/data/sets", file), []));
	return `globalThis.deltascopeData=${JSON.stringify(found)};`;
}

/** Which data a preset's page brings along. @type {Readonly<Record<string, readonly string[]>>} */
const NEEDS = { lenet: ["fashion-pixels.ts"] };

/** @param {string} path @param {string} text */
function write(path, text) {
	const file = join(root, "dist", path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	const size = gzipSync(text, { level: 9 }).length;
	console.log(`${size.toLocaleString("en").padStart(10)}  ${path}`);
}

const site = process.env.SITE_URL === undefined ? undefined : `${process.env.SITE_URL.replace(/\/$/, "")}/`;
console.log("for other pages (bytes, gzip level 9)");
const { code, style } = await bundle("src/embed-main.tsx", "iife", [embedOnly]);
/** @type {{ pages: readonly { id: string, title: string, description: string, svg: string }[], types: string }} */
const { pages, types } = await runTypeScript(join(root, "scripts/embed-pages.ts"), []);
const [first] = pages;
if (first === undefined) throw new Error("there is no preset");
write("v1/embed/index.html", embedPage({ ...first, id: null, script: code, style, data: "", home: "../../", site }));
for (const page of pages) {
	const data = await dataScript(NEEDS[page.id] ?? []);
	if (site !== undefined) write(`v1/oembed/${page.id}.json`, oembed(site, page));
	write(`v1/embed/${page.id}/index.html`, embedPage({ ...page, script: code, style, data, home: "../../../", site }));
}
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
for (const [name, format] of /** @type {const} */ ([
	["sdk.js", "iife"],
	["sdk.mjs", "es"],
])) {
	const entry = format === "iife" ? "src/embed/sdk-script.ts" : "src/embed/sdk-module.ts";
	const sdk = await bundle(entry, format);
	write(`v1/${name}`, `/*! Deltascope ${version}, MIT */\n${sdk.code}\n`);
}
write("v1/sdk.d.ts", types);
