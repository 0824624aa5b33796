import { describe, expect, it } from "vitest";
import "./layers/index.ts";
import { fillParameters } from "./fill.ts";
import { buildNet } from "./net.ts";
import { EngineError, type EngineProblem } from "./problem.ts";
import type { LayerSpecification, NetSpecification } from "./specification.ts";
import { layer, net } from "./testing/dense-nets.ts";

const input = (name = "data", dims: readonly number[] = [2, 3]) =>
	layer("Input", name, [], [name], { settings: { shape: [{ dim: [...dims] }] } });
const dense = (name: string, bottom: string, rest: Partial<LayerSpecification> = {}) =>
	layer("InnerProduct", name, [bottom], [name], {
		settings: { num_output: 3, weight_filler: { type: "xavier" } },
		...rest,
	});

function refusal(layers: readonly LayerSpecification[]): EngineProblem {
	try {
		buildNet(net(layers));
	} catch (error) {
		if (error instanceof EngineError) return error.problem;
		throw error;
	}
	return expect.fail("built");
}

const flags = (specification: NetSpecification) =>
	Object.fromEntries(
		buildNet(specification).layers.map(({ name, needsBackward, run }) => [
			name,
			[needsBackward, ...run.bottomNeedsDiff],
		]),
	);

describe("a net's graph", () => {
	it("has a Split wherever a blob has several readers, in the order of reading", () => {
		const built = buildNet(net([input(), dense("a", "data"), dense("b", "a"), dense("c", "a"), dense("d", "a")]));
		const split = built.layer("a_a_0_split");
		expect(split.topNames).toEqual(["a_a_0_split_0", "a_a_0_split_1", "a_a_0_split_2"]);
		expect(built.layers.map(({ name }) => name)).toEqual(["data", "a", "a_a_0_split", "b", "c", "d"]);
		expect(["b", "c", "d"].map((name) => built.layer(name).bottomNames[0])).toEqual(split.topNames);
		expect(split.automatic).toBe(true);
	});

	it("hands a loss weight on to the first top of its Split, and so counts a loss layer that is read as well twice", () => {
		const loss = layer("EuclideanLoss", "loss", ["a", "b"], ["loss"], { lossWeights: [0.5] });
		const read = layer("Power", "p", ["loss"], ["p"]);
		const built = buildNet(net([input(), dense("a", "data"), dense("b", "data"), loss, read]));
		expect(built.layer("loss_loss_0_split").lossWeights).toEqual([0.5, 0]);
		expect(built.layer("p").bottomNames).toEqual(["loss_loss_0_split_1"]);
		expect(built.layer("loss").lossWeights).toEqual([1]);
		fillParameters(built, 1);
		built.inputs[0].blob.data.set([1, 2, 3, 4, 5, 6]);
		expect(built.forward()).toBeCloseTo(1.5 * built.layer("loss").run.tops[0].data[0], 12);
	});

	it("gives a loss without a top one of its own", () => {
		const built = buildNet(net([input(), dense("a", "data"), layer("EuclideanLoss", "loss", ["a", "data"], [])]));
		expect(built.layer("loss").run.tops[0].count).toBe(1);
		expect(built.layer("loss").lossWeights).toEqual([1]);
	});

	it("takes a name to mean its latest producer, so that in-place layers follow each other", () => {
		const relu = (name: string) => layer("ReLU", name, ["a"], ["a"]);
		const built = buildNet(net([input(), dense("a", "data"), relu("r1"), relu("r2"), dense("b", "a")]));
		expect(built.blobs.map(({ name }) => name)).toEqual(["data", "a", "b"]);
		expect(built.layer("b").sources).toEqual([{ layer: built.layer("r2").index, slot: 0 }]);
	});
});

describe("backward flags", () => {
	const loss = layer("EuclideanLoss", "loss", ["b", "data"], ["loss"]);

	it("reach what has a parameter to learn and a way to a loss", () => {
		expect(flags(net([input(), dense("a", "data"), dense("b", "a"), dense("dead", "a"), loss]))).toEqual({
			data: [false],
			data_data_0_split: [false, false],
			a: [true, false],
			a_a_0_split: [true, true],
			b: [true, true],
			dead: [false, false],
			loss: [true, true, false],
		});
	});

	it("stop where nothing before needs them, and where propagate_down says so", () => {
		const frozen = { parameters: [{ lrMult: 0 }, { lrMult: 0 }] };
		expect(flags(net([input(), dense("a", "data", frozen), dense("b", "a"), loss]))).toMatchObject({
			a: [false, false],
			b: [true, false],
		});
		expect(flags(net([input(), dense("a", "data"), dense("b", "a", { propagateDown: [false] }), loss]))).toMatchObject({
			a: [false, false],
			b: [true, false],
		});
	});

	it("go everywhere under force_backward but to labels", () => {
		const softmax = layer("SoftmaxWithLoss", "loss", ["a", "label"], ["loss"]);
		expect(
			flags(net([input(), input("label", [2]), dense("a", "data", { parameters: [{ lrMult: 0 }] }), softmax], true)),
		).toEqual({
			data: [true],
			label: [true],
			a: [true, true],
			loss: [true, true, false],
		});
	});
});

