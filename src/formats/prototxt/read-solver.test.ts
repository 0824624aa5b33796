import { describe, expect, it } from "vitest";
import { FormatError, type FormatProblem } from "./problem.ts";
import { readSolver } from "./read-solver.ts";

function refusal(text: string): FormatProblem {
	try {
		readSolver(text, { precision: "double" });
	} catch (error) {
		if (error instanceof FormatError) return error.problem;
		throw error;
	}
	return expect.fail(`taken: ${text}`);
}

describe("a solver's prototxt", () => {
	it("has Caffe's defaults where nothing is written", () => {
		expect(readSolver('lr_policy: "fixed"', { precision: "double" })).toEqual({
			type: "SGD",
			precision: "double",
			baseLr: 0,
			lrPolicy: "fixed",
			gamma: 0,
			power: 0,
			stepSize: 0,
			stepValues: [],
			maxIter: 0,
			iterSize: 1,
			momentum: 0,
			momentum2: 0.999,
			delta: 1e-8,
			rmsDecay: 0.99,
			weightDecay: 0,
			regularization: "L2",
			clipGradients: -1,
		});
	});

	it("rounds floats to float32 under Caffe's precision, defaults too, and integers never", () => {
		const text = 'base_lr: 0.1 lr_policy: "step" momentum: 0.9 max_iter: 16777217 weight_decay: 5e-4';
		const caffe = readSolver(text, { precision: "caffe" });
		expect(caffe).toMatchObject({
			baseLr: Math.fround(0.1),
			momentum: 0.8999999761581421,
			momentum2: 0.9990000128746033,
			delta: 9.99999993922529e-9,
			weightDecay: Math.fround(5e-4),
			maxIter: 16777217,
		});
		expect(readSolver(text, { precision: "double" })).toMatchObject({ baseLr: 0.1, momentum: 0.9, weightDecay: 5e-4 });
	});

	it("names its type as a text or by the old enumeration", () => {
		const typeOf = (text: string) => readSolver(`lr_policy: "fixed" ${text}`, { precision: "double" }).type;
		expect(["adam", "Adam", "ADAM"].map((name) => typeOf(`type: "${name}"`))).toEqual(["Adam", "Adam", "Adam"]);
		expect(typeOf("solver_type: RMSPROP")).toBe("RMSProp");
		expect(typeOf("solver_type: 1")).toBe("Nesterov");
	});

	it("is read over where it says what decides no numbers", () => {
		const text =
			'net: "train.prototxt" test_iter: 100 display: 20 snapshot_prefix: "x" solver_mode: GPU lr_policy: "fixed"';
		expect(readSolver(text, { precision: "double" }).type).toBe("SGD");
	});

	it.each([
		["base_lr: 1", { code: "missing", field: "lr_policy" }],
		['lr_policy: "sometimes"', { code: "wrong-type", field: "lr_policy", line: 1, column: 1 }],
		['lr_policy: "fixed"\n  type: "Newton"', { code: "wrong-type", field: "type", line: 2, column: 3 }],
		['lr_policy: "fixed" iter_size: 0', { code: "wrong-type", field: "iter_size", line: 1, column: 20 }],
		['lr_policy: "fixed" iter_size: 1.5', { code: "wrong-type", field: "iter_size" }],
		['lr_policy: "fixed" base_lr: "x"', { code: "wrong-type", field: "base_lr" }],
		['lr_policy: "fixed" regularization_type: "L3"', { code: "wrong-type", field: "regularization_type" }],
		["base_lr: 1\n lr_polcy: 1", { code: "unknown-field", field: "lr_polcy", near: "lr_policy", line: 2, column: 2 }],
		[
			'lr_policy: "fixed"\nlearning_rate: 1',
			{ code: "unknown-field", field: "learning_rate", near: null, line: 2, column: 1 },
		],
	])("%j is refused", (text, problem) => {
		expect(refusal(text)).toMatchObject(problem);
	});
});
