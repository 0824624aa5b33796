import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const IMPORTS = "lint/style/noRestrictedImports";
const GLOBALS = "lint/style/noRestrictedGlobals";
const CYCLES = "lint/suspicious/noImportCycles";
const PLUGIN = "plugin";

interface Planted {
	readonly file: string;
	readonly code: string;
	/** The rule that must fire, or null where none may. */
	readonly rule: string | null;
}

function importing(file: string, source: string, rule: string | null): Planted {
	return { file, code: `import { thing } from "${source}";\nconsole.log(thing);\n`, rule };
}

function unwrapping(file: string, source: string, rule: string | null): Planted {
	return { file, code: `import { valueOf } from "${source}";\nconsole.log(valueOf);\n`, rule };
}

const floors = [
	["engine"],
	["timeline", "data"],
	["explain"],
	["formats"],
	["store"],
	["views", "lessons"],
	["app", "embed"],
];

/** Every pair of folders, from the folder itself and from one inside it. */
const pairs: readonly Planted[] = floors.flatMap((folders, floor) =>
	folders.flatMap((folder) =>
		floors.flatMap((others, otherFloor) =>
			others
				.filter((other) => other !== folder)
				.flatMap((other) => {
					const rule = otherFloor >= floor ? IMPORTS : null;
					return [
						importing(`src/${folder}/imports-${other}.ts`, `../${other}/thing.ts`, rule),
						importing(`src/${folder}/inner/imports-${other}.ts`, `../../${other}/thing.ts`, rule),
						importing(`src/${folder}/inner/imports-${other}.test.ts`, `../../${other}/thing.ts`, rule),
					];
				}),
		),
	),
);

const pure = ["engine", "timeline", "data", "explain", "formats"];

const planted: readonly Planted[] = [
	...pairs,
	...floors.flat().map((folder) => importing(`src/i18n/en/imports-${folder}.ts`, `../../${folder}/thing.ts`, IMPORTS)),
	...["engine", "timeline", "data"].map((folder) =>
		importing(`src/${folder}/imports-texts.ts`, "../i18n/catalogue.ts", IMPORTS),
	),
	importing("src/explain/imports-texts.ts", "../i18n/catalogue.ts", null),
	importing("src/views/marks/imports-lessons.ts", "../../lessons/thing.ts", IMPORTS),
	...[...pure, "i18n"].flatMap((folder) =>
		["react", "react/jsx-runtime", "react-dom", "react-dom/client", "d3-array", "zustand", "zustand/vanilla"].map(
			(name) => importing(`src/${folder}/package-${name.replaceAll("/", "-")}.ts`, name, IMPORTS),
		),
	),
	importing("src/views/package-react.ts", "react", null),
	...pure.flatMap((folder) =>
		["window", "document", "navigator", "localStorage"].map((name) => ({
			file: `src/${folder}/global-${name}.ts`,
			code: `console.log(${name});\n`,
			rule: GLOBALS,
		})),
	),
	{ file: "src/views/global-window.ts", code: "console.log(window);\n", rule: null },
	...["src/engine", "src/views", "scripts", "e2e"].flatMap((folder) => [
		{ file: `${folder}/random-call.ts`, code: "export const drawn = Math.random();\n", rule: PLUGIN },
		{ file: `${folder}/random-passed.ts`, code: "export const draw = Math.random;\n", rule: PLUGIN },
		{
			file: `${folder}/random-taken.ts`,
			code: "const { random } = Math;\nexport const drawn = random();\n",
			rule: PLUGIN,
		},
		{ file: `${folder}/no-random.ts`, code: "export const root = Math.sqrt(2);\n", rule: null },
	]),
	...[
		"Math.exp(2)",
		"[1].map(Math.tanh)",
		"Math.pow(3, 0.5)",
		'Math["log"](2)',
		"Math.hypot(3, 4)",
		"2.5 ** 0.5",
		"[3].map((x) => x ** 2)",
	].flatMap((code, index) => [
		{ file: `src/engine/inner/last-bits-${index}.ts`, code: `export const value = ${code};\n`, rule: PLUGIN },
		{ file: `src/engine/inner/last-bits-${index}.test.ts`, code: `export const value = ${code};\n`, rule: null },
		{ file: `src/views/inner/last-bits-${index}.ts`, code: `export const value = ${code};\n`, rule: null },
	]),
	{ file: "src/engine/inner/taken.ts", code: "const { exp } = Math;\nexport const value = exp(2);\n", rule: PLUGIN },
	{ file: "src/engine/inner/assigned.ts", code: "export let value = 3;\nvalue **= 2;\n", rule: PLUGIN },
	{ file: "src/engine/inner/exact.ts", code: "export const value = Math.sqrt(2 ** 40) + Math.abs(-1);\n", rule: null },
	...[
		["element.focus();", PLUGIN],
		["element?.focus();", PLUGIN],
		['element.scrollIntoView({ block: "nearest" });', PLUGIN],
		["element.focus({ preventScroll: true });", null],
	].flatMap(([code, rule], index) => {
		const taken = `export function take(element: HTMLElement) {\n\t${code}\n}\n`;
		return [
			{ file: `src/views/inner/focuses-${index}.ts`, code: taken, rule },
			{ file: `src/app/focuses-${index}.ts`, code: taken, rule },
			{ file: `src/app/focuses-${index}.test.ts`, code: taken, rule: null },
		];
	}),
	unwrapping("src/explain/unwraps.ts", "./reading.ts", IMPORTS),
	unwrapping("src/explain/inner/unwraps.ts", "../reading.ts", IMPORTS),
	unwrapping("src/explain/number-text.ts", "./reading.ts", null),
	unwrapping("src/explain/unwraps.test.ts", "./reading.ts", null),
	...["formats", "store", "views", "lessons", "app", "embed"].flatMap((folder) => [
		unwrapping(`src/${folder}/unwraps.ts`, "../explain/reading.ts", IMPORTS),
		unwrapping(`src/${folder}/inner/unwraps.ts`, "../../explain/reading.ts", IMPORTS),
		unwrapping(`src/${folder}/unwraps.test.ts`, "../explain/reading.ts", null),
		importing(`src/${folder}/seals.ts`, "../explain/reading.ts", null),
	]),
	unwrapping("src/views/marks/unwraps.ts", "../../explain/reading.ts", null),
	{ file: "src/store/one.ts", code: 'import { two } from "./two.ts";\nexport const one = () => two;\n', rule: CYCLES },
	{ file: "src/store/two.ts", code: 'import { one } from "./one.ts";\nexport const two = () => one;\n', rule: CYCLES },
];

