// @ts-check
// Prints what the built page fetches before its first step works, beside the budget, and fails above the ceiling.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET = 120_000;
const AIM = 105_000;

/** The files for other pages: what each is to have at most, compressed, and what was reached where that is not met. */
const FOR_OTHERS = [
	{ file: "v1/embed/index.html", budget: 180_000, ceiling: 303_500 },
	{ file: "v1/sdk.js", budget: 3000, ceiling: 3000 },
	{ file: "v1/sdk.mjs", budget: 3000, ceiling: 3000 },
];
// What was reached below the budget is held here, and only ever lowered.
export const CEILING = 116_000;

/**
 * One chunk of Vite's manifest, as far as it is read here.
 * @typedef {{ file: string, css?: string[], assets?: string[], imports?: string[], isEntry?: boolean }} Chunk
 */

/**
 * The files the entry needs at once: its chunk, what that imports statically, and their stylesheets.
 * @param {Readonly<Record<string, Chunk>>} manifest
 * @returns {Set<string>}
 */
export function firstLoad(manifest) {
	const files = new Set();
	/** @param {string} key */
	const visit = (key) => {
		const chunk = manifest[key];
		if (chunk === undefined) throw new Error(`The manifest has no chunk ${key}.`);
		if (files.has(chunk.file)) return;
		files.add(chunk.file);
		for (const style of chunk.css ?? []) files.add(style);
		for (const next of chunk.imports ?? []) visit(next);
	};
	const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry === true);
	if (entries.length === 0) throw new Error("The manifest has no entry.");
	for (const key of entries) visit(key);
	return files;
}

/**
 * The fonts a stylesheet asks for. The browser fetches them as soon as text needs them, so they count.
 * @param {string} css
 * @param {string} file the stylesheet's place in the built folder
 * @returns {string[]}
 */
export function fontsOf(css, file) {
	const urls = [...css.matchAll(/url\(\s*["']?([^"')]+\.(?:woff2?|ttf|otf))["']?\s*\)/g)];
	return urls.map((match) => posix.normalize(posix.join(posix.dirname(file), match[1] ?? "")));
}

/**
 * The files an HTML page names in links that are fetched before use.
 * @param {string} html
 * @returns {string[]}
 */
export function linkedFiles(html) {
	const tags = html.match(/<(?:link|script)\b[^>]*>/g) ?? [];
	return tags.flatMap((tag) => {
		if (tag.startsWith("<link") && !/rel="?(?:stylesheet|modulepreload|preload)\b/.test(tag)) return [];
		const match = /(?:href|src)="([^"]+)"/.exec(tag);
		return match?.[1] === undefined ? [] : [posix.normalize(match[1])];
	});
}

/** @param {string} path */
const gzipBytes = (path) => gzipSync(readFileSync(path), { level: 9 }).length;

/**
 * @param {string} folder the built page
 * @returns {{ first: [string, number][], later: [string, number][], total: number }}
 */
export function measure(folder) {
	/** @type {Record<string, Chunk>} */
	const manifest = JSON.parse(readFileSync(join(folder, ".vite/manifest.json"), "utf8"));
	const files = firstLoad(manifest).add("index.html");
	for (const file of linkedFiles(readFileSync(join(folder, "index.html"), "utf8"))) files.add(file);
	for (const file of [...files].filter((name) => name.endsWith(".css"))) {
		for (const font of fontsOf(readFileSync(join(folder, file), "utf8"), file)) files.add(font);
	}
	const counted = /\.(?:html|css|m?js|woff2?|ttf|otf)$/;
	const all = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && counted.test(entry.name))
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
	/** @param {(file: string) => boolean} chosen @returns {[string, number][]} */
	const table = (chosen) =>
		all
			.filter(chosen)
			.map((file) => /** @type {[string, number]} */ ([file, gzipBytes(join(folder, file))]))
			.sort((a, b) => b[1] - a[1]);
	const missing = [...files].filter((file) => !all.includes(file));
	if (missing.length > 0) throw new Error(`The page names files that were not built: ${missing.join(", ")}`);
	const first = table((file) => files.has(file));
	return { first, later: table((file) => !files.has(file)), total: first.reduce((sum, [, bytes]) => sum + bytes, 0) };
}

/** @param {readonly [string, number][]} rows */
function print(rows) {
	for (const [file, bytes] of rows) console.log(`${bytes.toLocaleString("en").padStart(10)}  ${file}`);
}

function main() {
	const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), "../dist");
	if (!existsSync(join(folder, "index.html"))) {
		console.error("There is no built page: npm run build first.");
		process.exitCode = 2;
		return;
	}
	const { first, later, total } = measure(folder);
	console.log("for other pages, whole (bytes, gzip level 9)");
	for (const { file, budget, ceiling } of FOR_OTHERS) {
		const bytes = existsSync(join(folder, file)) ? gzipBytes(join(folder, file)) : Number.POSITIVE_INFINITY;
		console.log(`${bytes.toLocaleString("en").padStart(10)}  ${file}; must ${budget.toLocaleString("en")}`);
		if (bytes > budget)
			console.log(`NOT MET: ${file} is ${(bytes - budget).toLocaleString("en")} bytes above the budget`);
		if (bytes <= ceiling) continue;
		console.error(`${file} is ${(bytes - ceiling).toLocaleString("en")} bytes above what was reached before.`);
		process.exitCode = 1;
	}
	console.log("fetched before the first step works (bytes, gzip level 9)");
	print(first);
	console.log(
		`${total.toLocaleString("en").padStart(10)}  in all; must ${BUDGET.toLocaleString("en")}, aim ${AIM.toLocaleString("en")}`,
	);
	console.log("fetched after the first paint or on use");
	print(later);
	if (total > BUDGET)
		console.log(`NOT MET: the first load is ${(total - BUDGET).toLocaleString("en")} bytes above the budget`);
	if (total > CEILING) {
		console.error(`The first load is ${(total - CEILING).toLocaleString("en")} bytes above what was reached before.`);
		process.exitCode = 1;
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
