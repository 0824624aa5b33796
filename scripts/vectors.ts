/**
 * Runs every vector file of a folder and compares this engine's numbers with Caffe's:
 *   npm run vectors -- FOLDER
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { runVector, type VectorResult } from "./vectors/run-vector.ts";
import { parseVectorFile } from "./vectors/vector-file.ts";

/** How many of a case's differences are printed, the largest first. */
const SHOWN = 6;

function report(name: string, result: VectorResult): void {
	if (result.kind === "passed") return;
	if (result.kind === "skipped") {
		console.log(`skip ${name}: ${result.reason}`);
		return;
	}
	console.log(`FAIL ${name}`);
	for (const { what, error, detail } of result.differences.slice(0, SHOWN)) {
		console.log(`     ${what}: ${error === null ? "" : `largest relative error ${error.toExponential(1)}, `}${detail}`);
	}
	if (result.differences.length > SHOWN) console.log(`     and ${result.differences.length - SHOWN} more`);
}

function attempt(text: string): VectorResult {
	try {
		return runVector(parseVectorFile(text));
	} catch (error) {
		return { kind: "failed", differences: [{ what: "thrown", error: null, detail: String(error) }] };
	}
}

async function runFolder(folder: string): Promise<void> {
	const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
	const counts = { passed: 0, failed: 0, skipped: 0 };
	let compared = 0;
	for (const name of names) {
		const result = attempt(await readFile(join(folder, name), "utf8"));
		counts[result.kind]++;
		if (result.kind === "passed") compared += result.compared;
		report(name.replace(/\.json$/, ""), result);
	}
	console.log(`${compared} numbers agree`);
	console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
	if (counts.failed > 0 || names.length === 0) process.exitCode = 1;
}

const folder = process.argv[2];
if (folder === undefined) {
	console.error("usage: npm run vectors -- FOLDER");
	process.exitCode = 2;
} else {
	await runFolder(folder);
}
