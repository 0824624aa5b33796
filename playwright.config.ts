import { defineConfig } from "@playwright/test";
import { chromiumFlags, findBrowser } from "./scripts/find-browser.mjs";

const port = Number(process.env.PREVIEW_PORT ?? 4519);
const baseURL = `http://127.0.0.1:${port}/`;

// The built page is what is tested: build it first (npm run build).
export default defineConfig({
	testDir: "e2e",
	testMatch: "**/*.spec.ts",
	outputDir: "test-results",
	fullyParallel: true,
	forbidOnly: process.env.CI !== undefined,
	workers: 2,
	// A machine with much else to do may be too slow for a test once; what needed a second try is named at the end.
	retries: 1,
	timeout: 60_000,
	reporter: [["list"]],
	use: {
		baseURL,
		trace: "retain-on-failure",
		// A worker answers before a test could; offline.spec.ts lets it.
		serviceWorkers: "block",
		viewport: { width: 1440, height: 900 },
		launchOptions: { executablePath: findBrowser(), args: chromiumFlags },
	},
	projects: [{ name: "chromium", use: { browserName: "chromium" } }],
	webServer: {
		command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort`,
		url: baseURL,
		reuseExistingServer: false,
	},
});
