import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { presentBrowser } from "./find-browser.mjs";

let folder = "";
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "browser-"));
});
afterEach(() => {
	rmSync(folder, { recursive: true });
});

function program(name: string): string {
	const path = join(folder, name);
	writeFileSync(path, "");
	chmodSync(path, 0o755);
	return path;
}

describe("the search for a browser", () => {
	it("takes the variable first", () => {
		const chosen = program("mine");
		const own = program("own");
		expect(presentBrowser({ PLAYWRIGHT_CHROMIUM: chosen }, own)).toBe(chosen);
	});

	it("refuses a variable that names no file, and says which variable", () => {
		const missing = join(folder, "missing");
		expect(() => presentBrowser({ PLAYWRIGHT_CHROMIUM: missing }, program("own"))).toThrow(
			`PLAYWRIGHT_CHROMIUM names a file that does not exist: ${missing}`,
		);
	});

	it("prefers Playwright's own to those on PATH", () => {
		program("chromium");
		const own = program("own");
		expect(presentBrowser({ PATH: folder }, own)).toBe(own);
	});

	it.skipIf(process.platform === "win32")("looks along PATH for chromium before google-chrome", () => {
		program("google-chrome");
		const chromium = program("chromium");
		expect(presentBrowser({ PATH: folder }, join(folder, "none"))).toBe(chromium);
	});
});
