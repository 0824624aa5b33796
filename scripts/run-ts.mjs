// @ts-check
// Runs a TypeScript script under Node, which cannot run the language itself before version 22:
//   node scripts/run-ts.mjs FILE ARGUMENTS…
// The script sees process.argv as if it had been started itself. Its own place is process.argv[1],
// since import.meta.url names the bundle.
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Bundles a TypeScript file for Node and imports it.
 * @param {string} file the script, relative to the working directory
 * @param {readonly string[]} args what follows the file's name on its command line
 */
export async function runTypeScript(file, args) {
	const entry = resolve(file);
	// Inside node_modules, so that packages left out of the bundle are found from there.
	const cache = resolve(root, "node_modules/.cache/run-ts");
	await mkdir(cache, { recursive: true });
	const folder = await mkdtemp(`${cache}/`);
	try {
		await build({
			root,
			configFile: false,
			logLevel: "error",
			publicDir: false,
			build: {
				ssr: entry,
				outDir: folder,
				target: "node20",
				minify: false,
				sourcemap: "inline",
				rollupOptions: {
					// As in vite.config.ts, so that what is measured here is what the page runs.
					output: { entryFileNames: "script.mjs", chunkFileNames: "[name]-[hash].mjs", topLevelVar: false },
				},
			},
		});
		process.argv = [process.execPath, entry, ...args];
		return await import(pathToFileURL(`${folder}/script.mjs`).href);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const [file, ...args] = process.argv.slice(2);
	if (file === undefined) {
		console.error("usage: node scripts/run-ts.mjs FILE ARGUMENTS…");
		process.exitCode = 2;
	} else {
		await runTypeScript(file, args);
	}
}
