import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumFlags, presentBrowser } from "./scripts/find-browser.mjs";

const executablePath = presentBrowser();

export default defineConfig({
	test: {
		projects: [
			{
				extends: "./vite.config.ts",
				test: {
					name: "node",
					setupFiles: ["scripts/test-setup.ts", "scripts/properties-setup.ts"],
					environment: "node",
					// Properties over hundreds of random nets take their time on a busy machine.
					testTimeout: 60_000,
					include: ["{src,scripts,e2e}/**/*.test.{ts,tsx}"],
					exclude: ["**/*.browser.test.tsx"],
				},
			},
			{
				extends: "./vite.config.ts",
				optimizeDeps: {
					include: [
						"react",
						"react-dom",
						"react-dom/client",
						"react/jsx-dev-runtime",
						"vitest-browser-react",
						"@bufbuild/protobuf/wire",
						"fflate",
						"valibot",
					],
				},
				test: {
					name: "browser",
					setupFiles: ["scripts/test-setup.ts"],
					include: ["src/**/*.browser.test.tsx"],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({
							launchOptions: { args: chromiumFlags, ...(executablePath ? { executablePath } : {}) },
						}),
						instances: [{ browser: "chromium" }],
					},
				},
			},
		],
	},
});
