import { expect, it } from "vitest";
import { buildNet } from "../net.ts";
import { layer, net } from "../testing/dense-nets.ts";
import "./index.ts";

/** Two sequences of two time steps that begin anew: what the units keep at the first is 0. */
function begunAnew(type: string) {
	const built = buildNet(
		net([
			layer("Input", "in", [], ["x", "cont", "target"], {
				settings: { shape: [{ dim: [2, 2, 2] }, { dim: [2, 2] }, { dim: [2, 2, 3] }] },
			}),
			layer(type, "states", ["x", "cont"], ["h"], { settings: { num_output: 3 } }),
			layer("EuclideanLoss", "loss", ["h", "target"], ["loss"]),
		]),
	);
	const [x, cont] = built.inputs;
	x.blob.data.fill(0.5);
	cont.blob.data.set([0, 0, 1, 1]);
	const { run } = built.layer("states");
	for (const parameter of run.parameters) parameter.data.fill(0.1);
	return { built, run, recurrent: run.parameters[2] };
}

it.each([
	["LSTM", "gate_input"],
	["RNN", "h_neuron_input"],
])("%s gives 0 · ∞ as no number, though a state of zeros is not multiplied with finite weights", (type, sums) => {
	const { built, run, recurrent } = begunAnew(type);
	built.forward();
	expect(run.internals[sums].data.every(Number.isFinite)).toBe(true);
	recurrent.data[0] = Number.POSITIVE_INFINITY;
	built.forward();
	expect(run.internals[sums].data[0]).toBeNaN();
});

it.each(["LSTM", "RNN"])("%s gives ∞ · 0 as no number in the gradient of what met the state", (type) => {
	const { built, run, recurrent } = begunAnew(type);
	// The second time step begins anew, too: nothing but what the first meets can reach the gradient.
	run.bottoms[1].data.fill(0);
	built.forward();
	built.clearParameterDiffs();
	built.backward();
	expect(Array.from(recurrent.diff)).toEqual(Array.from(recurrent.diff, () => 0));
	built.layer("loss").run.bottoms[1].data[0] = Number.NEGATIVE_INFINITY;
	built.forward();
	built.backward();
	expect(recurrent.diff.some(Number.isNaN)).toBe(true);
});
