// @ts-check
// Packs the built folder into one archive, for those who put the page on a host of their own.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";

export const ARCHIVE = "v1/deltascope-selfhost.zip";

/** The same folder gives the same archive. */
const MADE = new Date(2026, 0, 1);

/**
 * What is on a host, without what only the build needs and without the copy of what is newest.
 * @param {string} folder
 * @returns {Record<string, Uint8Array>}
 */
export function hostedFiles(folder) {
	const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((file) => file.isFile())
		.map((file) => relative(folder, join(file.parentPath, file.name)).replaceAll("\\", "/"))
		.filter((path) => !/^(?:\.vite|latest)\//.test(path) && path !== ARCHIVE)
		.sort();
	return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

function main() {
	const root = join(dirname(fileURLToPath(import.meta.url)), "..");
	const folder = join(root, "dist");
	if (!existsSync(join(folder, "v1/embed/index.html"))) {
		console.error("There is no built page: npm run build first.");
		process.exitCode = 2;
		return;
	}
	const told = ["LICENSE", "docs/hosting.md", "docs/embedding.md"];
	const beside = Object.fromEntries(told.map((path) => [path, readFileSync(join(root, path))]));
	const bytes = zipSync({ ...hostedFiles(folder), ...beside }, { level: 9, mtime: MADE });
	writeFileSync(join(folder, ARCHIVE), bytes);
	console.log(`${bytes.length.toLocaleString("en").padStart(10)}  ${ARCHIVE}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
