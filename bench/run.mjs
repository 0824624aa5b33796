// @ts-check
// npm run bench                      the page's budgets, then the engine beside its peers
// npm run bench -- page              the page alone; npm run build first
// npm run bench -- engine [W1 …]     the engine alone, or some of its workloads; npm install --prefix bench first
// npm run bench -- functions         exp, log, … beside those of Math
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runEngine } from "./engine/run.mjs";
import { runPage } from "./page-budgets.mjs";

const [part, ...only] = process.argv.slice(2);
const parts = ["page", "engine", "functions"];
if (part !== undefined && !parts.includes(part)) {
	console.error(`usage: npm run bench [-- ${parts.join(" | ")}]`);
	process.exit(2);
}
const wanted = (/** @type {string} */ name) => part === undefined || part === name;

if (wanted("page")) await runPage();
if (wanted("functions")) {
	const { runTypeScript } = await import("../scripts/run-ts.mjs");
	const { runFunctions } = await runTypeScript(fileURLToPath(new URL("engine/functions.ts", import.meta.url)), []);
	runFunctions();
}
if (wanted("engine")) {
	if (!existsSync(new URL("node_modules", import.meta.url))) {
		console.log("Without peers: npm install --prefix bench brings them.");
	}
	await runEngine(only);
}
