import { flushSync } from "react-dom";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { cleanup, render } from "vitest-browser-react";
import { setFrame } from "../../store/clock.ts";
import { setHovered } from "../../store/hover.ts";
import { sessionStore } from "../../store/session.ts";
import { openStage, type StageWish } from "../../store/testing/open-stage.ts";
import { fetchParts } from "../marks/later.tsx";
import { StageView } from "./stage-view.tsx";

const MOMENTS = [0, 0.25, 0.5, 0.75, 1] as const;

const never = () => new Promise<never>(() => {});
const scenes = { loss: never, gradients: never, solver: never, again: never };

async function open(wish: StageWish, width = 892, height = 720): Promise<HTMLElement> {
	await openStage(wish);
	const { container } = await render(
		<div style={{ width, height, display: "grid" }}>
			<StageView scenes={scenes} />
		</div>,
	);
	await expect.poll(() => container.querySelector("[data-picture]")).not.toBeNull();
	return container;
}

function at(t: number): void {
	flushSync(() => setFrame(t));
}

// As on the page, which fetches all parts when it has painted the first picture.
beforeAll(fetchParts);

function element(root: Element, selector: string): Element {
	const found = root.querySelector(selector);
	if (found === null) throw new Error(`no ${selector}`);
	return found;
}

const all = (root: Element, selector: string) => [...root.querySelectorAll(selector)];
const number = (mark: Element, name: string) => Number(mark.getAttribute(name));
const valueOf = (mark: Element) => number(mark, "data-value");

const lens = (root: Element) => element(root, "[data-mark='lens']");

/** Where zero stands: the axis's own line, the first of its lines. */
const zeroOf = (root: Element) => number(element(lens(root), "[data-mark='axis'] line"), "y1");

interface Bar {
	readonly value: number;
	/** Up is positive. */
	readonly length: number;
}

function barOf(mark: Element, zero: number): Bar {
	const box = element(mark, "rect");
	const middle = number(box, "y") + number(box, "height") / 2;
	return { value: valueOf(mark), length: (middle < zero ? 1 : -1) * number(box, "height") };
}

/** The known slivers of the lens's pile. */
const slivers = (root: Element) =>
	all(lens(root), "[data-mark='pile'] [data-value]").map((mark) => barOf(mark, zeroOf(root)));

const netBars = (root: Element) =>
	all(lens(root), "[data-mark='net-bar'][data-value]").map((mark) => barOf(mark, zeroOf(root)));

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Pixels of one unit of the lens's axis, from its longest finished bar. */
function pixelsPerUnit(root: Element): number {
	const [longest] = [...slivers(root), ...netBars(root)].toSorted((a, b) => Math.abs(b.length) - Math.abs(a.length));
	if (longest === undefined) throw new Error("an empty lens");
	return longest.length / longest.value;
}

afterEach(cleanup);

