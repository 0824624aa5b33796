// @ts-check
// Runs everything that is checked, one stage after the other, and ends in the line `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findBrowser } from "./find-browser.mjs";

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * @typedef {{ name: string, program: string, args: string[], env?: Record<string, string>, browser?: boolean,
 *   needs?: string, read?: (report: string) => Count, report?: string }} Stage
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (/** @type {string} */ path) => join(root, "node_modules", path);

/**
 * Reads vitest's report.
 * @param {string} text
 * @returns {Count}
 */
export function readVitest(text) {
	const report = JSON.parse(text);
	// A file that cannot be loaded holds no test that could fail.
	const broken = report.testResults.filter(
		(/** @type {{ status: string, assertionResults: { status: string }[] }} */ file) =>
			file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
	).length;
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + broken,
		skipped: report.numPendingTests + report.numTodoTests,
	};
}

/**
 * Reads Playwright's report. What passes at the second try has passed: Playwright names it at the end of its list.
 * @param {string} text
 * @returns {Count}
 */
export function readPlaywright(text) {
	const { stats, errors } = JSON.parse(text);
	return {
		passed: stats.expected + stats.flaky,
		failed: stats.unexpected + (errors?.length ?? 0),
		skipped: stats.skipped,
	};
}

/**
 * What a finished stage counts for. A check counts as one test. A suite that fails without a failed test, or that
 * holds no test at all, counts as one failure.
 * @param {boolean} succeeded
 * @param {Count | null} count
 * @returns {Count}
 */
export function judge(succeeded, count) {
	if (count === null) return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
	const silent = count.failed === 0 && (!succeeded || count.passed === 0);
	return { ...count, failed: silent ? 1 : count.failed };
}

/**
 * @param {Count} count
 * @returns {string}
 */
export function countLine({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** A port that nothing listens on: another run, or a server left over, must not fail this one. */
export async function freePort() {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	server.close();
	await once(server, "close");
	if (address === null || typeof address === "string") throw new Error("There is no free port.");
	return address.port;
}

/**
 * @param {string} folder where the suites' reports go
 * @param {number} port of the built page's server
 * @returns {Stage[]}
 */
function stages(folder, port) {
	const suite = (/** @type {string} */ project) => {
		const report = join(folder, `${project}.json`);
		const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
		return {
			program: bin("vitest/vitest.mjs"),
			args: ["run", "--project", project, ...reporters],
			read: readVitest,
			report,
		};
	};
	const report = join(folder, "playwright.json");
	return [
		{ name: "types", program: bin("typescript/bin/tsc"), args: ["--noEmit"] },
		{ name: "lint and floors", program: bin("@biomejs/biome/bin/biome"), args: ["ci", "--error-on-warnings"] },
		{ name: "dead code", program: bin("knip/bin/knip.js"), args: [] },
		{ name: "build", program: bin("vite/bin/vite.js"), args: ["build"] },
		{ name: "embed", program: join(root, "scripts/build-embed.mjs"), args: [], needs: "build" },
		{ name: "size", program: join(root, "scripts/size.mjs"), args: [], needs: "build" },
		{ name: "unit tests", ...suite("node") },
		{ name: "component tests", ...suite("browser"), browser: true },
		{
			name: "end-to-end tests",
			program: bin("@playwright/test/cli.js"),
			args: ["test", "--reporter=list,json"],
			env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report, PREVIEW_PORT: String(port) },
			browser: true,
			needs: "build",
			read: readPlaywright,
			report,
		},
	];
}

/**
 * @param {Stage} stage
 * @param {string | null} browser
 * @returns {Count}
 */
function runStage(stage, browser) {
	const { status } = spawnSync(process.execPath, [stage.program, ...stage.args], {
		cwd: root,
		stdio: ["ignore", "inherit", "inherit"],
		env: { ...process.env, ...stage.env, ...(browser === null ? {} : { PLAYWRIGHT_CHROMIUM: browser }) },
	});
	const succeeded = status === 0;
	if (stage.read === undefined || stage.report === undefined) return judge(succeeded, null);
	try {
		return judge(succeeded, stage.read(readFileSync(stage.report, "utf8")));
	} catch {
		console.error(`${stage.name}: there is no report to read`);
		return { passed: 0, failed: 1, skipped: 0 };
	}
}

/** @returns {string | null} */
function browserOrNull() {
	try {
		return findBrowser();
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		return null;
	}
}

async function main() {
	const folder = mkdtempSync(join(tmpdir(), "reports-"));
	const sum = { passed: 0, failed: 0, skipped: 0 };
	const summary = [];
	/** @type {Set<string>} */
	const failedStages = new Set();
	/** @type {string | null | undefined} */
	let browser;
	for (const stage of stages(folder, await freePort())) {
		console.log(`\n── ${stage.name}`);
		const start = performance.now();
		/** @type {Count} */
		let count = { passed: 0, failed: 1, skipped: 0 };
		if (stage.needs !== undefined && failedStages.has(stage.needs)) {
			console.error(`${stage.name}: not run, since ${stage.needs} failed`);
		} else if (stage.browser === true) {
			if (browser === undefined) browser = browserOrNull();
			if (browser !== null) count = runStage(stage, browser);
		} else {
			count = runStage(stage, null);
		}
		if (count.failed > 0) failedStages.add(stage.name);
		sum.passed += count.passed;
		sum.failed += count.failed;
		sum.skipped += count.skipped;
		const seconds = ((performance.now() - start) / 1000).toFixed(1);
		summary.push(`${count.failed > 0 ? "✗" : "✓"} ${stage.name}: ${countLine(count)} (${seconds} s)`);
		console.log(summary.at(-1));
	}
	rmSync(folder, { recursive: true, force: true });
	process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
	console.log(`\n${summary.join("\n")}\n\n${countLine(sum)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
