// @ts-check
import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { minify } from "terser";
import { build, minifySync } from "vite";
import { classNames } from "./class-names.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));
const target = ["chrome120", "edge120", "firefox121", "safari17.2"];

/** React's interface at a tenth of its size. The page itself runs on React; the tests of the embed run on this. */
export const small = [
	{ find: /^react-dom\/client$/, replacement: "preact/compat/client" },
	{ find: /^react(?:-dom)?$/, replacement: "preact/compat" },
	{ find: /^react\/jsx-runtime$/, replacement: "preact/jsx-runtime" },
];

/** An import on use, with what is taken of it where that can be read off: a name after it, or names in braces. */
const LATER =
	/\(await import\("([^"]+)"\)\)\.(\w+)|(\{ ([\w, ]+) \} = await )?\bimport\(\s*"([^"]+)"\s*\)(?=(?:\.then\(\(\{ ([\w, ]+) \}\) =>)?)/g;

/**
 * In one file nothing is fetched later: what is imported on use is there from the start, without the wrapping that
 * would keep it from being run before, and without what nobody uses of it.
 * @type {import("vite").Plugin}
 */
const atOnce = {
	name: "at-once",
	transform(code, id) {
		if (!/\.tsx?$/.test(id) || !code.includes("import(")) return null;
		/** @type {Map<string, string>} */
		const modules = new Map();
		/** @param {string} path */
		const moduleOf = (path) => {
			const name = modules.get(path) ?? `$later${modules.size}`;
			modules.set(path, name);
			return name;
		};
		// A module handed on whole would keep all its exports.
		const body = code.replace(LATER, (_all, path, name, before = "", named, other, handed) => {
			if (name !== undefined) return `(await ${moduleOf(path)}.${name})`;
			const whole = moduleOf(other);
			/** @type {string[] | undefined} */
			const names = (named ?? handed)?.split(", ");
			const taken = names === undefined ? whole : `{ ${names.map((each) => `${each}: ${whole}.${each}`).join(", ")} }`;
			return `${before}Promise.resolve(${taken})`;
		});
		const imports = [...modules].map(([path, name]) => `import * as ${name} from ${JSON.stringify(path)};`);
		return { code: imports.join("") + body, map: null };
	},
};

/**
 * Children as arguments are shorter than children as a property.
 * @type {import("vite").Plugin}
 */
const classicElements = {
	name: "classic-elements",
	enforce: "pre",
	transform: {
		filter: { id: /\.tsx$/ },
		handler: (code) => ({
			code: `import { createElement as $element, Fragment as $fragment } from "react";${code}`,
			map: null,
		}),
	},
};

const SCOPED = /ds-[0-9a-f]{10}/g;

/** A class's name while it is not known how often it is used. @param {string} name @param {string} file */
const scopedName = (name, file) =>
	`ds-${createHash("sha256")
		.update(`${relative(root, file)} ${name}`)
		.digest("hex")
		.slice(0, 10)}`;

/**
 * The style sheet without rules for classes that the script never gives to anything.
 * @param {string} code
 * @param {string} style
 */
function usedRules(code, style) {
	const given = new Set(code.match(SCOPED));
	/** Whether it can hold for anything; what stands in parentheses may name a class that is not there. @param {string} selector */
	const holds = (selector) => (selector.match(SCOPED) ?? []).every((name) => given.has(name));
	const rules = style.replace(/([^{};]+)\{[^{}]*\}/g, (rule, selectors) =>
		selectors.includes("(") || selectors.split(",").some(holds) ? rule : "",
	);
	return rules.replace(/@[^{};]+\{\}/g, "");
}

/** The most frequent names become the shortest. @param {string} code @param {string} style */
function shortNames(code, style) {
	/** @type {Map<string, number>} */
	const uses = new Map();
	for (const [name] of (code + style).matchAll(SCOPED)) uses.set(name, (uses.get(name) ?? 0) + 1);
	const ranked = [...uses].sort(([a, often], [b, rarely]) => rarely - often || (a < b ? -1 : 1));
	const short = new Map(ranked.map(([name], place) => [name, `_${place.toString(36)}`]));
	/** @param {string} text */
	const shorten = (text) => text.replaceAll(SCOPED, (name) => short.get(name) ?? name);
	return { code: shorten(code), style: shorten(style) };
}

/**
 * One entry and all that it needs, as one script and one style sheet.
 * @param {string} entry
 * @param {"iife" | "es"} format
 * @param {{ plugins?: readonly import("vite").Plugin[], alias?: import("vite").Alias[] }} options
 */
export async function bundle(entry, format, { plugins = [], alias = [] } = {}) {
	const result = await build({
		root,
		configFile: false,
		logLevel: "error",
		mode: "embed",
		publicDir: false,
		resolve: { alias },
		plugins: [...plugins, classicElements, classNames(), atOnce],
		css: { modules: { generateScopedName: scopedName } },
		oxc: { jsx: { runtime: "classic", pragma: "$element", pragmaFrag: "$fragment" } },
		define: { "process.env.NODE_ENV": '"production"', "import.meta.env.PROD": "true", "import.meta.env.DEV": "false" },
		build: {
			write: false,
			target,
			cssCodeSplit: false,
			modulePreload: false,
			rolldownOptions: {
				optimization: { inlineConst: { mode: "all", pass: 2 } },
				input: join(root, entry),
				output: { format, topLevelVar: false, codeSplitting: false },
				onwarn(warning, warn) {
					if (warning.code !== "EMPTY_IMPORT_META") warn(warning);
				},
			},
		},
	});
	const files = (Array.isArray(result) ? result : [result]).flatMap((part) => ("output" in part ? part.output : []));
	const code = files.flatMap((file) => (file.type === "chunk" ? [file.code] : []));
	const style = files.flatMap((file) =>
		file.type === "asset" && file.fileName.endsWith(".css") ? [String(file.source)] : [],
	);
	if (code.length !== 1 || code[0] === undefined) throw new Error(`${entry} made ${code.length} chunks, not one`);
	// Vite's own minifier has been over it; one of another make finds what it left, and leaves something for it in turn.
	const smaller = await minify(code[0], {
		ecma: 2020,
		module: format === "es",
		toplevel: true,
		compress: { passes: 3, keep_fargs: false, unsafe_arrows: true, pure_getters: true },
	});
	const script = minifySync(`${entry}.js`, smaller.code ?? code[0], {
		module: format === "es",
		compress: { target: "es2022" },
		mangle: { toplevel: true },
		codegen: { removeWhitespace: true, legalComments: "none" },
	}).code.trim();
	return shortNames(script, usedRules(script, style.join("\n").trim()));
}
