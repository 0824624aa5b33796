import { describe, expect, it } from "vitest";
import "../engine/layers/index.ts";
import { presetIds } from "../data/preset.ts";
import { presetById } from "../data/presets/index.ts";
import { EngineError } from "../engine/problem.ts";
import { createRandom, type RandomGenerator } from "../engine/random.ts";
import { parseReference } from "../engine/reference.ts";
import { decodeState, encodeState } from "../formats/link/codec.ts";
import { crc32 } from "../formats/link/crc32.ts";
import golden from "../formats/link/golden.json";
import { StateError } from "../formats/model/problem.ts";
import type { WrittenState } from "../formats/model/state.ts";
import { addressText, MAXIMUM_ITERATION, parseAddress } from "../timeline/address.ts";
import { withDataValue } from "./data-edits.ts";
import { openPreset, withEdit } from "./experiment.ts";
import { experimentOf, stateOf } from "./model-state.ts";
import { buildRun } from "./run.ts";
import { openTrace } from "./session.ts";
import { createView } from "./view.ts";

/** So many links are tried; 10,000 take a while. */
const LINKS = Number(process.env.DELTASCOPE_LINKS ?? 2000);
const SEED = Number(process.env.FC_SEED ?? 20261125);
/** Replaying further would test the replay. */
const FURTHEST = 3;

/** What a page does with a link until its first picture: the place it stands at, and the loss it shows there. */
async function open(word: string): Promise<{ readonly address: string; readonly loss: string }> {
	const state = await decodeState(word);
	const experiment = await experimentOf(state);
	const run = buildRun(experiment);
	try {
		const asked = Number(/^i(\d+)/.exec(state.at ?? "")?.[1] ?? 1);
		const iteration = Math.max(1, Math.min(asked, FURTHEST, MAXIMUM_ITERATION));
		const opened = openTrace(run, await run.runner.trace(iteration));
		const { cursor } = parseAddress(opened.timeline, state.at ?? "i1");
		const failed = opened.failure?.leaf ?? null;
		const leaf = Math.min(cursor.leaf, failed ?? opened.timeline.leaves - 1);
		const place = { iteration: opened.trace.iteration, leaf };
		const view = createView({
			experiment,
			timeline: opened.timeline,
			trace: opened.trace,
			cursor: place,
			depth: state.gran ?? "unit",
			sample: state.view?.sample ?? 0,
			failure: failed,
			notation: state.view?.notation ?? "ufldl",
		});
		const inspected = parseReference(state.view?.inspected ?? "");
		if (inspected !== null) view.read(inspected);
		view.read({ kind: "loss", iteration: place.iteration, pass: view.pass, part: "data" });
		return { address: addressText(opened.timeline, place), loss: String(opened.trace.passes[0]?.dataLoss) };
	} finally {
		run.runner.close();
	}
}

/** Anything that JSON can hold, as a forged link would. */
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

class Chance {
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

/** States of small nets, some of them edited, some spelled out. */
async function seeds(): Promise<readonly WrittenState[]> {
	const small = presetIds.filter((id) => !["digits", "autoencoder", "lenet"].includes(id));
	const states = small.map(async (id) => {
		const base = await openPreset(presetById(id));
		const [{ name }] = base.net.layers.filter(({ type }) => type === "InnerProduct" || type === "LSTM");
		const [blob] = Object.keys(base.data.source.blobs);
		const edit = { kind: "parameter", iteration: 2, layer: name, slot: 0, index: 0, value: 0.25 } as const;
		const edited = withEdit(withDataValue({ ...base, seed: 5 }, blob, 0, 0, 1), edit);
		const view = { sample: 1, inspected: "i1/p0/loss/data", notation: "caffe" } as const;
		return [
			{ ...(await stateOf(edited)), at: "i2.backward", gran: "unit", view } as const,
			{ ...(await stateOf(base, true)), at: "i1.loss.loss.1" } as const,
		];
	});
	return (await Promise.all(states)).flat();
}

describe("links", () => {
	it(`${LINKS} forged, garbled and cut ones open, or are refused by name`, { timeout: 60 * 60_000 }, async () => {
		const chance = new Chance(SEED);
		const states = await seeds();
		const words = await Promise.all(states.map(encodeState));
		const counts = { opened: 0, refused: 0 };
		for (let k = 0; k < LINKS; k++) {
			let word: string;
			if (chance.below(3) === 0) word = garbled(chance.pick(words), chance);
			else {
				let state: Json = JSON.parse(JSON.stringify(chance.pick(states)));
				for (let times = 1 + chance.below(3); times > 0; times--) state = changed(state, chance);
				word = forged(state);
			}
			try {
				await open(word);
				counts.opened++;
			} catch (error) {
				if (!(error instanceof StateError || error instanceof EngineError))
					throw new Error(`link ${k} of seed ${SEED}: ${word.slice(0, 200)}`, { cause: error });
				counts.refused++;
			}
		}
		// Otherwise it would prove little.
		expect(counts.opened).toBeGreaterThan(LINKS / 10);
		expect(counts.refused).toBeGreaterThan(LINKS / 10);
	});

	it.each(golden)(
		"once published, $name shows for ever what it showed",
		{ timeout: 60_000 },
		async ({ word, address, loss }) => {
			expect(await open(word)).toEqual({ address, loss });
		},
	);
});
