import { flushSync } from "react-dom";
import { afterEach, describe, expect, it } from "vitest";
import { cleanup, render } from "vitest-browser-react";
import { subjectText } from "../../explain/reading.ts";
import { setFrame } from "../../store/clock.ts";
import { useView } from "../../store/hooks.ts";
import { hoverStore } from "../../store/hover.ts";
import { sessionStore } from "../../store/session.ts";
import { openStage, type StageWish } from "../../store/testing/open-stage.ts";
import type { View } from "../../store/view.ts";
import { gradientRow, mainElement } from "./model.ts";
import module from "./scene.tsx";

const WIDTH = 892;

/** The scene as the stage places it, with nothing in the network's place. */
function Host({ narrow = false }: { readonly narrow?: boolean }) {
	const view = useView();
	return view === null ? null : (
		<module.Scene view={view} width={narrow ? 390 : WIDTH} height={600} narrow={narrow} picture={() => null} />
	);
}

async function open(wish: StageWish): Promise<{ readonly view: View; readonly container: HTMLElement }> {
	const view = await openStage(wish);
	const { container } = await render(<Host />);
	return { view, container };
}

function at(t: number): void {
	flushSync(() => setFrame(t));
}

const number = (element: Element, name: string) => Number(element.getAttribute(name));
const valueIn = (element: Element) => Number(element.getAttribute("data-value"));

function strips(container: Element): readonly Element[] {
	return [...container.querySelectorAll("[data-strip]")];
}

/** Signed heights of a strip's first pile, with their values. */
function slivers(strip: Element, zero: number): readonly { readonly value: number; readonly height: number }[] {
	return [...strip.querySelectorAll("[data-mark='pile'] [data-value]")].map((sliver) => {
		const rectangle = sliver.querySelector("rect");
		if (rectangle === null) throw new Error("a sliver without its rectangle");
		const up = number(rectangle, "y") + number(rectangle, "height") / 2 < zero;
		return { value: valueIn(sliver), height: (up ? 1 : -1) * number(rectangle, "height") };
	});
}

function bars(strip: Element, zero: number): readonly { readonly value: number; readonly height: number }[] {
	return [...strip.querySelectorAll("[data-mark='net-bar']")].map((bar) => {
		const rectangle = bar.querySelector("rect");
		if (rectangle === null) throw new Error("a bar without its rectangle");
		const up = number(rectangle, "y") + number(rectangle, "height") / 2 < zero;
		return { value: valueIn(bar), height: (up ? 1 : -1) * number(rectangle, "height") };
	});
}