describe.each([
	["a forward unit", { preset: "xor", at: "i1.forward.hidden.2", sample: 3 }],
	["a pull-back of one message", { preset: "xor", at: "i1.backward.hidden.2", sample: 2 }],
	["a pull-back of two opposed messages", { preset: "worked-example", at: "i1.backward.hidden.1" }],
	["a pull-back of ten messages", { preset: "digits", at: "i1.backward.hidden.7" }],
	["a forward unit of sixty-five terms", { preset: "digits", at: "i1.forward.hidden.7" }],
] satisfies readonly (readonly [string, StageWish])[])("%s", (_, wish) => {
	it("draws its numbers to one scale, and its pieces add up to the net bar", async () => {
		const root = await open(wish);
		const scale = pixelsPerUnit(root);
		for (const { value, length } of [...slivers(root), ...netBars(root)]) {
			expect(length).toBeCloseTo(value * scale, 1);
		}
		const [net] = wish.at.includes("backward") ? netBars(root) : netBars(root).toReversed();
		expect(sum(slivers(root).map(({ length }) => length))).toBeCloseTo(net?.length ?? Number.NaN, 0);
		expect(sum(slivers(root).map(({ value }) => value))).toBeCloseTo(net?.value ?? Number.NaN, 10);
	});

	it("grows each piece to its number and never beyond", async () => {
		const root = await open(wish);
		const scale = pixelsPerUnit(root);
		let before = 0;
		for (const t of MOMENTS) {
			at(t);
			const lengths = slivers(root).map(({ value, length }) => {
				expect(Math.abs(length)).toBeLessThanOrEqual(Math.abs(value * scale) + 0.02);
				return Math.abs(length);
			});
			expect(sum(lengths)).toBeGreaterThanOrEqual(before - 0.02);
			before = sum(lengths);
		}
	});

	it("shows at every moment the same, whichever way time runs", async () => {
		const root = await open(wish);
		const frames = new Map<number, string>();
		const drawing = () => element(root, "svg [data-picture]").parentElement?.innerHTML ?? "";
		for (const t of MOMENTS) {
			at(t);
			frames.set(t, drawing());
		}
		for (const t of MOMENTS.toReversed()) {
			at(t);
			expect(drawing()).toBe(frames.get(t));
		}
		expect(new Set(frames.values()).size).toBe(MOMENTS.length);
	});
});

describe("the output's δ", () => {
	it("lets the error through its valve: both bars on one scale", async () => {
		const root = await open({ preset: "worked-example", at: "i1.backward.output.1" });
		const gap = element(lens(root), "[data-mark='error-gap']");
		const scale = number(element(gap, "rect"), "height") / valueOf(gap);
		const bars = netBars(root);
		expect(bars).toHaveLength(2);
		for (const { value, length } of bars) expect(length).toBeCloseTo(value * scale, 1);
		const slope = valueOf(element(lens(root), "[data-mark='valve']"));
		const delta = Math.min(...bars.map(({ value }) => value));
		expect(delta).toBeCloseTo(valueOf(gap) * slope, 10);
		expect(delta).toBeCloseTo(0.138498562, 8);
	});

	it("has no valve where the loss is fused to its softmax", async () => {
		const root = await open({ preset: "digits", at: "i1.backward.output.1" });
		expect(lens(root).querySelector("[data-mark='valve']")).toBeNull();
		const gap = element(lens(root), "[data-mark='error-gap']");
		expect(netBars(root).map(({ value }) => value)).toEqual([valueOf(gap)]);
	});

	it("opens the valve by the slope: a saturated unit's is shut", async () => {
		const root = await open({ preset: "saturated", at: "i1.backward.output.1" });
		const valve = element(lens(root), "[data-mark='valve']");
		expect(number(valve, "data-gap")).toBeCloseTo((300 * valueOf(valve)) / 0.25, 1);
		expect(lens(root).textContent).toContain("saturated");
	});
});

describe("what is not known yet", () => {
	it("is hatched on first load: never 0, never blank", async () => {
		const root = await open({ preset: "worked-example", at: "i1.forward.data" });
		const discs = all(root, "[data-picture] [data-mark='disc']");
		expect(discs.map((disc) => disc.getAttribute("data-status"))).toEqual([
			"known",
			"known",
			"not-yet",
			"not-yet",
			"not-yet",
			"not-yet",
		]);
		for (const disc of discs.slice(2)) expect(disc.hasAttribute("data-value")).toBe(false);
		expect(root.querySelector("svg")?.textContent).toContain("next");
		expect(all(root, "[data-picture] [data-mark='ribbon']")).toHaveLength(12);
		expect(root.querySelector("[data-mark='lens']")).toBeNull();
	});

	it("is hatched in the middle of a sum: the terms to come, the sum and what follows", async () => {
		const root = await open({ preset: "worked-example", at: "i1.forward.hidden.1.2", depth: "term" });
		const terms = all(lens(root), "[data-mark='pile'] [data-status]");
		expect(terms.map((term) => term.getAttribute("data-status"))).toEqual(["known", "known", "not-yet"]);
		expect(element(lens(root), "[data-mark='net-bar']").getAttribute("data-status")).toBe("not-yet");
		expect(element(lens(root), "[data-mark='disc']").getAttribute("data-status")).toBe("not-yet");
	});
});

