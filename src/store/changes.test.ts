import { describe, expect, it } from "vitest";
import "../engine/layers/index.ts";
import type { ScalarReference } from "../engine/reference.ts";
import { groupScalar } from "../timeline/structure.ts";
import { goTo } from "./actions.ts";
import { changesOf } from "./changes.ts";
import { propose, proposeValue } from "./proposal.ts";
import { selectProposedView, selectView, sessionStore } from "./session.ts";
import { openPresetById } from "./show-experiment.ts";

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
		const changesNow = () => {
			const state = sessionStore.getState();
			const [old, now] = [selectView(state, "ufldl"), selectProposedView(state, "ufldl")];
			if (old === null || now === null || state.proposal === null) throw new Error("nothing is proposed");
			return { old, now, changes: changesOf(old, now, state.proposal) };
		};
		expect(changesNow().changes).toEqual([]);
		expect(proposeValue(2)).toBeNull();
		const { old, now, changes } = changesNow();
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
