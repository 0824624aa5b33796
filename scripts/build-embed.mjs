// @ts-check
// Builds what stands in other pages, after the page itself has been built: one HTML file with everything in it, one
// for each preset, the whole page as one file, and the script for the pages around:
//   node scripts/build-embed.mjs [FOLDER]
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { bundle, root, small } from "./embed-bundle.mjs";
import { dataScript, embedOnly, fontRules } from "./embed-parts.mjs";
import { embedPage, fullPage, oembed } from "./embed-template.mjs";
import { runTypeScript } from "./run-ts.mjs";

const folder = resolve(process.argv[2] ?? join(root, "dist"));

/** @param {string} path @param {string | Uint8Array} text */
function write(path, text) {
	const file = join(folder, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	if (path.startsWith("v1/thumb/")) return;
	const size = gzipSync(text, { level: 9 }).length;
	console.log(`${size.toLocaleString("en").padStart(10)}  ${path}`);
}

const site = process.env.SITE_URL === undefined ? undefined : `${process.env.SITE_URL.replace(/\/$/, "")}/`;
/** @type {{ version: string }} */
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
console.log("for other pages (bytes, gzip level 9)");
const { code, style } = await bundle("src/embed-main.tsx", "iife", { plugins: [embedOnly], alias: small });
/** @type {{ pages: readonly import("./embed-pages.ts").EmbedPage[], types: string }} */
const { pages, types } = await runTypeScript(join(root, "scripts/embed-pages.ts"), []);
const [first] = pages;
if (first === undefined) throw new Error("there is no preset");
const any = { ...first, id: null, script: code, style, data: "", site };
write("v1/embed/index.html", embedPage({ ...any, home: "../../" }));
// To be saved and handed on: what it was when it was saved it stays.
write(`v1/deltascope-${version}.html`, embedPage({ ...any, home: "../" }));
for (const page of pages) {
	const data = await dataScript(page.id);
	if (site !== undefined) write(`v1/oembed/${page.id}.json`, oembed(site, page));
	for (const { look, svg, png } of page.thumbs) {
		write(`v1/thumb/${page.id}${look}.svg`, svg);
		write(`v1/thumb/${page.id}${look}.png`, png);
	}
	write(`v1/embed/${page.id}/index.html`, embedPage({ ...page, script: code, style, data, home: "../../../", site }));
}
const whole = await bundle("src/full-main.tsx", "iife");
const wholeStyle = `${await fontRules()}\n${whole.style}`;
write("v1/deltascope-full.html", fullPage({ ...first, script: whole.code, style: wholeStyle, site }));

/** @type {readonly { name: string, entry: string, format: "iife" | "es" }[]} */
const sdks = [
	{ name: "sdk.js", entry: "src/embed/sdk-script.ts", format: "iife" },
	{ name: "sdk.mjs", entry: "src/embed/sdk-module.ts", format: "es" },
];
for (const { name, entry, format } of sdks) {
	const sdk = await bundle(entry, format);
	const text = `/*! Deltascope ${version}, MIT */\n${sdk.code}\n`;
	write(`v1/${name}`, text);
	// The file that bears a version never changes, so that a page can name its hash.
	write(`v1/${name.replace("sdk", `sdk-${version}`)}`, text);
	console.log(`            integrity="sha384-${createHash("sha384").update(text).digest("base64")}"`);
}
write("v1/sdk.d.ts", types);
// What is the newest, whatever its version: pages that want what stays as it is take /v1/.
rmSync(join(folder, "latest"), { recursive: true, force: true });
cpSync(join(folder, "v1"), join(folder, "latest"), {
	recursive: true,
	filter: (path) => !path.endsWith(`-${version}.html`) && !/-\d[^/\\]*\.m?js$|\.zip$/.test(path),
});