describe("coarser depths", () => {
	it("light the whole layer without a lens", async () => {
		const root = await open({ preset: "xor", at: "i1.forward.hidden", depth: "layer" });
		expect(root.querySelector("[data-mark='lens']")).toBeNull();
		expect(all(root, "[data-mark='disc'][data-value]")).toHaveLength(5);
	});

	it("stand on the whole pass", async () => {
		const root = await open({ preset: "xor", at: "i1.backward", depth: "phase" });
		expect(all(root, "[data-mark='pennant'][data-value]")).toHaveLength(4);
		expect(all(root, "[data-mark='message'][data-value]")).toHaveLength(3);
	});
});

describe("an iteration that had to stop", () => {
	it("marks the first number that does not fit and shows the ways back", async () => {
		const root = await open({ preset: "rate-too-large", at: "i7.forward.output.1.1", depth: "term" });
		await expect.poll(() => root.querySelector("[data-mark='lens'] [data-mark='hazard']")).not.toBeNull();
		const { cursor } = sessionStore.getState();
		const [back] = all(root, "section button");
		if (!(back instanceof HTMLButtonElement)) throw new Error("no way back");
		back.click();
		await expect.poll(() => sessionStore.getState().cursor.leaf).toBe(cursor.leaf - 1);
	});
});

describe("the picture by keyboard", () => {
	const cell = (root: Element, name: RegExp) => {
		const found = all(root, "[role='gridcell']").find((one) => name.test(one.getAttribute("aria-label") ?? ""));
		if (!(found instanceof HTMLElement)) throw new Error(`no cell ${name}`);
		return found;
	};

	it("is one tab stop that says each unit with its numbers", async () => {
		const root = await open({ preset: "worked-example", at: "i1.backward.output.2" });
		const cells = all(root, "[role='gridcell']");
		expect(cells).toHaveLength(6);
		expect(cells.filter((one) => one.getAttribute("tabindex") === "0")).toHaveLength(1);
		expect(cell(root, /^Output, neuron 2/).getAttribute("aria-label")).toBe(
			"Output, neuron 2: activation 0.773, delta minus 0.0381, target 0.99",
		);
		expect(cell(root, /^Hidden, neuron 1/).getAttribute("aria-label")).toBe(
			"Hidden, neuron 1: activation 0.593, delta not computed yet",
		);
	});

	it("moves by arrows, asks by Enter and lists edges by E", async () => {
		const root = await open({ preset: "worked-example", at: "i1.backward.hidden.2" });
		cell(root, /^Hidden, neuron 2/).focus();
		await userEvent.keyboard("{ArrowRight}");
		await expect.poll(() => document.activeElement?.getAttribute("aria-label")).toMatch(/^Output, neuron 2/);
		await userEvent.keyboard("{Enter}");
		expect(sessionStore.getState().inspected).toMatchObject({ kind: "top", layer: "output", side: "diff", index: 1 });
		await expect.poll(() => element(root, "[data-mark='lens']").textContent).toContain("Output 2");
		await userEvent.keyboard("e");
		await expect.poll(() => root.querySelector("[role='listbox']")).not.toBeNull();
		const options = all(root, "[role='option']");
		expect(options.map((option) => option.getAttribute("aria-label"))).toEqual([
			"weight from Hidden, neuron 1: 0.50",
			"weight from Hidden, neuron 2: 0.55",
			"bias: 0.60",
		]);
		await userEvent.keyboard("{ArrowDown}{Enter}");
		await expect.poll(() => document.activeElement?.getAttribute("aria-label")).toMatch(/^Hidden, neuron 2/);
	});
});

