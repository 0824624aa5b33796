import { createRandom, type RandomGenerator } from "../../engine/random.ts";
import { crc32 } from "../../formats/link/crc32.ts";

/** Anything that JSON can hold, as a forged link would. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Chance that a seed brings back. */
export class Chance {
	readonly #random: RandomGenerator;

	constructor(seed: number) {
		this.#random = createRandom(seed);
	}

	below(count: number): number {
		return Math.floor(this.#random.uniform() * count);
	}

	pick<T>(values: readonly T[]): T {
		return values[this.below(values.length)];
	}
}

const ODD: readonly Json[] = [
	null,
	true,
	0,
	-1,
	1e308,
	0.5,
	2 ** 31,
	"",
	"NaN",
	"-Infinity",
	"hidden/0/99999",
	"i9.p7.backward.nowhere.3",
	"i1/p0/top/output/0/data/77",
	"__proto__",
	[],
	{},
	[[1, "solver", '{"baseLr":1e300}']],
	[[1, "solver", '{"stepSize":-1,"iterSize":0}']],
	[[2, "no/0/0", 1]],
];

/** A number in a text becomes another, a piece goes or comes twice. */
function changedText(text: string, chance: Chance): string {
	const numbers = [...text.matchAll(/\d+/g)];
	const found = numbers.length > 0 ? chance.pick(numbers) : null;
	const at = chance.below(text.length + 1);
	const piece = text.slice(at, at + chance.below(40));
	switch (chance.below(4)) {
		case 0:
			return found === null
				? text
				: text.slice(0, found.index) +
						chance.pick(["0", "-1", "7", "1e9", "nan", "3"]) +
						text.slice(found.index + found[0].length);
		case 1:
			return text.slice(0, at) + text.slice(at + piece.length);
		case 2:
			return text.slice(0, at) + piece + text.slice(at);
		default:
			return text.slice(0, at) + chance.pick(['"', "{", "}", "#", "\\", "δ", "layer {"]) + text.slice(at);
	}
}

/** One place of a value changed: taken away, made something else, or a little different. */
function changed(value: Json, chance: Chance): Json {
	if (typeof value === "string") return chance.below(8) === 0 ? chance.pick(ODD) : changedText(value, chance);
	if (typeof value !== "object" || value === null || chance.below(12) === 0) return chance.pick(ODD);
	if (Array.isArray(value)) {
		if (value.length === 0) return [chance.pick(ODD)];
		const at = chance.below(value.length);
		const rest = value.slice();
		if (chance.below(6) === 0) rest.splice(at, 1);
		else rest[at] = changed(rest[at], chance);
		return rest;
	}
	const keys = Object.keys(value);
	const added = ["seed", "at", "gran", "view", "data", "edits", "start", "preset", "name", "colour"];
	if (keys.length === 0 || chance.below(6) === 0) return { ...value, [chance.pick(added)]: chance.pick(ODD) };
	const key = chance.pick(keys);
	if (chance.below(6) === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
	return { ...value, [key]: changed(value[key], chance) };
}

function forged(state: Json): string {
	const payload = Buffer.from(JSON.stringify(state)).toString("base64url");
	return `1.j.${payload}.${crc32(payload).toString(36)}`;
}

/** A word with letters changed on its way, or its end cut off. */
function garbled(word: string, chance: Chance): string {
	const cut = chance.below(3) === 0 ? word.slice(0, chance.below(word.length + 1)) : word;
	const letters = [...cut];
	for (let k = chance.below(4); k > 0 && letters.length > 0; k--) {
		letters[chance.below(letters.length)] = chance.pick(["A", "_", ".", "-", "9", "%", "é"]);
	}
	const garbledWord = letters.join("");
	const [form, codec, payload] = garbledWord.split(".");
	// With a check that is right again, what was changed reaches the reader.
	return chance.below(2) === 0 && payload !== undefined
		? `${form}.${codec}.${payload}.${crc32(payload).toString(36)}`
		: garbledWord;
}

/** A link made of others: one that was damaged on its way, or one that says something else and has its check right. */
export function randomLink(words: readonly string[], states: readonly unknown[], chance: Chance): string {
	if (chance.below(3) === 0) return garbled(chance.pick(words), chance);
	let state: Json = JSON.parse(JSON.stringify(chance.pick(states)));
	for (let times = 1 + chance.below(3); times > 0; times--) state = changed(state, chance);
	return forged(state);
}
