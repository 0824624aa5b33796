import { type ModelState, readState } from "../model/state.ts";
import { ImportError } from "./problem.ts";

const WHITE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\n]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const ATOM = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Where a text stops being JSON: engines word and place their own errors each in another way. */
function faultOf(text: string): number {
	let at = 0;
	const skip = (pattern: RegExp) => {
		pattern.lastIndex = at;
		const found = pattern.exec(text);
		if (found !== null) at = pattern.lastIndex;
		return found !== null;
	};
	const open: string[] = [];
	/** What may come next: a value, a key, what follows a value. */
	let wanted: "value" | "first" | "key" | "after" = "value";
	for (;;) {
		skip(WHITE);
		const letter = text[at] ?? "";
		const inside = open.at(-1);
		if (wanted === "after") {
			if (inside === undefined) return at;
			if (letter === ",") wanted = inside === "{" ? "key" : "value";
			else if (letter === (inside === "{" ? "}" : "]")) open.pop();
			else return at;
			at++;
			continue;
		}
		if (wanted === "first" && letter === (inside === "{" ? "}" : "]")) {
			open.pop();
			at++;
			wanted = "after";
			continue;
		}
		if (inside === "{" && wanted !== "value") {
			if (!skip(STRING)) return at;
			skip(WHITE);
			if (text[at] !== ":") return at;
			at++;
			wanted = "value";
			continue;
		}
		if (letter === "{" || letter === "[") {
			open.push(letter);
			at++;
			wanted = "first";
		} else if (skip(STRING) || skip(ATOM)) {
			wanted = "after";
		} else {
			return at;
		}
	}
}

/**
 * Reads the project's own file: a whole experiment, or what differs from a preset.
 * @throws ImportError `not-json` with line and column; StateError with the path of what cannot be
 */
export function readStateFile(text: string): ModelState {
	const bare = text.replace(/^\uFEFF/, "");
	let json: unknown;
	try {
		json = JSON.parse(bare);
	} catch {
		const before = bare.slice(0, faultOf(bare)).split("\n");
		throw new ImportError({ code: "not-json", line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
	}
	return readState(json);
}
