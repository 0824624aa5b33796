// @ts-check
// Finds the Chromium that tests and benchmarks run in, and installs one where there is none.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const VARIABLE = "PLAYWRIGHT_CHROMIUM";
const NAMES = ["chromium", "chromium-browser", "google-chrome", "msedge"];

/** Only root lacks the privileges that Chromium's sandbox needs to drop. */
const isRoot = process.getuid?.() === 0;

/** The flags every Chromium is started with: nothing in the background, the same drawing everywhere. */
export const chromiumFlags = [
	...(isRoot ? ["--no-sandbox"] : []),
	"--disable-gpu",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--disable-quic",
	"--no-first-run",
];

/** @param {string} path */
function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}

/**
 * The usual places, those on PATH first.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {NodeJS.Platform} platform
 * @returns {string[]}
 */
export function usualPlaces(env, platform) {
	const suffix = platform === "win32" ? ".exe" : "";
	const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
	const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
	if (platform === "darwin") {
		return [
			...onPath,
			"/Applications/Chromium.app/Contents/MacOS/Chromium",
			"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
			"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
		];
	}
	if (platform === "win32") {
		const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA];
		return [
			...onPath,
			...roots.flatMap((root) =>
				root === undefined
					? []
					: [
							join(root, "Google/Chrome/Application/chrome.exe"),
							join(root, "Microsoft/Edge/Application/msedge.exe"),
							join(root, "Chromium/Application/chrome.exe"),
						],
			),
		];
	}
	return onPath;
}

/**
 * A browser that is already there.
 * @param {Readonly<Record<string, string | undefined>>} [env]
 * @param {string} [playwrightsOwn] where Playwright would keep its own
 * @returns {string | undefined}
 * @throws where the variable names a file that does not exist
 */
export function presentBrowser(env = process.env, playwrightsOwn = chromium.executablePath()) {
	const chosen = env[VARIABLE];
	if (chosen !== undefined && chosen !== "") {
		if (!existsSync(chosen)) throw new Error(`${VARIABLE} names a file that does not exist: ${chosen}`);
		return chosen;
	}
	if (playwrightsOwn !== "" && existsSync(playwrightsOwn)) return playwrightsOwn;
	return usualPlaces(env, process.platform).find(isProgram);
}

/**
 * Runs a program, its output on this one's standard error.
 * @param {string} command
 * @param {readonly string[]} args
 */
function run(command, args) {
	const result = spawnSync(command, args, {
		stdio: ["ignore", 2, 2],
		env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
		shell: process.platform === "win32",
	});
	return result.status === 0;
}

/**
 * A browser, installed if need be.
 * @returns {string}
 * @throws where none is found and none could be installed; the message names the variable to set
 */
export function findBrowser() {
	const present = presentBrowser();
	if (present !== undefined) return present;
	if (isRoot && existsSync("/etc/debian_version")) {
		console.error("No Chromium found: installing Debian's.");
		const packages = ["chromium", "fonts-wqy-microhei"];
		if (run("apt-get", ["update"]) && run("apt-get", ["install", "-y", "--no-install-recommends", ...packages])) {
			const installed = presentBrowser();
			if (installed !== undefined) return installed;
		}
	}
	console.error("No Chromium found: installing Playwright's.");
	if (run("npx", ["playwright", "install", "chromium"])) {
		const installed = presentBrowser();
		if (installed !== undefined) return installed;
	}
	throw new Error(`No Chromium found and none could be installed. Set ${VARIABLE} to the path of one.`);
}
