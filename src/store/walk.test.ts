import { beforeEach, describe, expect, it } from "vitest";
import { referencesOf } from "../engine/evaluate.ts";
import { type ScalarReference, sameReference } from "../engine/reference.ts";
import { tell } from "../explain/told.ts";
import { nodeAt } from "../timeline/cursor.ts";
import { becomingOf } from "../timeline/stage-of.ts";
import { closeInspection, goTo, inspect, setDepth } from "./actions.ts";
import { follow, goBack } from "./follow.ts";
import { selectView, sessionStore } from "./session.ts";
import { openPresetById } from "./show-experiment.ts";
import type { View } from "./view.ts";

const state = () => sessionStore.getState();

function view(): View {
	const found = selectView(state(), "ufldl");
	if (found === null) throw new Error("nothing is open");
	return found;
}

/** Where one stands and what one sees: what a step back has to restore. */
function place() {
	const { cursor, sample, depth, inspected, trail, opened } = state();
	return { cursor, sample, depth, inspected, steps: trail.length, iteration: opened?.trace.iteration };
}

const weight = (iteration: number, moment: "after" | "history" | "gradient", index: number): ScalarReference => ({
	kind: "parameter",
	iteration,
	layer: "hidden",
	slot: 0,
	moment,
	index,
});

const top = (layer: string, side: "data" | "diff", index: number): ScalarReference => ({
	kind: "top",
	iteration: 1,
	pass: 0,
	layer,
	slot: 0,
	side,
	index,
});

/** The operand must stand in the formula that is open, or there is no link to follow. */
async function walk(operand: ScalarReference): Promise<void> {
	const { inspected } = state();
	const expression = inspected === null ? null : tell(view().explain, inspected);
	const offered = expression === null ? [] : referencesOf(expression);
	expect(offered.some((reference) => sameReference(reference, operand))).toBe(true);
	await follow(operand);
}

describe("why this number?", () => {
	beforeEach(async () => {
		await openPresetById("digits");
		setDepth("unit");
	});

	it("leads from a digits weight in iteration 3 back to its pixel in iteration 1, and the same way back", async () => {
		const unit = 6;
		const pixel = 19;
		const index = unit * 64 + pixel;
		await goTo({ iteration: 3, leaf: 2000 });
		const places = [place()];
		inspect(weight(3, "after", index));
		places.push(place());

		const sample = 3;
		const share: ScalarReference = {
			kind: "share",
			iteration: 1,
			pass: 0,
			sample,
			layer: "hidden",
			slot: 0,
			index,
		};
		const output = 4;
		const way: readonly ScalarReference[] = [
			weight(3, "history", index),
			weight(2, "history", index),
			weight(1, "history", index),
			weight(1, "gradient", index),
			share,
			top("hidden", "diff", sample * 16 + unit),
			top("output", "diff", sample * 10 + output),
			{
				kind: "internal",
				iteration: 1,
				pass: 0,
				layer: "loss",
				name: "probability",
				side: "data",
				index: sample * 10 + output,
			},
			top("output", "data", sample * 10 + output),
			top("hidden_sigmoid", "data", sample * 16 + unit),
			top("hidden", "data", sample * 16 + unit),
			top("data", "data", sample * 64 + pixel),
		];
		for (const operand of way) {
			await walk(operand);
			const reading = view().read(operand);
			expect(reading.status).toBe("known");
			expect(state().inspected).toEqual(operand);
			expect(state().cursor.iteration).toBe(operand.iteration);
			const becoming = becomingOf(view().timeline, operand);
			if (typeof becoming === "number") expect(state().cursor.leaf).toBe(becoming);
			places.push(place());
		}
		expect(tell(view().explain, way[way.length - 1])).toBeNull();

		for (const expected of places.toReversed().slice(1)) {
			await goBack();
			expect(place()).toEqual(expected);
		}
		expect(state().inspected).toBeNull();
		expect(state().trail).toEqual([]);
	});

	it("brings the sample of a share to the front, and takes it back", async () => {
		const { timeline } = view();
		const gradients = timeline.phases.find(({ name }) => name === "gradients");
		await goTo({ iteration: 1, leaf: nodeAt(timeline, gradients?.first ?? 0, "unit").last });
		await follow({ kind: "share", iteration: 1, pass: 0, sample: 5, layer: "output", slot: 0, index: 3 });
		expect(state().sample).toBe(5);
		await goBack();
		expect(state().sample).toBe(0);
	});

	it("is closed where one stands", async () => {
		await follow(top("output", "data", 3));
		const { cursor } = state();
		closeInspection();
		expect(state()).toMatchObject({ inspected: null, trail: [], cursor });
	});

	it("gives the same numbers again after a walk through earlier iterations", async () => {
		await goTo({ iteration: 3, leaf: 500 });
		const before = [...view().trace.parameters[0].after];
		await follow(weight(1, "after", 0));
		await goBack();
		expect([...view().trace.parameters[0].after]).toEqual(before);
	});
});