function zeroOf(strip: Element): number {
	const line = strip.querySelector("[data-mark='axis'] line");
	if (line === null) throw new Error("a strip without its axis");
	return number(line, "y1");
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

const XOR: StageWish = { preset: "xor", at: "i12.gradients.hidden.2" };

afterEach(async () => {
	await cleanup();
	hoverStore.setState({ subject: null });
});

describe("a strip", () => {
	it.each<StageWish>([
		XOR,
		{ ...XOR, notation: "caffe" },
		{ ...XOR, notation: "pytorch" },
		{ preset: "worked-example", at: "i1.gradients.output.1" },
		{ preset: "digits", at: "i2.gradients.hidden.7" },
	])("draws every number on one scale: $preset, $notation", async (wish) => {
		const { container } = await open(wish);
		const all = strips(container);
		expect(all.length).toBeGreaterThan(1);
		const drawn = all.flatMap((strip) => [...slivers(strip, zeroOf(strip)), ...bars(strip, zeroOf(strip))]);
		const largest = drawn.reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a));
		const pixels = largest.height / largest.value;
		expect(pixels).toBeGreaterThan(0);
		for (const { value, height } of drawn) expect(height).toBeCloseTo(value * pixels, 1);
	});

	it.each([0, 0.25, 0.5, 0.75, 1])("piles the slivers up to their sum, t = %d", async (t) => {
		const { container } = await open(XOR);
		const [strip] = strips(container);
		const zero = zeroOf(strip);
		const whole = slivers(strip, zero);
		const pixels = Math.max(...whole.map(({ value, height }) => (value === 0 ? 0 : height / value)));
		at(t);
		const arrived = Math.min(1, t / 0.55) * whole.length;
		const expected = total(whole.map(({ value }, place) => value * Math.min(1, Math.max(0, arrived - place))));
		expect(total(slivers(strip, zero).map(({ height }) => height))).toBeCloseTo(expected * pixels, 1);
		const [sum] = bars(strip, zero);
		const grown = Math.min(1, Math.max(0, (t - 0.55) / 0.15));
		expect(sum?.height).toBeCloseTo(total(whole.map(({ value }) => value)) * pixels * grown, 1);
	});

	it("is the same at t whether reached forwards or backwards", async () => {
		const { container } = await open(XOR);
		const seen: string[] = [];
		for (const t of [0, 0.25, 0.5, 0.75, 1]) {
			at(t);
			seen.push(container.innerHTML);
		}
		for (const t of [1, 0.75, 0.5, 0.25, 0]) {
			at(t);
			expect(container.innerHTML).toBe(seen.pop());
		}
	});

	it("takes the mean outside in UFLDL, in the shares in Caffe", async () => {
		const ufldl = await open(XOR);
		const sums = strips(ufldl.container).map((strip) => bars(strip, zeroOf(strip)).map(({ value }) => value));
		for (const [sum, mean] of sums) expect(mean).toBeCloseTo(sum / 4, 12);
		const means = sums.map(([, mean]) => mean);
		await cleanup();
		const caffe = await open({ ...XOR, notation: "caffe" });
		const inCaffe = strips(caffe.container).map((strip) => bars(strip, zeroOf(strip)).map(({ value }) => value));
		inCaffe.forEach((values, place) => {
			expect(values).toHaveLength(1);
			expect(values[0]).toBeCloseTo(means[place], 12);
		});
	});

	it("of one sample is a sliver and its diamond", async () => {
		const { container } = await open({ preset: "worked-example", at: "i1.gradients.output.1" });
		const [strip] = strips(container);
		expect(slivers(strip, zeroOf(strip))).toHaveLength(1);
		expect(bars(strip, zeroOf(strip))).toHaveLength(0);
		const diamond = strip.querySelector("[data-mark='diamond']");
		expect(diamond?.getAttribute("data-ref")).toBe("i1/parameter/output/0/gradient/0");
	});

	it("adds up the passes, and ends with the gradient in the last", async () => {
		const solver = { iterSize: 3 };
		const first = await open({ ...XOR, at: "i2.p2.gradients.hidden.2", solver });
		const [strip] = strips(first.container);
		expect(strip.querySelector("[data-mark='diamond']")?.getAttribute("data-status")).toBe("not-yet");
		await cleanup();
		const last = await open({ ...XOR, at: "i2.p3.gradients.hidden.2", solver });
		for (const each of strips(last.container)) {
			const piles = each.querySelectorAll("[data-mark='pile']");
			const parts = [...piles[1].querySelectorAll("[data-value]")].map(valueIn);
			const diamond = each.querySelector("[data-mark='diamond']");
			expect(parts).toHaveLength(3);
			expect(total(parts)).toBeCloseTo(Number(diamond?.getAttribute("data-value")), 12);
		}
	});

	it("shows one share more a term, the others hatched", async () => {
		const { container } = await open({ ...XOR, at: "i12.gradients.hidden.2.3", depth: "term" });
		for (const strip of strips(container)) {
			expect(slivers(strip, zeroOf(strip))).toHaveLength(3);
			expect(strip.querySelectorAll("[data-mark='pile'] [data-status='not-yet']")).toHaveLength(1);
			expect(strip.querySelector("[data-mark='diamond']")?.hasAttribute("data-value")).toBe(false);
		}
	});
});

