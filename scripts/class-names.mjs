// @ts-check
import { createHash } from "node:crypto";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const LENGTH = 4;

/** @type {Map<string, string>} */
const known = new Map();

/**
 * What a class of a module is called in the built page: the same in every build, and short. They are a tenth of the
 * first load otherwise.
 * @param {string} name
 * @param {string} file
 */
export function className(name, file) {
	// Named exports are read one by one, and only words can be exported by name.
	if (!/^\w+$/.test(name)) throw new Error(`${name} in ${file} cannot be imported by its name`);
	const whole = `${relative(root, file).replaceAll("\\", "/")} ${name}`;
	const hash = createHash("sha256").update(whole).digest();
	const short = `_${Array.from(hash.subarray(0, LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join("")}`;
	if ((known.get(short) ?? whole) !== whole)
		throw new Error(`${known.get(short)} and ${whole} get the same name: change one`);
	known.set(short, whole);
	return short;
}

/**
 * Imports the classes of a module one by one, so that those that a file uses are written into it, and no table of all.
 * @returns {import("vite").Plugin[]}
 */
export function classNames() {
	return [
		{
			name: "class-names",
			apply: "build",
			transform: {
				filter: { id: /\.tsx?$/, code: /\.module\.css"/ },
				handler: (code) => ({
					code: code.replace(/\bimport (\w+) from ("[^"]+\.module\.css")/g, "import * as $1 from $2"),
					map: null,
				}),
			},
		},
		{
			name: "class-names-style",
			apply: "build",
			enforce: "post",
			// Its names are all written elsewhere, yet its rules are needed.
			transform: {
				filter: { id: /\.module\.css$/ },
				handler: (code) => ({ code, map: null, moduleSideEffects: "no-treeshake" }),
			},
		},
	];
}