function folderOf(file: string): string {
	return file.startsWith("src/") ? file.split("/").slice(0, 2).join("/") : dirname(file);
}
const folders = [...new Set(planted.map(({ file }) => folderOf(file)))];

const root = join(import.meta.dirname, "..");
const architecture: readonly string[] = [IMPORTS, GLOBALS, CYCLES, PLUGIN];
let folder = "";
/** The architecture's rules that fired, by file. */
const fired = new Map<string, Set<string>>();

interface Report {
	readonly diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[];
}

beforeAll(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), "floors-")));
	mkdirSync(join(folder, "scripts"));
	cpSync(join(root, "biome.json"), join(folder, "biome.json"));
	for (const plugin of ["no-math-random.grit", "own-numerics.grit", "focus-in-place.grit"]) {
		cpSync(join(root, "scripts", plugin), join(folder, "scripts", plugin));
	}
	for (const { file, code } of planted) {
		mkdirSync(join(folder, dirname(file)), { recursive: true });
		writeFileSync(join(folder, file), code);
	}
	const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
	const options = ["lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none"];
	const { stdout } = spawnSync(process.execPath, [biome, ...options], {
		cwd: folder,
		encoding: "utf8",
		maxBuffer: 1e8,
	});
	const report: Report = JSON.parse(stdout);
	for (const { category, location } of report.diagnostics) {
		if (!architecture.includes(category)) continue;
		const file = location.path.replaceAll("\\", "/");
		fired.set(file, (fired.get(file) ?? new Set()).add(category));
	}
}, 60_000);
afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
});

describe("the lint rules that hold the architecture", () => {
	it("read every planted file apart", () => {
		expect(new Set(planted.map(({ file }) => file)).size).toBe(planted.length);
	});

	it.each(folders)("report what is planted in %s, and nothing else", (name) => {
		const own = planted.filter(({ file }) => folderOf(file) === name);
		const expected = own.map(({ file, rule }) => ({ file, rules: rule === null ? [] : [rule] }));
		expect(own.map(({ file }) => ({ file, rules: [...(fired.get(file) ?? [])] }))).toEqual(expected);
	});
});
