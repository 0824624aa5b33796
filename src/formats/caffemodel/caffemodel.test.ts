import fc from "fast-check";
import protobuf from "protobufjs";
import { describe, expect, it } from "vitest";
import { fillParameters } from "../../engine/fill.ts";
import { buildNet } from "../../engine/net.ts";
import { countOf } from "../../engine/shape.ts";
import { readNet } from "../prototxt/index.ts";
import { readCaffemodel, type StoredLayer, writeCaffemodel } from "./caffemodel.ts";
import { matchWeights, storedLayers } from "./net-weights.ts";
import { WeightsError } from "./problem.ts";

/** The part of Caffe's messages that holds weights, for protobuf's own library to read and write. */
const schema = protobuf.parse(`syntax = "proto2";
message BlobShape { repeated int64 dim = 1 [packed = true]; }
message BlobProto { optional BlobShape shape = 7; repeated float data = 5 [packed = true]; repeated double double_data = 8 [packed = true];
	optional int32 num = 1; optional int32 channels = 2; optional int32 height = 3; optional int32 width = 4; }
message LayerParameter { optional string name = 1; optional string type = 2; repeated string bottom = 3; repeated BlobProto blobs = 7; }
message V1LayerParameter { optional string name = 4; repeated string bottom = 2; optional int32 type = 5; repeated BlobProto blobs = 6; }
message NetParameter { optional string name = 1; repeated V1LayerParameter layers = 2; repeated string input = 3; repeated LayerParameter layer = 100; }`);
const NetParameter = schema.root.lookupType("NetParameter");

const encode = (net: object) => NetParameter.encode(NetParameter.fromObject(net)).finish();

const anyLayers: fc.Arbitrary<readonly StoredLayer[]> = fc.array(
	fc.record({
		name: fc.string({ maxLength: 12 }),
		type: fc.constantFrom("InnerProduct", "Convolution", "LSTM"),
		blobs: fc.array(
			fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).chain((shape) =>
				fc.record({
					shape: fc.constant(shape),
					values: fc
						.array(fc.double(), { minLength: countOf(shape), maxLength: countOf(shape) })
						.map((values) => Float64Array.from(values)),
				}),
			),
			{ minLength: 1, maxLength: 3 },
		),
	}),
	{ minLength: 1, maxLength: 4 },
);

describe("a file of weights", () => {
	it("reads back bit for bit, and as protobuf's own library reads it", () => {
		fc.assert(
			fc.property(anyLayers, (layers) => {
				const bytes = writeCaffemodel("net", layers);
				expect(readCaffemodel(bytes)).toEqual(layers);
				const decoded = NetParameter.toObject(NetParameter.decode(bytes), { longs: Number, arrays: true });
				expect(decoded.layer.map(({ name }: { name: string }) => name)).toEqual(layers.map(({ name }) => name));
				expect(decoded.layer[0].blobs[0].shape.dim).toEqual(layers[0].blobs[0].shape);
				expect(decoded.layer[0].blobs[0].doubleData).toEqual(Array.from(layers[0].blobs[0].values));
			}),
		);
	});

	it("is read in single precision, in the old spelling, and with much else in it", () => {
		const blob = { num: 1, channels: 1, height: 2, width: 3, data: [1, 2, 3, 4, 5, 6.5] };
		const bytes = encode({
			name: "old",
			input: ["data"],
			layers: [
				{ name: "ip", type: 14, bottom: ["data"], blobs: [blob] },
				{ name: "loss", type: 21 },
			],
			layer: [{ name: "new", type: "InnerProduct", bottom: ["x"], blobs: [{ shape: { dim: [2] }, data: [0.1, 0.2] }] }],
		});
		expect(readCaffemodel(bytes)).toEqual([
			{ name: "ip", type: "", blobs: [{ shape: [1, 1, 2, 3], values: Float64Array.of(1, 2, 3, 4, 5, 6.5) }] },
			{
				name: "new",
				type: "InnerProduct",
				blobs: [{ shape: [2], values: Float64Array.of(Math.fround(0.1), Math.fround(0.2)) }],
			},
		]);
	});

	it("is refused by name whatever the bytes are", () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
				try {
					readCaffemodel(bytes);
				} catch (error) {
					expect(error).toBeInstanceOf(WeightsError);
				}
			}),
			{ numRuns: 500 },
		);
		const whole = writeCaffemodel("n", [
			{ name: "a", type: "InnerProduct", blobs: [{ shape: [3], values: Float64Array.of(1, 2, 3) }] },
		]);
		for (let end = 0; end < whole.length; end++) {
			expect(() => readCaffemodel(whole.slice(0, end)), `cut at ${end}`).toThrow(WeightsError);
		}
	});
});

describe("weights in a net", () => {
	const text = (outputs: number) => `
		layer { name: "in" type: "Input" top: "x" top: "y" input_param { shape { dim: 2 dim: 3 } shape { dim: 2 dim: 2 } } }
		layer { name: "ip" type: "InnerProduct" bottom: "x" top: "a" inner_product_param { num_output: ${outputs} weight_filler { type: "xavier" } } }
		layer { name: "out" type: "InnerProduct" bottom: "a" top: "b" inner_product_param { num_output: 2 } }
		layer { name: "loss" type: "EuclideanLoss" bottom: "b" bottom: "y" top: "loss" }`;
	const build = (outputs = 4) => buildNet(readNet(text(outputs), { precision: "caffe" }));

	it("come back to the same net, and old files with four axes fit too", () => {
		const net = build();
		fillParameters(net, 3);
		const stored = storedLayers(net, (learnable) => net.learnable[learnable].blob.data);
		const { values, missing, unused } = matchWeights(build(), readCaffemodel(writeCaffemodel("n", stored)));
		expect(values).toEqual(
			Object.fromEntries(net.learnable.map(({ layer, slot, blob }) => [`${layer}/${slot}`, Array.from(blob.data)])),
		);
		expect([missing, unused]).toEqual([[], []]);
		const old = stored.map((layer) => ({
			...layer,
			blobs: layer.blobs.map((blob) => ({ ...blob, shape: [...Array(4 - blob.shape.length).fill(1), ...blob.shape] })),
		}));
		expect(matchWeights(build(), old).values).toEqual(values);
	});

	it("tell what is missing, what is not used and what does not fit", () => {
		const stored = storedLayers(build(), (learnable) => build().learnable[learnable].blob.data);
		const renamed = stored.map((layer) => (layer.name === "out" ? { ...layer, name: "other" } : layer));
		expect(matchWeights(build(), renamed)).toMatchObject({ missing: ["out"], unused: ["other"] });
		try {
			matchWeights(build(5), stored);
			expect.unreachable();
		} catch (error) {
			expect(error instanceof WeightsError && error.problem).toEqual({
				code: "layer-shape",
				layer: "ip",
				slot: 0,
				expected: "[5, 3]",
				found: "[4, 3]",
			});
		}
	});
});
