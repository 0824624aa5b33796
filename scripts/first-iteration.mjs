// @ts-check
import { fileURLToPath } from "node:url";
import { runTypeScript } from "./run-ts.mjs";

const NAME = "virtual:first-iteration";

/**
 * Lets the engine record the page's first iteration when the page is built, so that the first step waits for no engine.
 * While developing there is none: what is changed must be what is seen.
 * @returns {import("vite").Plugin}
 */
export function firstIteration() {
	let building = false;
	return {
		name: "first-iteration",
		configResolved({ command, mode }) {
			building = command === "build" && mode !== "test";
		},
		resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
		async load(id) {
			if (id !== `\0${NAME}`) return undefined;
			if (!building) return "export const firstIteration = null;";
			const source = fileURLToPath(new URL("first-iteration.ts", import.meta.url));
			const { argv } = process;
			const { moduleOf, recordFirstIteration } = await runTypeScript(source, argv.slice(2));
			process.argv = argv;
			return moduleOf(await recordFirstIteration());
		},
	};
}
