import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "./layers/index.ts";
import type { Net } from "./net.ts";
import { anyDenseRun } from "./testing/dense-nets.ts";
import { caseOptions, layerCases } from "./testing/layer-cases.ts";
import { type LayerTrace, recordPass } from "./trace.ts";
import { createTraining } from "./training.ts";

/** One pass, each layer copied when it has run forward and before it runs backward. */
function layerByLayer(net: Net): LayerTrace[] {
	const layers: { -readonly [K in keyof LayerTrace]: LayerTrace[K] }[] = [];
	net.forward(({ run }) => {
		const internals = Object.entries(run.internals).map(([name, { data }]) => [name, data.slice()] as const);
		layers.push({
			tops: run.tops.map(({ data }) => ({ data: data.slice(), diff: null })),
			internals: Object.fromEntries(internals),
			internalDiffs: {},
		});
	});
	net.backward(
		({ index, run, diffComputed }) => {
			layers[index].tops = layers[index].tops.map(({ data }, slot) => ({
				data,
				diff: diffComputed[slot] ? run.tops[slot].diff.slice() : null,
			}));
		},
		({ index, definition, run }) => {
			const kept = definition.internalDiffs.filter((name) => run.internals[name] !== undefined);
			layers[index].internalDiffs = Object.fromEntries(kept.map((name) => [name, run.internals[name].diff.slice()]));
		},
	);
	return layers;
}

describe("a recorded pass", () => {
	it.each(Object.keys(layerCases))("holds what each layer made when it made it: %s", (type) => {
		fc.assert(
			fc.property(layerCases[type], fc.integer({ min: 0, max: 1000 }), (layerCase, seed) => {
				const trained = () => {
					const training = createTraining(caseOptions(layerCase, seed));
					training.record();
					return training.net;
				};
				expect(recordPass(trained(), 0).layers).toEqual(layerByLayer(trained()));
			}),
			{ numRuns: 10 },
		);
	});

	it("goes to another thread whole, with the closing forward", () => {
		fc.assert(
			fc.property(anyDenseRun, (options) => {
				const training = createTraining(options);
				const [first, second] = [training.record(), training.record()];
				const sent = structuredClone(first);
				expect(sent).toEqual(first);
				expect(sent.again.dataLoss).toBe(first.again.dataLoss);
				expect(second.parameters.map(({ before }) => before)).toEqual(first.parameters.map(({ after }) => after));
			}),
			{ numRuns: 20 },
		);
	});
});
