import { describe, expect, it } from "vitest";
import { fixtures, folder, loadVector, vectorNames } from "./folder.ts";
import { runVector } from "./run-vector.ts";
import { parseVectorFile, type VectorFile } from "./vector-file.ts";

describe(`the engine beside Caffe (${folder})`, () => {
	it.for(vectorNames(folder))("%s", (name, { skip }) => {
		const result = runVector(loadVector(folder, name));
		if (result.kind === "skipped") skip(result.reason);
		expect(result.kind === "failed" ? result.differences : []).toEqual([]);
	});

	it("skips nothing of the committed set", () => {
		for (const name of vectorNames(fixtures)) expect(runVector(loadVector(fixtures, name)).kind, name).toBe("passed");
	});
});

describe("the comparison", () => {
	const file = loadVector(fixtures, "solver_iter_size4_decay_clip.json");
	const [iteration] = file.iterations;
	const [update] = iteration.params;
	const shifted = (values: readonly number[]) => values.map((value) => value * (1 + 3e-9) + 3e-12);

	function differences(changed: Partial<VectorFile>): readonly string[] {
		const result = runVector({ ...file, ...changed });
		return result.kind === "failed" ? result.differences.map(({ what }) => what) : [];
	}

	it.each(["diff_raw", "diff_clipped", "diff_normalized", "diff_regularized", "update", "data"] as const)(
		"notices %s beyond the tolerance",
		(step) => {
			const params = [{ ...update, [step]: shifted(update[step] ?? []) }, ...iteration.params.slice(1)];
			const changed = differences({ iterations: [{ ...iteration, params }] });
			expect(changed).toEqual([`param ${update.layer}[0] ${step}`]);
		},
	);

	it("notices history, losses and the rate", () => {
		const params = [{ ...update, history: update.history.map(shifted) }, ...iteration.params.slice(1)];
		const passes = iteration.passes.map((pass) => ({ ...pass, loss: pass.loss * 1.001 }));
		const changed = { ...iteration, params, passes, loss: iteration.loss * 1.001, lr: (iteration.lr ?? 0) * 1.001 };
		expect(differences({ iterations: [changed] }).toSorted()).toEqual([
			"learning rate",
			"loss",
			"loss of a pass",
			`param ${update.layer}[0] history[0]`,
		]);
	});

	it("notices blobs, also those that in-place layers have overwritten", () => {
		const inPlace = loadVector(fixtures, "act_relu_inplace.json");
		const [first] = inPlace.iterations;
		const [pass] = first.passes;
		const blobs = Object.fromEntries(
			Object.entries(pass.blobs ?? {}).map(([name, { data, diff }]) => [
				name,
				{ ...(data ? { data: shifted(data) } : {}), ...(diff ? { diff: shifted(diff) } : {}) },
			]),
		);
		const inplace_trace = Object.fromEntries(
			Object.entries(pass.inplace_trace ?? {}).map(([name, steps]) => [
				name,
				steps.map((step) => ({
					...step,
					top_data_after_forward: shifted(step.top_data_after_forward ?? []),
					top_diff_before_backward: shifted(step.top_diff_before_backward ?? []),
				})),
			]),
		);
		const changed = { ...first, passes: [{ ...pass, blobs, inplace_trace }] };
		const result = runVector({ ...inPlace, iterations: [changed] });
		expect(result.kind === "failed" ? result.differences.map(({ what }) => what).toSorted() : []).toEqual([
			"data.diff",
			"fc1.data",
			"fc1.data after act",
			"fc1.data after fc1",
			"fc1.diff",
			"fc1.diff before act",
			"fc1.diff before fc1",
			"fc2.data",
			"fc2.diff",
			"label.diff",
			"loss.data",
			"loss.diff",
		]);
	});

	it("notices how the net and the solver are built", () => {
		const flipped = file.layers.map((layer) => ({ ...layer, need_backward: !layer.need_backward }));
		expect(differences({ layers: flipped })).toEqual(["layers"]);
		expect(differences({ blobs: file.blobs.toReversed() })).toEqual(["blobs"]);
		expect(differences({ params: file.params.map((p) => ({ ...p, decay_mult: 7 })) })).toEqual(["params"]);
		expect(differences({ solver_effective: { ...file.solver_effective, momentum: 0.5 } })).toEqual(["solver momentum"]);
	});

	it("names what is not built and what is no vector file", () => {
		const [layer] = file.layers;
		const result = runVector({ ...file, layers: [{ ...layer, type: "Spatial" }] });
		expect(result).toEqual({ kind: "skipped", reason: "not built: layer Spatial" });
		expect(() => parseVectorFile('{"name": "x"}')).toThrow("net_prototxt");
	});
});
