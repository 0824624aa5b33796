import { afterEach, beforeEach, describe, expect, it } from "vitest";
import "../engine/layers/index.ts";
import { goTo, stepOff, stepOn } from "../store/actions.ts";
import { resetRun } from "../store/history.ts";
import { isAtEnd, isAtStart, isOutside } from "../store/range.ts";
import { sessionStore } from "../store/session.ts";
import { settingsStore } from "../store/settings.ts";
import { openPresetById } from "../store/show-experiment.ts";
import { addressText } from "../timeline/address.ts";
import { lockRange } from "./lock-range.ts";

beforeEach(async () => {
	settingsStore.setState({ motion: "none" });
	sessionStore.setState({ depth: "unit", range: null });
	await openPresetById("xor");
});
afterEach(() => sessionStore.setState({ range: null }));

function here(): string {
	const { opened, cursor } = sessionStore.getState();
	return opened === null ? "" : addressText(opened.timeline, cursor);
}

async function walk(step: () => Promise<void>): Promise<readonly string[]> {
	const seen = [here()];
	for (let k = 0; k < 200; k++) {
		await step();
		if (here() === seen.at(-1)) return seen;
		seen.push(here());
	}
	throw new Error("no end");
}

describe("a range", () => {
	it("is the whole of a phase: before it begins until it ends", async () => {
		expect(await lockRange({ from: "backward", to: "backward" })).toEqual([]);
		expect(here()).toMatch(/^i1\.loss\./);
		const seen = await walk(stepOn);
		expect(new Set(seen.slice(1).map((at) => at.split(".")[1]))).toEqual(new Set(["backward"]));
		expect(seen.length).toBeGreaterThan(3);
		expect(await walk(stepOff)).toEqual([...seen].reverse());
	});

	it("may go through several iterations, whatever the step", async () => {
		await lockRange({ from: "i2", to: "i3.forward" });
		expect(here()).toMatch(/^i2\.forward/);
		sessionStore.setState({ depth: "iteration" });
		const seen = await walk(stepOn);
		expect(seen.at(-1)).toMatch(/^i3\.forward\./);
		await goTo({ iteration: 9, leaf: 0 });
		expect(here()).toBe(seen.at(-1));
		await resetRun();
		expect(here()).toBe(seen[0]);
	});

	it("is told where it cannot be, and then there is none", async () => {
		const [notice] = await lockRange({ from: "nowhere.at.all" });
		expect(notice).toMatchObject({ code: "nowhere", where: "from" });
		sessionStore.setState({ range: null });
		const [crossed] = await lockRange({ from: "i3", to: "i2" });
		expect(crossed).toMatchObject({ code: "unsuitable", where: "to" });
		expect(sessionStore.getState().range).toBeNull();
	});

	it("knows its ends", () => {
		const range = { from: { iteration: 2, leaf: 4 }, to: { iteration: 2, leaf: 9 } };
		expect(isAtStart(range, { iteration: 2, leaf: 4 })).toBe(true);
		expect(isAtStart(range, { iteration: 2, leaf: 5 })).toBe(false);
		expect(isAtEnd(range, { iteration: 2, leaf: 9 })).toBe(true);
		expect(isAtEnd(null, { iteration: 2, leaf: 9 })).toBe(false);
		expect(isOutside(range, 2, 0, 3)).toBe(true);
		expect(isOutside(range, 2, 9, 12)).toBe(false);
		expect(isOutside(range, 3, 0, 3)).toBe(true);
	});
});
