import fc from "fast-check";
import { describe, expect, it } from "vitest";
import "../engine/layers/index.ts";
import type { ScalarReference } from "../engine/reference.ts";
import { groupScalar } from "../timeline/structure.ts";
import { goTo } from "./actions.ts";
import { changesOf, mostChanged } from "./changes.ts";
import { propose, proposeValue } from "./proposal.ts";
import { selectProposedView, selectView, sessionStore } from "./session.ts";
import { openPresetById } from "./show-experiment.ts";

const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0.5));

describe("the most changed numbers", () => {
	it("are those that sorting all by their change would put first", () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(value, value), { maxLength: 40 }),
				fc.integer({ min: 1, max: 4 }),
				(pairs, count) => {
					const expected = pairs
						.map(([before, after], index) => ({ index, size: Math.abs(after - before) }))
						.filter(({ size }) => size > 0)
						.sort((a, b) => (a.size === b.size ? 0 : b.size - a.size))
						.slice(0, count)
						.map(({ index }) => index)
						.sort((a, b) => a - b);
					const [before, after] = [pairs.map(([was]) => was), pairs.map(([, is]) => is)];
					expect(mostChanged(before, after, count)).toEqual(expected);
				},
			),
		);
	});
});

describe("what an edit changes in a large net", () => {
	it("is told of the units that it changes most, not of thousands", async () => {
		await openPresetById("lenet");
		await goTo({ iteration: 1, leaf: Number.MAX_SAFE_INTEGER });
		const weight: ScalarReference = {
			kind: "parameter",
			iteration: 1,
			layer: "conv1",
			slot: 0,
			moment: "before",
			index: 12,
		};
		expect(propose(weight)).toBe(true);
		expect(proposeValue(2)).toBeNull();
		const state = sessionStore.getState();
		const [old, now] = [selectView(state, "ufldl"), selectProposedView(state, "ufldl")];
		if (old === null || now === null || state.proposal === null) throw new Error("nothing is proposed");
		const changes = changesOf(old, now, state.proposal);
		const [group] = old.timeline.structure.groups.filter(({ head }) => head.name === "conv1");
		const changed = (unit: number) => {
			const reference = groupScalar(group, "z", { iteration: 1, pass: old.pass, side: "data" }, old.sample, unit);
			return Math.abs(now.shown(reference) - old.shown(reference));
		};
		const largest = Array.from({ length: group.units }, (_, unit) => changed(unit)).sort((a, b) => b - a);
		const told = changes.flatMap(({ reference }) =>
			reference.kind === "top" && reference.layer === "conv1" && reference.side === "data"
				? [changed(reference.index % group.units)]
				: [],
		);
		expect(group.units).toBeGreaterThan(10_000);
		expect(told.toSorted((a, b) => b - a)).toEqual(largest.slice(0, 200));
		expect(changes[0]?.reference).toEqual(weight);
	});
});
