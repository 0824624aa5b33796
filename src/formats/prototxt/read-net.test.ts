import { describe, expect, it } from "vitest";
import { buildNet } from "../../engine/net.ts";
import { EngineError } from "../../engine/problem.ts";
import { FormatError } from "./problem.ts";
import { readNet } from "./read-net.ts";

const read = { precision: "double" } as const;

function refusal(text: string) {
	try {
		buildNet(readNet(text, read));
	} catch (error) {
		if (error instanceof FormatError || error instanceof EngineError) return error.problem;
		throw error;
	}
	return expect.fail(`taken: ${text}`);
}

const input = 'layer { name: "d" type: "Input" top: "d" input_param { shape { dim: 2 dim: 3 } } }\n';
const dense = (name: string, bottom: string, more = "") =>
	`layer { name: "${name}" type: "InnerProduct" bottom: "${bottom}" top: "${name}" inner_product_param { num_output: 2 } ${more} }\n`;

describe("a net's prototxt", () => {
	it("keeps what is written, no more and no less", () => {
		const net = readNet(
			`name: "n" force_backward: true
layer {
  name: "ip" type: "InnerProduct" bottom: "d" top: "ip"
  param { lr_mult: 1 } param { lr_mult: 2 decay_mult: 0 name: "b" share_mode: PERMISSIVE }
  loss_weight: 0.5 propagate_down: false phase: TEST
  include { phase: TRAIN min_level: 1 stage: "a" not_stage: "b" }
  inner_product_param { num_output: 2 weight_filler { type: "gaussian" std: 0.1 } axis: -1 }
}`,
			read,
		);
		expect(net).toEqual({
			name: "n",
			forceBackward: true,
			precision: "double",
			phase: "TRAIN",
			level: 0,
			stages: [],
			layers: [
				{
					name: "ip",
					type: "InnerProduct",
					bottoms: ["d"],
					tops: ["ip"],
					settings: { num_output: 2, weight_filler: { type: "gaussian", std: 0.1 }, axis: -1 },
					parameters: [{ lrMult: 1 }, { name: "b", shareMode: "PERMISSIVE", lrMult: 2, decayMult: 0 }],
					lossWeights: [0.5],
					propagateDown: [false],
					phase: "TEST",
					include: [{ phase: "TRAIN", minLevel: 1, stages: ["a"], notStages: ["b"] }],
					line: 2,
				},
			],
		});
	});

	it("may be written in the old spelling", () => {
		const old = readNet(
			`input: "d" input_dim: 2 input_dim: 3 input_dim: 1 input_dim: 1
layers { name: "ip" type: INNER_PRODUCT bottom: "d" top: "ip" blobs_lr: 1 blobs_lr: 2 weight_decay: 1 weight_decay: 0
  param: "w" blob_share_mode: PERMISSIVE inner_product_param { num_output: 2 } }
layers { name: "r" type: RELU bottom: "ip" top: "ip" }
layers { name: "s" type: SOFTMAX_LOSS bottom: "ip" bottom: "l" }`,
			read,
		);
		expect(old.layers.map(({ type }) => type)).toEqual(["Input", "InnerProduct", "ReLU", "SoftmaxWithLoss"]);
		expect(old.layers[0]).toMatchObject({ name: "input", tops: ["d"], settings: { shape: [{ dim: [2, 3, 1, 1] }] } });
		expect(old.layers[1].parameters).toEqual([
			{ name: "w", shareMode: "PERMISSIVE", lrMult: 1, decayMult: 1 },
			{ lrMult: 2, decayMult: 0 },
		]);
		expect(
			readNet('input: "a" input: "b" input_shape { dim: 1 } input_shape { dim: 2 }', read).layers[0].settings,
		).toEqual({
			shape: [{ dim: [1] }, { dim: [2] }],
		});
	});

	it("keeps to the phase, levels and stages asked for", () => {
		const text = `${input}${dense("train", "d", "include { phase: TRAIN }")}${dense("test", "d", "exclude { phase: TRAIN }")}${dense("deep", "d", 'include { stage: "deep" min_level: 1 }')}`;
		const names = (state: string) => buildNet(readNet(state + text, read)).layers.map(({ name }) => name);
		expect(names("")).toEqual(["d", "train"]);
		expect(names("state { phase: TEST }")).toEqual(["d", "test"]);
		expect(names('state { level: 1 stage: "deep" }')).toEqual(["d", "d_d_0_split", "train", "deep"]);
		expect(names('state { level: 0 stage: "deep" }')).toEqual(["d", "train"]);
	});

	it.each([
		[
			"an unknown field",
			`${input}layer { type: "Split"\n name: "x" colour: 1 }`,
			{ code: "unknown-field", field: "colour", near: null, line: 3, column: 12 },
		],
		[
			"an unknown field of a layer's settings",
			`${input}layer { name: "x" type: "InnerProduct" bottom: "d" top: "x"\n inner_product_param { outputs: 3 } }`,
			{ code: "unknown-field", field: "outputs", near: null, line: 3, column: 24 },
		],
		["a number where a text belongs", "layer { name: 3 }", { code: "wrong-type", field: "name", line: 1, column: 9 }],
		[
			"a word where a number belongs",
			`${input}layer { name: "x" type: "InnerProduct" bottom: "d" top: "x" inner_product_param { num_output: many } }`,
			{ code: "wrong-type", field: "num_output", line: 2 },
		],
		[
			"a misspelt field of a layer",
			`${input}layer { name: "x" type: "InnerProduct"\n  botom: "d" top: "x" inner_product_param { num_output: 1 } }`,
			{ code: "unknown-field", field: "botom", near: "bottom", line: 3, column: 3 },
		],
		[
			"a misspelt group of settings",
			`${input}layer { name: "x" type: "InnerProduct" bottom: "d" top: "x"\n inner_product_parm { num_output: 1 } }`,
			{ code: "unknown-field", field: "inner_product_parm", near: "inner_product_param", line: 3, column: 2 },
		],
		[
			"a misspelt field of a loss",
			`${input}layer { type: "SoftmaxWithLoss" bottom: "d" bottom: "d"\n los_param { ignore_label: 1 } }`,
			{ code: "unknown-field", field: "los_param", near: "loss_param", line: 3, column: 2 },
		],
		[
			"a misspelt type",
			'layer { name: "x"\n  typ: "ReLU" relu_param { negative_slope: 1 } }',
			{ code: "unknown-field", field: "typ", near: "type", line: 2, column: 3 },
		],
		[
			"a misspelt type of a data layer",
			'layer { name: "x" top: "d" data_param { batch_size: 1 }\n  tpye: "Data" }',
			{ code: "unknown-field", field: "tpye", near: "type", line: 2, column: 3 },
		],
		[
			"a misspelt field of an old layer",
			'layers { name: "x" type: INNER_PRODUCT bloobs_lr: 1 }',
			{ code: "unknown-field", field: "bloobs_lr", near: "blobs_lr", line: 1, column: 40 },
		],
		[
			"a misspelt field of a data layer",
			'layer { name: "x" type: "Data" topp: "d" }',
			{ code: "unknown-field", field: "topp", near: "top", line: 1, column: 32 },
		],
		[
			"a misspelt setting of a data layer",
			'layer { name: "x" type: "MemoryData" top: "d" memory_data_param {\n  batchsize: 4 channels: 1 height: 2 width: 2 } }',
			{ code: "unknown-field", field: "batchsize", near: "batch_size", line: 2, column: 3 },
		],
		[
			"a misspelt setting of how data are transformed",
			'layer { name: "x" type: "ImageData" top: "d" transform_param { crop_sise: 4 } }',
			{ code: "unknown-field", field: "crop_sise", near: "crop_size", line: 1, column: 64 },
		],
		[
			"a misspelt field of the net",
			`${input}layr { name: "x" }`,
			{ code: "unknown-field", field: "layr", near: "layer", line: 2, column: 1 },
		],
		[
			"a misspelt dimension of the net's input",
			'input: "d" input_shape { dims: 2 }',
			{ code: "unknown-field", field: "dims", near: "dim", line: 1, column: 26 },
		],
		["no type", 'layer { name: "x" }', { code: "missing", field: "type", line: 1, column: 1 }],
		[
			"a layer the engine lacks",
			`${input}\nlayer { name: "x" type: "Nothing" }`,
			{ code: "unknown-layer-type", layer: "x", type: "Nothing", line: 3 },
		],
		[
			"a bottom nobody makes",
			`${input}${dense("x", "e")}`,
			{ code: "unknown-bottom", layer: "x", bottom: "e", line: 2 },
		],
		[
			"two layers of one name",
			input + dense("x", "d") + dense("x", "d"),
			{ code: "duplicate-layer", layer: "x", line: 3 },
		],
		[
			"a top made twice",
			`${input}${dense("x", "d")}${dense("y", "d").replace('top: "y"', 'top: "x"')}`,
			{ code: "duplicate-top", layer: "y", top: "x", line: 3 },
		],
		[
			"a missing setting",
			`${input}layer { name: "x" type: "InnerProduct" bottom: "d" top: "x" }`,
			{ code: "setting", layer: "x", setting: "num_output", line: 2 },
		],
		[
			"too few bottoms",
			'layer { name: "x" type: "InnerProduct" top: "x" inner_product_param { num_output: 1 } }',
			{ code: "port-count", layer: "x", port: "bottom", found: 0, line: 1 },
		],
		[
			"a million by a million weights",
			`layer { name: "d" type: "Input" top: "d" input_param { shape { dim: 1 dim: 1000000 } } }\n${dense("x", "d").replace("2", "1000000")}`,
			{ code: "too-large", layer: "x" },
		],
	])("refuses %s, with the place", (_what, text, problem) => {
		expect(refusal(text)).toMatchObject(problem);
	});

	it("answers to a file of ten megabytes", () => {
		const comment = `# ${"x".repeat(97)}\n`.repeat(100_000);
		expect(readNet(comment + input, read).layers[0].line).toBe(100_001);
		const shapes = (dims: number) =>
			`layer { name: "d" type: "Input" top: "d" input_param { shape { ${"dim: 1 ".repeat(dims)} } } }`;
		expect(readNet(shapes(100_000), read).layers).toHaveLength(1);
		expect(refusal(shapes(1_400_000))).toMatchObject({ code: "too-many-fields", line: 1 });
		const layers = (count: number) => Array.from({ length: count }, (_, k) => dense(`x${k}`, "d")).join("");
		expect(readNet(input + layers(20_000), read).layers).toHaveLength(20_001);
		expect(refusal(input + layers(100_000))).toMatchObject({ code: "too-many-fields" });
	});
});
