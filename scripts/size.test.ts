import { describe, expect, it } from "vitest";
import { firstLoad, fontsOf, linkedFiles } from "./size.mjs";

describe("the first load", () => {
	it("follows static imports and their stylesheets, and leaves out what is imported on use", () => {
		const manifest = {
			"index.html": { file: "a.js", css: ["a.css"], imports: ["_shared.js"], dynamicImports: ["zh.ts"], isEntry: true },
			"_shared.js": { file: "shared.js", css: ["shared.css"], imports: ["index.html"] },
			"zh.ts": { file: "zh.js", css: ["zh.css"], imports: ["_shared.js"] },
		};
		expect([...firstLoad(manifest)].sort()).toEqual(["a.css", "a.js", "shared.css", "shared.js"]);
	});

	it("refuses a manifest without an entry", () => {
		expect(() => firstLoad({ "zh.ts": { file: "zh.js" } })).toThrow("no entry");
	});

	it("counts the fonts a stylesheet asks for", () => {
		const css = '@font-face{src:url("../fonts/a.woff2")}.b{background:url(b.svg)}';
		expect(fontsOf(css, "assets/a.css")).toEqual(["fonts/a.woff2"]);
	});

	it("counts what the page preloads and not its icon", () => {
		const html =
			'<link rel="icon" href="./i.svg"><link rel="modulepreload" crossorigin href="./assets/b.js">' +
			'<script type="module" crossorigin src="./assets/a.js"></script>';
		expect(linkedFiles(html)).toEqual(["assets/b.js", "assets/a.js"]);
	});
});
