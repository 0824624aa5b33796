import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { buildNet } from "../../engine/net.ts";
import { createRunner } from "../../engine/runner.ts";
import { countOf } from "../../engine/shape.ts";
import { matchWeights } from "../caffemodel/net-weights.ts";
import { wholeBytes } from "../export/testing/whole.ts";
import { weightsNpz } from "../export/weights.ts";
import { readNet, readSolver } from "../prototxt/index.ts";
import { readNpy, readNpz } from "./npz.ts";
import { layersOf } from "./npz-weights.ts";
import { ImportError } from "./problem.ts";

/** A `.npy` as NumPy's documentation describes it, version 1.0. */
function npy(descr: string, fortran: boolean, shape: readonly number[], data: Uint8Array): Uint8Array {
	const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
	const bare = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${tuple}, }`;
	const header = `${bare.padEnd(117, " ")}\n`;
	const bytes = new Uint8Array(10 + header.length + data.length);
	bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length & 255, header.length >> 8]);
	bytes.set(new TextEncoder().encode(header), 10);
	bytes.set(data, 10 + header.length);
	return bytes;
}

const doubles = (values: readonly number[]) => new Uint8Array(Float64Array.from(values).buffer);
const singles = (values: readonly number[]) => new Uint8Array(Float32Array.from(values).buffer);

describe("an archive of NumPy", () => {
	it("gives back any doubles, bit for bit", () => {
		fc.assert(
			fc.property(
				fc
					.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 })
					.chain((shape) =>
						fc.tuple(
							fc.constant(shape),
							fc.array(fc.double(), { minLength: countOf(shape), maxLength: countOf(shape) }),
						),
					),
				([shape, values]) => {
					const archive = zipSync({
						"a.npy": npy("<f8", false, shape, doubles(values)),
						"note.txt": new Uint8Array(3),
					});
					expect(readNpz(archive)).toEqual([{ name: "a", shape, values: Float64Array.from(values) }]);
				},
			),
		);
	});

	it("reads other sizes, byte orders and the order of columns", () => {
		expect(readNpy(npy("<f4", false, [2], singles([0.1, -2])), "a").values).toEqual(
			Float64Array.of(Math.fround(0.1), -2),
		);
		expect(readNpy(npy(">i2", false, [2], Uint8Array.of(1, 0, 255, 255)), "a").values).toEqual(
			Float64Array.of(256, -1),
		);
		expect(readNpy(npy("|b1", false, [3], Uint8Array.of(0, 1, 1)), "a").values).toEqual(Float64Array.of(0, 1, 1));
		expect(readNpy(npy("<f2", false, [3], Uint8Array.of(0, 0x3c, 0, 0xc0, 1, 0)), "a").values).toEqual(
			Float64Array.of(1, -2, 2 ** -24),
		);
		expect(readNpy(npy("<f8", true, [2, 3], doubles([1, 4, 2, 5, 3, 6])), "a").values).toEqual(
			Float64Array.of(1, 2, 3, 4, 5, 6),
		);
		expect(readNpy(npy("<f8", false, [], doubles([7])), "a")).toEqual({
			name: "a",
			shape: [],
			values: Float64Array.of(7),
		});
	});

	it("says of which array what is wrong", () => {
		const refused: readonly (readonly [Uint8Array, object])[] = [
			[npy("<c16", false, [1], new Uint8Array(16)), { code: "npy-type", name: "w", found: "<c16" }],
			[npy("<f8", false, [3], doubles([1, 2])), { code: "npy-length", name: "w", expected: 3, found: 2 }],
			[new Uint8Array(40), { code: "npy-header", name: "w" }],
		];
		for (const [bytes, problem] of refused) {
			try {
				readNpz(zipSync({ "w.npy": bytes }));
				expect.unreachable();
			} catch (error) {
				expect(error instanceof ImportError && error.problem).toEqual(problem);
			}
		}
	});

	it("is refused by name whatever becomes of its bytes", () => {
		const whole = zipSync({ "a/0.npy": npy("<f8", false, [2, 2], doubles([1, 2, 3, 4])) });
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: whole.length }),
				fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
				(end, changes) => {
					const bytes = whole.slice(0, end);
					for (const [at, byte] of changes) if (at < end) bytes[at] = byte;
					try {
						readNpz(bytes);
					} catch (error) {
						expect(error).toBeInstanceOf(ImportError);
					}
				},
			),
			{ numRuns: 300 },
		);
	});

	it("brings the weights of an own export back, as the iteration left them", async () => {
		const shape = "shape { dim: 1 dim: 3 } shape { dim: 1 dim: 2 }";
		const net = readNet(
			`layer { name: "in" type: "Input" top: "x" top: "y" input_param { ${shape} } }
			layer { name: "a/ip" type: "InnerProduct" bottom: "x" top: "a" inner_product_param { num_output: 2 weight_filler { type: "xavier" } } }
			layer { name: "loss" type: "EuclideanLoss" bottom: "a" bottom: "y" top: "loss" }`,
			{ precision: "double" },
		);
		const blobs = {
			x: { sampleShape: [3], values: Float64Array.of(1, 2, 3) },
			y: { sampleShape: [2], values: Float64Array.of(0, 1) },
		};
		const solver = readSolver('base_lr: 0.1 lr_policy: "fixed"', { precision: "double" });
		const runner = createRunner({ net, solver, data: { blobs, samples: 1 }, seed: 4, edits: [] });
		const trace = await runner.trace(2);
		const built = buildNet(net);
		const layers = layersOf(readNpz(wholeBytes(weightsNpz(built, trace))), ["in", "a/ip", "loss"]);
		expect(matchWeights(built, layers).values).toEqual({
			"a/ip/0": Array.from(trace.parameters[0].after),
			"a/ip/1": Array.from(trace.parameters[1].after),
		});
	});

	it("fills the net's layers by any of the usual names", () => {
		const net = buildNet(
			readNet(
				`layer { name: "in" type: "Input" top: "x" top: "y" input_param { shape { dim: 1 dim: 3 } shape { dim: 1 dim: 2 } } }
				layer { name: "ip_1" type: "InnerProduct" bottom: "x" top: "a" inner_product_param { num_output: 2 } }
				layer { name: "loss" type: "EuclideanLoss" bottom: "a" bottom: "y" top: "loss" }`,
				{ precision: "caffe" },
			),
		);
		const weight = { shape: [2, 3], values: Float64Array.of(1, 2, 3, 4, 5, 6) };
		const bias = { shape: [2], values: Float64Array.of(7, 8) };
		for (const [first, second] of [
			["ip_1/0", "ip_1/1"],
			["ip_1.weight", "ip_1.bias"],
			["ip_1_W", "ip_1_b"],
		]) {
			const layers = layersOf([
				{ name: second, ...bias },
				{ name: first, ...weight },
			]);
			expect(matchWeights(net, layers).values).toEqual({ "ip_1/0": [1, 2, 3, 4, 5, 6], "ip_1/1": [7, 8] });
		}
	});
});