describe("shared parameters", () => {
	const named = (name: string, bottom: string, lrMult?: number) =>
		dense(name, bottom, { parameters: [{ name: "w", ...(lrMult === undefined ? {} : { lrMult }) }] });

	it("are one learnable parameter with the multiplier that any of them writes", () => {
		const { learnable } = buildNet(net([input(), named("a", "data"), named("b", "a", 3)]));
		expect(learnable.map(({ layer: owner, slot, lrMult }) => [owner, slot, lrMult])).toEqual([
			["a", 0, 3],
			["a", 1, 1],
			["b", 1, 1],
		]);
	});

	it("are refused where multipliers or shapes disagree", () => {
		expect(refusal([input(), named("a", "data", 2), named("b", "a", 3)])).toMatchObject({
			code: "shared-parameter",
			layer: "b",
		});
		expect(refusal([input("data", [2, 4]), named("a", "data"), named("b", "a")])).toMatchObject({
			code: "shared-parameter",
			expected: "[3, 4]",
			found: "[3, 3]",
		});
	});
});

describe("what cannot be", () => {
	it.each<[string, readonly LayerSpecification[], Partial<EngineProblem>]>([
		[
			"an in-place layer that refuses to be one",
			[input(), dense("a", "data"), layer("AbsVal", "f", ["a"], ["a"])],
			{ code: "in-place-refused", layer: "f" },
		],
		[
			"an in-place layer on a blob that others read",
			[input(), dense("a", "data"), dense("b", "a"), layer("ReLU", "f", ["a"], ["a"])],
			{ code: "duplicate-top", layer: "f" },
		],
		[
			"propagate_down for other than every bottom",
			[input(), dense("a", "data", { propagateDown: [true, false] })],
			{ code: "setting", layer: "a" },
		],
		[
			"loss_weight for other than every top",
			[input(), dense("a", "data", { lossWeights: [1, 1] })],
			{ code: "setting", layer: "a" },
		],
		["a param too many", [input(), dense("a", "data", { parameters: [{}, {}, {}] })], { code: "setting", layer: "a" }],
		[
			"a lr_mult for what BatchNorm moves itself",
			[input(), layer("BatchNorm", "n", ["data"], ["n"], { parameters: [{ lrMult: 1 }] })],
			{ code: "setting", layer: "n" },
		],
		[
			"shapes that do not meet",
			[input(), input("other", [3, 3]), layer("EuclideanLoss", "l", ["data", "other"], [])],
			{ code: "shape-mismatch", layer: "l" },
		],
		[
			"a kernel larger than its input",
			[input("data", [1, 1, 2, 2]), layer("Pooling", "p", ["data"], ["p"], { settings: { kernel_size: 5 } })],
			{ layer: "p" },
		],
		[
			"both include and exclude",
			[
				input(),
				dense("a", "data", { include: [{ stages: [], notStages: [] }], exclude: [{ stages: [], notStages: [] }] }),
			],
			{ code: "setting", layer: "a" },
		],
	])("refuses %s", (_what, layers, problem) => {
		expect(refusal(layers)).toMatchObject(problem);
	});

	it("names the line that a layer came from", () => {
		expect(refusal([{ ...dense("a", "nothing"), line: 7 }])).toEqual({
			code: "unknown-bottom",
			layer: "a",
			bottom: "nothing",
			line: 7,
		});
	});

	it("takes BatchNorm's three params of old files for multipliers of 0", () => {
		const old = layer("BatchNorm", "n", ["data"], ["n"], {
			parameters: [{ lrMult: 1 }, { lrMult: 1 }, { lrMult: 1, decayMult: 2 }],
		});
		const built = buildNet(net([input(), old]));
		expect(built.learnable.map(({ lrMult, decayMult }) => [lrMult, decayMult])).toEqual([
			[0, 0],
			[0, 0],
			[0, 0],
		]);
		expect(built.layer("n").run.parameterNeedsDiff).toEqual([false, false, false]);
	});
});
