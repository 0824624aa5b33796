import { describe, expect, it } from "vitest";
import { workedExample } from "../data/presets/worked-example.ts";
import { createTraining } from "../engine/training.ts";
import { openPreset } from "./open-experiment.ts";

const ITERATIONS = 10_000;

/** The published net as plain loops: w1 … w8, biases .35 and .60 that stay, rate .5. */
function train(iterations: number, hiddenSees: "old output weights" | "updated output weights") {
	const inputs = [0.05, 0.1];
	const targets = [0.01, 0.99];
	const hiddenWeights = [
		[0.15, 0.2],
		[0.25, 0.3],
	];
	const outputWeights = [
		[0.4, 0.45],
		[0.5, 0.55],
	];
	const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
	const forward = () => {
		const hidden = hiddenWeights.map(([a, b]) => sigmoid(a * inputs[0] + b * inputs[1] + 0.35));
		const outputs = outputWeights.map(([a, b]) => sigmoid(a * hidden[0] + b * hidden[1] + 0.6));
		const loss = outputs.reduce((sum, output, k) => sum + (output - targets[k]) ** 2 / 2, 0);
		return { hidden, outputs, loss };
	};
	let lossOfLast = 0;
	for (let k = 0; k < iterations; k++) {
		const { hidden, outputs, loss } = forward();
		lossOfLast = loss;
		const outputDeltas = outputs.map((output, o) => (output - targets[o]) * output * (1 - output));
		const before = outputWeights.map((row) => [...row]);
		outputDeltas.forEach((delta, o) => {
			hidden.forEach((a, h) => {
				outputWeights[o][h] -= 0.5 * delta * a;
			});
		});
		const seen = hiddenSees === "old output weights" ? before : outputWeights;
		hidden.forEach((a, h) => {
			const delta = outputDeltas.reduce((sum, own, o) => sum + own * seen[o][h], 0) * a * (1 - a);
			inputs.forEach((x, i) => {
				hiddenWeights[h][i] -= 0.5 * delta * x;
			});
		});
	}
	return { ...forward(), lossOfLast };
}

describe("the worked example after 10,000 updates", () => {
	it("has the outputs and losses of the right algorithm", async () => {
		const { net, solver, data, seed, start } = await openPreset(workedExample);
		const training = createTraining({ net, solver, data: data.source, seed, start });
		for (let k = 1; k < ITERATIONS; k++) training.step();
		const last = training.record();
		const output = last.again.layers[training.net.layer("output_sigmoid").index].tops[0].data;
		expect(output[0].toFixed(10)).toBe("0.0159136204");
		expect(output[1].toFixed(10)).toBe("0.9840642735");
		expect(last.again.dataLoss.toExponential(9)).toBe("3.510187783e-5");
		expect(last.passes[0].dataLoss.toExponential(9)).toBe("3.510854812e-5");
		expect(last.passes[0].dataLoss.toFixed(10)).toBe("0.0000351085");
	}, 30_000);

	it("has them in a plain loop too", () => {
		const { outputs, loss, lossOfLast } = train(ITERATIONS, "old output weights");
		expect(outputs.map((output) => output.toFixed(10))).toEqual(["0.0159136204", "0.9840642735"]);
		expect(loss.toExponential(9)).toBe("3.510187783e-5");
		expect(lossOfLast.toExponential(9)).toBe("3.510854812e-5");
	});

	it("has the published outputs where the hidden δ uses output weights that are updated already", () => {
		const { outputs } = train(ITERATIONS, "updated output weights");
		expect(outputs.map((output) => output.toFixed(9))).toEqual(["0.015912196", "0.984065734"]);
	});
});
