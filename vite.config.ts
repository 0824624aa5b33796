import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { className, classNames } from "./scripts/class-names.mjs";
import { contentSecurityPolicyPlugin } from "./scripts/content-security-policy.mjs";
import { firstIteration } from "./scripts/first-iteration.mjs";
import { laterFiles } from "./scripts/later-files.mjs";
import { serviceWorkerPlugin } from "./scripts/service-worker.mjs";
import { siteTagsPlugin } from "./scripts/site-tags.mjs";

// Tables and constants of the engine stay constants: as variables they are looked up and checked at each use, which
// makes its elementary functions half as fast again.
const output = { topLevelVar: false };

export default defineConfig(({ command }) => ({
	// Relative, so that the built page works in any folder of any host.
	base: "./",
	plugins: [
		react(),
		classNames(),
		contentSecurityPolicyPlugin(),
		firstIteration(),
		// A thread is for large nets only; a language is fetched by who reads it.
		laterFiles(["src/store/worker/open-worker.ts", "src/app/export/file-thread.ts", "src/i18n/zh/index.ts"]),
		siteTagsPlugin(),
		serviceWorkerPlugin(),
	],
	css: {
		modules: command === "serve" ? { generateScopedName: "[name]__[local]" } : { generateScopedName: className },
	},
	build: {
		// What was Baseline at the end of 2023.
		target: ["chrome120", "edge120", "firefox121", "safari17.2"],
		modulePreload: {
			polyfill: false,
			resolveDependencies: (_file, files) => files.filter((file) => file.endsWith(".css")),
		},
		manifest: true,
		// Data inlined in a stylesheet or script would count against the first load.
		assetsInlineLimit: 0,
		rolldownOptions: {
			optimization: { inlineConst: { mode: "all", pass: 2 } },
			// One chunk for the first picture: by what later parts share it would be forty, which compress worse one by one.
			output: { ...output, codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } },
		},
	},
	worker: { rolldownOptions: { output } },
}));
