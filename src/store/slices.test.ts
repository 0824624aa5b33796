import { expect, it } from "vitest";
import { atOnce, inSlices, inSlicesWhile } from "./slices.ts";

function* sumTo(last: number): Generator<void, number> {
	let sum = 0;
	for (let k = 1; k <= last; k++) {
		sum += k;
		yield;
	}
	return sum;
}

it("gives the same in slices as at once", async () => {
	expect(atOnce(sumTo(1000))).toBe(500500);
	expect(await inSlices(sumTo(1000))).toBe(500500);
});

it("lets others have their turn in long work", async () => {
	let others = 0;
	setTimeout(() => others++);
	// It never ends unless they do.
	function* waiting(): Generator<void, number> {
		while (others === 0) yield;
		return others;
	}
	expect(await inSlices(waiting())).toBe(1);
});

it("gives up what nobody wants any more", async () => {
	function* endless(): Generator<void, never> {
		for (;;) yield;
	}
	expect(await inSlicesWhile(() => false, endless())).toBeNull();
	expect(await inSlicesWhile(() => true, sumTo(1000))).toBe(500500);
});
