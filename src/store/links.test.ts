import { describe, expect, it } from "vitest";
import "../engine/layers/index.ts";
import { presetIds } from "../data/preset.ts";
import { presetById } from "../data/presets/index.ts";
import { EngineError } from "../engine/problem.ts";
import { parseReference } from "../engine/reference.ts";
import { decodeState, encodeState } from "../formats/link/codec.ts";
import golden from "../formats/link/golden.json";
import { StateError } from "../formats/model/problem.ts";
import type { WrittenState } from "../formats/model/state.ts";
import { addressText, MAXIMUM_ITERATION, parseAddress } from "../timeline/address.ts";
import { withDataValue } from "./data-edits.ts";
import { withEdit } from "./experiment.ts";
import { experimentOf, stateOf } from "./model-state.ts";
import { openPreset } from "./open-experiment.ts";
import { buildRun } from "./run.ts";
import { openTrace } from "./session.ts";
import { Chance, randomLink } from "./testing/random-links.ts";
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
			const word = randomLink(words, states, chance);
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