describe("the table", () => {
	it("holds a × δ of the sample in front, rows to come hatched", async () => {
		const { view, container } = await open({ ...XOR, sample: 2 });
		const cells = [...container.querySelectorAll("[data-table] [data-mark='cell']")];
		const shares = cells.filter((cell) => cell.getAttribute("data-ref")?.includes("/share/"));
		expect(shares).toHaveLength(9);
		expect(shares.map((cell) => cell.getAttribute("data-status"))).toEqual([
			...Array.from({ length: 6 }, () => "known"),
			...Array.from({ length: 3 }, () => "not-yet"),
		]);
		const row = gradientRow(view);
		expect(row?.unit).toBe(1);
		const input = view.shown({ kind: "top", iteration: 12, pass: 0, layer: "data", slot: 0, side: "data", index: 4 });
		const delta = view.shown({ kind: "top", iteration: 12, pass: 0, layer: "hidden", slot: 0, side: "diff", index: 7 });
		expect(valueIn(shares[3])).toBeCloseTo(input * delta, 12);
	});

	it("turns the deck", async () => {
		const { container } = await open({ ...XOR, sample: 2 });
		const next = container.querySelector<HTMLButtonElement>("[aria-label='Next sample to the front']");
		flushSync(() => next?.click());
		expect(sessionStore.getState().sample).toBe(3);
		expect(container.querySelector("[data-card]")?.getAttribute("data-card")).toBe("3");
	});

	it("lights the weight's gradient and opens the share", async () => {
		const { view, container } = await open(XOR);
		const row = gradientRow(view);
		const element = row === null ? null : mainElement(view, row.elements);
		if (element === null) throw new Error("no gradient in focus");
		const cell = container.querySelector(`[data-table] [data-explains*='/share/hidden/0/s0/${element.index}']`);
		flushSync(() => cell?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true })));
		expect(hoverStore.getState().subject).toBe(subjectText(element.gradient));
		flushSync(() => cell?.dispatchEvent(new MouseEvent("click", { bubbles: true })));
		expect(sessionStore.getState().inspected).toMatchObject({ kind: "share", sample: 0, index: element.index });
	});

	it("is reached by one tab stop a row, the arrow keys and Enter", async () => {
		const { container } = await open({ ...XOR, sample: 2 });
		const row = container.querySelector("[data-row='table'][data-lit='true']");
		const stops = row?.querySelectorAll("[data-explains][tabindex='0']");
		expect(stops).toHaveLength(1);
		const [delta] = stops ?? [];
		if (!(delta instanceof SVGElement)) throw new Error("no tab stop in the row");
		delta.focus();
		const press = (key: string) =>
			flushSync(() => document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
		press("ArrowRight");
		expect(document.activeElement?.getAttribute("data-explains")).toContain("/share/hidden/0/s2/2");
		press("Enter");
		expect(sessionStore.getState().inspected).toMatchObject({ kind: "share", sample: 2, index: 2 });
	});

	it("leaves out what is not updated, and says so", async () => {
		const { container } = await open({ preset: "worked-example", at: "i1.gradients.output.1" });
		expect(container.querySelectorAll("[data-table] [data-status='not-computed']")).toHaveLength(2);
		expect(container.textContent).toContain("lr_mult 0");
	});

	it("of many inputs shows the largest and counts the rest, which pages open", async () => {
		const { container } = await open({ preset: "digits", at: "i1.gradients.hidden.7" });
		expect(container.textContent).toMatch(/the largest \d of 64 inputs/);
		expect(container.querySelectorAll("[data-heat] [data-mark='cell']")).toHaveLength(64);
		const before = strips(container).map((strip) => strip.getAttribute("data-strip"));
		const more = [...container.querySelectorAll("button")].find((button) =>
			button.textContent?.includes("more weights"),
		);
		expect(more?.textContent).toBe(`${65 - before.length} more weights`);
		flushSync(() => more?.click());
		const after = strips(container).map((strip) => strip.getAttribute("data-strip"));
		expect(after.some((name) => before.includes(name))).toBe(false);
	});
});
