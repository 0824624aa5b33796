import { describe, expect, it } from "vitest";
import { inPlaceWarnings } from "./in-place-warnings.ts";
import "./layers/index.ts";
import type { LayerSpecification } from "./specification.ts";
import { layer, net, plainSolver } from "./testing/dense-nets.ts";
import { wrongGradients } from "./testing/gradients.ts";
import { createTraining } from "./training.ts";

/** One or two layers between a dense layer and a loss that both read and hand back everything. */
function run(middle: readonly LayerSpecification[]) {
	const last = middle[middle.length - 1].tops[0];
	return createTraining({
		net: net([
			layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [2, 3] }, { dim: [2, 2] }] } }),
			layer("InnerProduct", "ip", ["data"], ["ip"], {
				settings: { num_output: 2, weight_filler: { value: 0.7 }, bias_filler: { value: 1.3 } },
			}),
			...middle,
			layer("EuclideanLoss", "loss", [last, "label"], ["loss"]),
		]),
		solver: { ...plainSolver, baseLr: 0 },
		data: {
			samples: 2,
			blobs: {
				data: { sampleShape: [3], values: Float64Array.of(0.3, 0.2, -0.1, 0.5, 0.4, -0.2) },
				label: { sampleShape: [2], values: Float64Array.of(2, 3, 4, 5) },
			},
		},
		seed: 1,
	});
}

const inPlace = (type: string, blob = "ip", settings: LayerSpecification["settings"] = {}) =>
	layer(type, `${type} in place`, [blob], [blob], { settings });
const ahead = (type: string, settings: LayerSpecification["settings"] = {}) =>
	layer(type, type, ["ip"], ["y"], { settings });
/** Two bottoms of which one is half the other, so that a maximum has no ties. */
const both = (operation: string, stable = true) => [
	layer("Power", "half", ["ip"], ["half"], { settings: { scale: 0.5 } }),
	layer("Eltwise", operation, ["ip", "half"], ["y"], { settings: { operation, stable_prod_grad: stable } }),
];
const clip = { min: -1, max: 1.4 };

describe("a warning about an in-place layer", () => {
	it.each<[string, readonly LayerSpecification[]]>([
		["Clip", [inPlace("Clip", "ip", clip)]],
		["BNLL", [inPlace("BNLL")]],
		["Log", [inPlace("Log", "ip", { shift: 3 })]],
		["Power", [inPlace("Power", "ip", { scale: 2 })]],
		["an Exp behind a sigmoid", [ahead("Sigmoid"), inPlace("Exp", "y")]],
		["an Exp behind a softmax", [ahead("Softmax"), inPlace("Exp", "y")]],
		["a Sigmoid behind an unstable Eltwise PROD", [...both("PROD", false), inPlace("Sigmoid", "y")]],
		["a Sigmoid behind a Power of 3", [ahead("Power", { power: 3 }), inPlace("Sigmoid", "y")]],
		["a Swish behind a TanH", [ahead("TanH"), inPlace("Swish", "y")]],
	])("stands where %s makes a gradient wrong", (_name, middle) => {
		const training = run(middle);
		training.record();
		expect(inPlaceWarnings(training.net).map(({ layer: name }) => name)).toEqual([middle[middle.length - 1].name]);
		expect(wrongGradients(training.net, (target) => target.kind === "parameter")).not.toEqual([]);
	});

	it.each<[string, readonly LayerSpecification[]]>([
		["ReLU", [inPlace("ReLU")]],
		["Sigmoid", [inPlace("Sigmoid")]],
		["PReLU", [inPlace("PReLU")]],
		["Swish", [inPlace("Swish")]],
		["Scale and then TanH", [inPlace("Scale"), inPlace("TanH")]],
		["BatchNorm and then Scale", [inPlace("BatchNorm"), inPlace("Scale")]],
		["Dropout behind PReLU", [ahead("PReLU"), inPlace("Dropout", "y")]],
		["ReLU behind an Eltwise SUM", [...both("SUM"), inPlace("ReLU", "y")]],
		["Sigmoid behind an Eltwise MAX", [...both("MAX"), inPlace("Sigmoid", "y")]],
		["Sigmoid behind a stable Eltwise PROD", [...both("PROD"), inPlace("Sigmoid", "y")]],
		["Sigmoid behind a Power of 1", [ahead("Power", { scale: 2, shift: 1 }), inPlace("Sigmoid", "y")]],
		["Sigmoid behind a Power of 2", [ahead("Power", { power: 2 }), inPlace("Sigmoid", "y")]],
	])("does not stand where %s is right", (_name, middle) => {
		const training = run(middle);
		training.record();
		expect(inPlaceWarnings(training.net)).toEqual([]);
		expect(
			wrongGradients(training.net, (target) => target.kind === "parameter" && !target.layer.startsWith("BatchNorm")),
		).toEqual([]);
	});
});