describe("the picture by pointer", () => {
	it("opens the explanation of the number that was clicked", async () => {
		const root = await open({ preset: "worked-example", at: "i1.forward.data" });
		const chip = all(root, "[data-mark='number'] [data-ref$='parameter/hidden/0/before/2']")[0];
		if (chip === undefined) throw new Error("no number on the edge");
		await userEvent.click(chip);
		expect(sessionStore.getState().inspected).toMatchObject({ kind: "parameter", layer: "hidden", slot: 0, index: 2 });
	});

	it("lights the edge of a hovered sliver and the sliver of a hovered edge", async () => {
		const root = await open({ preset: "worked-example", at: "i1.forward.hidden.1" });
		await userEvent.hover(element(lens(root), "[data-mark='pile'] [data-ref] rect"));
		const ribbon = element(root, "[data-mark='ribbon'][data-ref$='parameter/hidden/0/before/0']");
		await expect.poll(() => ribbon.hasAttribute("data-lit")).toBe(true);
	});
});

describe("many units", () => {
	it("opens a band, and any unit behind it into the lens", async () => {
		const root = await open({ preset: "digits", at: "i1.forward.data" });
		const [card] = all(root, "button[aria-label*='1,024 weights']");
		if (!(card instanceof HTMLButtonElement)) throw new Error("no card");
		card.click();
		await expect.poll(() => root.querySelector("dialog[open]")).not.toBeNull();
		const unit = all(root, "dialog button").find((button) => button.textContent === "13");
		if (!(unit instanceof HTMLButtonElement)) throw new Error("no unit 13");
		unit.click();
		await expect.poll(() => root.querySelector("[data-mark='lens']")?.textContent ?? "").toContain("Hidden unit 13");
	});
});

describe("what the pointer rests on", () => {
	it("may be a weight that the next experiment does not have", async () => {
		setHovered({ kind: "parameter", iteration: 1, layer: "hidden", slot: 0, moment: "before", index: 0 });
		const root = await open({ preset: "lstm", at: "i1.forward.in" });
		expect(root.querySelector("[data-picture]")).not.toBeNull();
		setHovered(null);
	});
});

describe("on a phone", () => {
	const phone = (wish: StageWish) => open(wish, 390, 540);
	/** Inside the drawing, by which it would be cut. */
	function isWhole(root: Element, mark: Element): boolean {
		const [outer, inner] = [element(root, "[data-picture]"), mark].map((each) => each.getBoundingClientRect());
		return inner.top >= outer.top && inner.left >= outer.left - 0.5 && inner.right <= outer.right + 0.5;
	}
	const marked = (root: Element, words: string) =>
		all(root, "svg text").filter(({ textContent }) => textContent?.startsWith(words) === true);

	it("the plate at the next unit is whole, however high the unit stands", async () => {
		const root = await phone({ preset: "xor", at: "i1.forward.data.1" });
		const [plate] = marked(root, "next");
		expect(isWhole(root, plate)).toBe(true);
	});

	it("each output says below itself what it should be, inside the picture", async () => {
		const root = await phone({ preset: "lstm", at: "i1.forward.in" });
		const [target] = marked(root, "y =");
		expect(isWhole(root, target)).toBe(true);
	});

	it("many outputs say nothing below themselves, where it would lie on the next", async () => {
		const root = await phone({ preset: "autoencoder", at: "i1.forward.hidden2.3" });
		expect(marked(root, "y =")).toEqual([]);
	});
});

describe("the steps of a recurrent unit", () => {
	it("are named by symbols where words would lie on the bars", async () => {
		const root = await open({ preset: "lstm-through-time", at: "i1.backward.lstm2.t9.3" });
		const names = all(lens(root), "[data-step] > text:first-of-type");
		const bars = all(lens(root), "[data-step] [data-mark='net-bar']");
		const right = Math.max(...names.map((name) => name.getBoundingClientRect().right));
		const left = Math.min(...bars.map((bar) => bar.getBoundingClientRect().left));
		expect(right).toBeLessThanOrEqual(left);
	});
});
