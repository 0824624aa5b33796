import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layerDefinition } from "../../engine/layers/index.ts";
import { buildNet } from "../../engine/net.ts";
import type { LayerSpecification, NetSpecification, SolverSettings } from "../../engine/specification.ts";
import { FormatError, readNet, readSolver, writeNet, writeSolver } from "./index.ts";
import { printTextFormat } from "./print.ts";
import { type Message, parseTextFormat } from "./text-format.ts";

const fixture = (name: string) => readFileSync(`src/formats/prototxt/fixtures/${name}.prototxt`, "utf8");
const folder =
	[process.env.DELTASCOPE_VECTORS, "../shared/caffe-vectors"].find((path) => path && existsSync(path)) ??
	"scripts/vectors/fixtures";
const vectors = readdirSync(folder)
	.filter((name) => name.endsWith(".json"))
	.map((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")))
	.filter(({ layers }) => layers.every(({ type }: { type: string }) => layerDefinition(type) !== undefined));

const withoutLines = (net: NetSpecification) => ({ ...net, layers: net.layers.map(({ line: _, ...layer }) => layer) });

/** A message without places. */
function plain({ fields, ending }: Message): unknown {
	return {
		ending,
		fields: fields.map(({ name, value, comments, remark }) => ({
			name,
			comments,
			remark,
			value: value.kind === "message" ? plain(value.message) : value,
		})),
	};
}

describe("a net as prototxt", () => {
	it.each(vectors)("$name reads back the same", ({ net_prototxt }) => {
		const net = readNet(net_prototxt, { precision: "caffe" });
		expect(withoutLines(readNet(writeNet(net).text, { precision: "caffe" }))).toEqual(withoutLines(net));
	});

	it.each(vectors)("$name stays as it stood when nothing was changed", ({ net_prototxt }) => {
		const net = readNet(net_prototxt, { precision: "caffe" });
		const original = parseTextFormat(net_prototxt).fields.filter(({ name }) => name.startsWith("layer"));
		const written = parseTextFormat(writeNet(net, net_prototxt).text).fields.filter(({ name }) =>
			name.startsWith("layer"),
		);
		const upgraded = written.length - original.length;
		expect(plain({ fields: written.slice(upgraded), ending: [] })).toEqual(plain({ fields: original, ending: [] }));
	});

	it("keeps comments, and layers that fetch data as what they were", () => {
		const text = fixture("lenet");
		const net = readNet(text, { precision: "caffe", sampleShapes: { data: [1, 28, 28] } });
		expect(net.layers[0]).toMatchObject({
			type: "Input",
			settings: { shape: [{ dim: [64, 1, 28, 28] }, { dim: [64] }] },
		});
		expect(writeNet(net, text).text).toBe(printTextFormat(parseTextFormat(text)));
		const changed = net.layers.map((layer) =>
			layer.name === "conv2" ? { ...layer, settings: { ...layer.settings, num_output: 30 } } : layer,
		);
		const written = writeNet({ ...net, layers: changed }, text).text;
		for (const kept of [
			'type: "Data"',
			"# LeNet for 28 × 28",
			"# The second convolution",
			"# only to look at",
			"# the end",
		]) {
			expect(written).toContain(kept);
		}
		expect(written.match(/num_output: \d+/g)).toEqual([
			"num_output: 20",
			"num_output: 30",
			"num_output: 500",
			"num_output: 10",
		]);
		const reread = readNet(written, { precision: "caffe", sampleShapes: { data: [1, 28, 28] } });
		expect(withoutLines(reread)).toEqual(withoutLines({ ...net, layers: changed }));
	});

	it("asks what a sample looks like where the file does not say", () => {
		expect(() => readNet(fixture("lenet"), { precision: "caffe" })).toThrow(FormatError);
		try {
			readNet(fixture("lenet"), { precision: "caffe" });
		} catch (error) {
			expect(error instanceof FormatError && error.problem).toEqual({
				code: "shape-needed",
				layer: "mnist",
				top: "data",
				batch: 64,
				line: 3,
			});
		}
	});

	it.each([
		["ImageData", "image_data_param { batch_size: 4 new_height: 6 new_width: 5 is_color: false }", [4, 1, 6, 5]],
		["ImageData", "image_data_param { batch_size: 4 } transform_param { crop_size: 7 }", [4, 3, 7, 7]],
		["MemoryData", "memory_data_param { batch_size: 2 channels: 3 height: 4 width: 5 }", [2, 3, 4, 5]],
		["WindowData", "window_data_param { batch_size: 2 crop_size: 9 }", [2, 3, 9, 9]],
	])("knows %s { %s }", (type, settings, shape) => {
		const net = readNet(`layer { name: "d" type: "${type}" top: "x" top: "y" ${settings} }`, { precision: "caffe" });
		expect(net.layers[0].settings).toEqual({ shape: [{ dim: shape }, { dim: [shape[0]] }] });
	});

	it("lists the settings that Caffe will round", () => {
		const layer: LayerSpecification = {
			name: "ip",
			type: "InnerProduct",
			bottoms: ["x"],
			tops: ["y"],
			settings: { num_output: 2, weight_filler: { type: "gaussian", std: 0.1 } },
			parameters: [{ lrMult: 0.3 }, { lrMult: 0.5 }],
			lossWeights: [0.7],
		};
		const net = { ...readNet("", { precision: "double" }), layers: [layer] };
		expect(writeNet(net).rounded).toEqual([
			{ layer: "ip", setting: "weight_filler.std", value: 0.1, rounded: Math.fround(0.1) },
			{ layer: "ip", setting: "lr_mult", value: 0.3, rounded: Math.fround(0.3) },
			{ layer: "ip", setting: "loss_weight", value: 0.7, rounded: Math.fround(0.7) },
		]);
		expect(writeNet({ ...net, precision: "caffe" }).rounded).toEqual([]);
	});
});

describe("the nets that come with Caffe's examples", () => {
	const shapes = { data: [1, 28, 28], pair_data: [2, 28, 28] };
	it.each([
		["lenet", 431_080],
		["autoencoder", 2_837_314],
		["siamese", 431_080 + 22],
	])("%s is read and built", (name, parameters) => {
		const specification = readNet(fixture(name), { precision: "caffe", sampleShapes: shapes });
		const missing = specification.layers.filter(({ type }) => layerDefinition(type) === undefined);
		expect(missing).toEqual([]);
		const net = buildNet(specification);
		expect(net.learnable.reduce((total, { blob }) => total + blob.count, 0)).toBe(parameters);
	});
});

describe("a solver as prototxt", () => {
	it.each(vectors)("$name reads back the same", ({ solver_prototxt }) => {
		const solver = readSolver(solver_prototxt, { precision: "caffe" });
		expect(readSolver(writeSolver(solver).text, { precision: "caffe" })).toEqual(solver);
		expect(readSolver(writeSolver(solver, solver_prototxt).text, { precision: "caffe" })).toEqual(solver);
	});

	it("changes what was changed and leaves the rest of the file alone", () => {
		const text = fixture("lenet-solver");
		const solver = readSolver(text, { precision: "caffe" });
		expect(writeSolver(solver, text).text).toBe(printTextFormat(parseTextFormat(text)));
		const changed: SolverSettings = { ...solver, type: "Adam", momentum: 0, weightDecay: 0.5, iterSize: 3 };
		const written = writeSolver(changed, text).text;
		expect(readSolver(written, { precision: "caffe" })).toEqual(changed);
		for (const kept of [
			"# Which net",
			'snapshot_prefix: "lenet"',
			"# Rate, momentum and decay",
			"# falls slowly",
			"# the end",
		]) {
			expect(written).toContain(kept);
		}
		expect(written).not.toContain("momentum: ");
	});

	it("keeps every double, also those that Caffe will round, and names these", () => {
		const base = readSolver('lr_policy: "fixed"', { precision: "double" });
		fc.assert(
			fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (baseLr) => {
				const { text, rounded } = writeSolver({ ...base, baseLr });
				expect(readSolver(text, { precision: "double" }).baseLr).toBe(baseLr);
				expect(rounded.some(({ setting }) => setting === "base_lr")).toBe(Math.fround(baseLr) !== baseLr);
			}),
		);
	});
});
