import { flushSync } from "react-dom";
import { afterEach, describe, expect, it } from "vitest";
import { cleanup, render } from "vitest-browser-react";
import { setFrame } from "../../store/clock.ts";
import { useView } from "../../store/hooks.ts";
import { sessionStore } from "../../store/session.ts";
import { openStage, type StageWish } from "../../store/testing/open-stage.ts";
import type { View } from "../../store/view.ts";
import { NumberFormatContext } from "../marks/mark-context.ts";
import { solverElement } from "./model.ts";
import module from "./scene.tsx";
import { valueLine } from "./settle.tsx";
import { solverSteps } from "./steps.ts";

const { Scene, Controls } = module;

interface Size {
	readonly width?: number;
	readonly digits?: number;
}

function Host({ width = 892, digits = 4 }: Size) {
	const view = useView();
	return view === null ? null : (
		<NumberFormatContext.Provider value={{ digits }}>
			{Controls !== undefined && <Controls view={view} />}
			<Scene view={view} width={width} height={600} narrow={false} picture={() => null} />
		</NumberFormatContext.Provider>
	);
}

async function open(
	wish: StageWish,
	size: Size = {},
): Promise<{ readonly view: View; readonly container: HTMLElement }> {
	const view = await openStage(wish);
	const { container } = await render(<Host {...size} />);
	return { view, container };
}

function at(t: number): void {
	flushSync(() => setFrame(t));
}

const number = (element: Element, name: string) => Number(element.getAttribute(name));

interface Drawn {
	readonly value: number;
	readonly height: number;
}

/** Bars that stand for a number at full length: slivers and solid bars, not the ghosts. */
function drawnIn(step: Element, zero: number): { readonly pile: readonly Drawn[]; readonly bar: Drawn | undefined } {
	const measured = (element: Element): Drawn => {
		const rectangle = element.querySelector("rect");
		if (rectangle === null) throw new Error("a bar without its rectangle");
		const up = number(rectangle, "y") + number(rectangle, "height") / 2 < zero;
		return {
			value: Number(element.getAttribute("data-value")),
			height: (up ? 1 : -1) * number(rectangle, "height"),
		};
	};
	const bars = [...step.querySelectorAll("[data-mark='net-bar']")].map(measured);
	return {
		pile: [...step.querySelectorAll("[data-mark='pile'] [data-value]")].map(measured),
		bar: bars.at(-1),
	};
}

function zeroOf(container: Element): number {
	const line = container.querySelector("[data-solver='steps'] [data-mark='axis'] line");
	if (line === null) throw new Error("a strip without its axis");
	return number(line, "y1");
}

function stepsIn(container: Element): readonly Element[] {
	return [...container.querySelectorAll("[data-step]")];
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

const FULL: StageWish = {
	preset: "xor",
	at: "i3.solver.output~0.1",
	solver: { iterSize: 2, clipGradients: 0.05, weightDecay: 0.01, regularization: "L1" },
};
const XOR: StageWish = { preset: "xor", at: "i12.solver.output~0.1" };

afterEach(() => cleanup());

describe("the strip", () => {
	it.each<[string, StageWish, readonly string[]]>([
		["xor", XOR, ["sum", "mean", "regularized", "history"]],
		["xor in Caffe", { ...XOR, notation: "caffe" }, ["sum", "regularized", "history"]],
		[
			"xor in PyTorch",
			{ ...XOR, notation: "pytorch", solver: { baseLr: 0.5 } },
			["sum", "regularized", "history", "update"],
		],
		["everything", FULL, ["sum", "mean", "clipped", "normalized", "regularized", "history"]],
		["worked example", { preset: "worked-example", at: "i1.solver.output~0.1" }, ["sum", "history"]],
		["a bias without decay", { ...XOR, at: "i12.solver.output~1.1" }, ["sum", "mean", "history"]],
	])("has the steps in force: %s", async (_, wish, kinds) => {
		const { container } = await open(wish);
		expect(stepsIn(container).map((step) => step.getAttribute("data-step"))).toEqual(kinds);
	});

	it.each<StageWish>([XOR, FULL, { ...XOR, notation: "pytorch" }, { preset: "digits", at: "i3.solver.output~0.4" }])(
		"draws its bars on one scale, and the parts add up to them: $preset, $notation",
		async (wish) => {
			const { container } = await open(wish);
			const zero = zeroOf(container);
			const steps = stepsIn(container).map((step) => drawnIn(step, zero));
			const all = steps.flatMap(({ pile, bar }) => [...pile, ...(bar === undefined ? [] : [bar])]);
			const largest = all.reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a));
			const pixels = largest.height / largest.value;
			for (const { value, height } of all) expect(height).toBeCloseTo(value * pixels, 1);
			for (const { pile, bar } of steps) {
				if (pile.length === 0) continue;
				expect(total(pile.map(({ value }) => value))).toBeCloseTo(bar?.value ?? Number.NaN, 12);
			}
		},
	);

	it.each<readonly [number, number, StageWish]>([
		[620, 4, { preset: "xor", at: "i1.solver.hidden~0.1.3" }],
		[620, 8, XOR],
		[892, 8, FULL],
	])("keeps the numbers of its steps apart, %i pixels wide, of %i digits", async (width, digits, wish) => {
		const { container } = await open(wish, { width, digits });
		const boxes = [...container.querySelectorAll("[data-solver='steps'] [data-mark='number']")].map((text) =>
			text.getBoundingClientRect(),
		);
		expect(boxes.length).toBeGreaterThan(3);
		for (const [place, box] of boxes.entries()) {
			for (const other of boxes.slice(place + 1)) {
				const apart = box.right + 2 <= other.left || other.right + 2 <= box.left;
				expect(apart || box.bottom <= other.top || other.bottom <= box.top).toBe(true);
			}
		}
	});

	it.each([0, 0.25, 0.5, 0.75, 1])("grows step after step, t = %d", async (t) => {
		const { container } = await open({ ...XOR, at: "i12.solver.output~1.1" });
		const zero = zeroOf(container);
		const whole = drawnIn(stepsIn(container)[2], zero);
		at(t);
		const [sum, mean, history] = stepsIn(container).map((step) => drawnIn(step, zero));
		const pixels = (sum.bar?.height ?? 0) / (sum.bar?.value ?? 1);
		expect(mean.bar?.height).toBeCloseTo((mean.bar?.value ?? 0) * pixels, 1);
		// History is the first of the two leaves, whose pile arrives in the first three fifths of its half.
		const piled = Math.min(1, t / 0.5 / 0.6);
		const arrived = total(
			whole.pile.map(({ height }, place) => height * Math.min(1, Math.max(0, piled * whole.pile.length - place))),
		);
		expect(total(history.pile.map(({ height }) => height))).toBeCloseTo(arrived, 1);
	});

	it("is the same at t whether reached forwards or backwards", async () => {
		const { container } = await open(FULL);
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

	it.each<StageWish>([XOR, FULL, { preset: "digits", at: "i2.solver.hidden~0.3" }])(
		"ends at the recorded new value: $preset",
		async (wish) => {
			const { view, container } = await open(wish);
			const element = solverElement(view, null);
			if (element === null) throw new Error("no element in focus");
			const { parameter, index } = element;
			const recorded = view.trace.parameters[parameter.index].after[index];
			const reference = `i${view.cursor.iteration}/parameter/${parameter.layer}/${parameter.slot}/after/${index}`;
			const settled = container.querySelector(`[data-solver='settle'] [data-mark='number'] [data-ref='${reference}']`);
			expect(settled?.getAttribute("data-value")).toBe(String(recorded));
			const last = solverSteps(view, element).at(-1);
			const bar = stepsIn(container).at(-1)?.querySelector("[data-mark='net-bar']");
			expect(bar?.getAttribute("data-ref")).toBe(last?.result.id);
			expect(
				view.trace.parameters[parameter.index].before[index] - Number(bar?.getAttribute("data-value")),
			).toBeCloseTo(recorded, 12);
		},
	);

	it.each(["Nesterov", "AdaGrad", "RMSProp", "AdaDelta", "Adam"] as const)(
		"takes the steps of %s, and none of its lengths is lost",
		async (type) => {
			const momentum = type === "Nesterov" || type === "Adam" || type === "AdaDelta" ? 0.9 : 0;
			const { view, container } = await open({ ...XOR, at: "i3.solver.output~0.1", solver: { type, momentum } });
			const kinds = stepsIn(container).map((step) => step.getAttribute("data-step"));
			expect(kinds.at(-1)).toBe("update");
			expect(kinds.includes("history2")).toBe(type === "AdaDelta" || type === "Adam");
			for (const rectangle of container.querySelectorAll("[data-step] rect")) {
				expect(number(rectangle, "height")).toBeGreaterThanOrEqual(0);
				expect(number(rectangle, "y")).not.toBeNaN();
			}
			const element = solverElement(view, null);
			if (element === null) throw new Error("no element in focus");
			const { before, after } = view.trace.parameters[element.parameter.index];
			const update = container.querySelector("[data-step='update'] [data-mark='net-bar']");
			expect(before[element.index] - Number(update?.getAttribute("data-value"))).toBeCloseTo(after[element.index], 12);
		},
	);

	it("shows nothing of the steps to come", async () => {
		const { container } = await open({ ...XOR, at: "i12.solver.output~0.1.1", depth: "term" });
		const [, , regularized, history] = stepsIn(container);
		expect(regularized.querySelector("[data-mark='net-bar']")?.getAttribute("data-status")).toBe("known");
		expect(history.querySelector("[data-mark='net-bar']")?.getAttribute("data-status")).toBe("not-yet");
		expect(container.querySelector("[data-solver='settle'] [data-ref*='/after/']")?.hasAttribute("data-value")).toBe(
			false,
		);
		expect(container.querySelector("[data-mark='way']")).toBeNull();
	});
});

describe("the row", () => {
	it("leads to its other elements and on to the next parameter", async () => {
		const { container } = await open(XOR);
		const rows = container.querySelectorAll<HTMLButtonElement>("[aria-current]");
		expect(rows).toHaveLength(3);
		expect(rows[2].getAttribute("aria-current")).toBe("true");
		flushSync(() => rows[0].click());
		expect(sessionStore.getState().inspected).toMatchObject({ layer: "output", slot: 0, moment: "after", index: 0 });
		const settled = container.querySelector("[data-solver='settle'] [data-ref='i12/parameter/output/0/after/0']");
		expect(settled?.hasAttribute("data-value")).toBe(true);
	});

	it("goes to the element before it and back", async () => {
		const { view, container } = await open({ ...XOR, at: "i12.solver.output~0.1" });
		const start = view.cursor.leaf;
		const chosen = () =>
			[...container.querySelectorAll("[aria-current]")].map((row) => row.getAttribute("aria-current"));
		const way = (label: string) => container.querySelector<HTMLButtonElement>(`[aria-label='${label}']`);
		way("Previous parameter")?.click();
		await expect.poll(chosen).toEqual(["false", "true", "false"]);
		expect(sessionStore.getState().cursor.leaf).toBe(start - 3);
		way("Next parameter")?.click();
		await expect.poll(chosen).toEqual(["false", "false", "true"]);
		expect(sessionStore.getState().cursor.leaf).toBe(start);
	});

	it("says which parameters are never updated", async () => {
		const { container } = await open({ preset: "worked-example", at: "i1.solver.output~0.1" });
		expect(container.textContent).toContain("b⁽¹⁾, b⁽²⁾: lr_mult 0");
	});
});

describe("clipping", () => {
	it.each([
		[0.01, true],
		[100, false],
	])("by %d: the squares make the length, and the factor follows", async (clipGradients, clips) => {
		const { view, container } = await open({ preset: "xor", at: "i2.solver.clip", solver: { clipGradients } });
		const values = [...container.querySelectorAll("[data-solver='clip'] [data-mark='ink-bar'] [data-value]")].map(
			(bar) => Number(bar.getAttribute("data-value")),
		);
		const [norm, bound] = values.slice(-2);
		expect(Math.sqrt(total(values.slice(0, -2)))).toBeCloseTo(norm, 12);
		expect(bound).toBe(clipGradients);
		expect(norm > bound).toBe(clips);
		expect(view.trace.clip?.norm).toBe(norm);
	});
});

describe("the line of values", () => {
	it("holds both, to scale, with ticks that tell them apart", () => {
		const line = valueLine(0.4, 0.35891648, 20, 120);
		expect(line.y(0.4)).toBeLessThan(line.y(0.35891648));
		expect(line.y(0.4)).toBeGreaterThan(20);
		expect(line.y(0.35891648)).toBeLessThan(120);
		for (const tick of line.ticks) expect(line.y(tick)).toBeGreaterThanOrEqual(20);
		expect(new Set(line.ticks).size).toBe(line.ticks.length);
	});

	it("writes no more figures than tell its ticks apart", () => {
		const line = valueLine(0.09482, 0.09481494, 20, 200);
		const texts = line.ticks.map((tick) => tick.toPrecision(line.digits));
		expect(new Set(texts).size).toBe(texts.length);
		expect(texts.every((text) => text.endsWith("0"))).toBe(false);
	});

	it("stands still where nothing moves", () => {
		const line = valueLine(0.35, 0.35, 20, 120);
		expect(line.y(0.35)).toBeCloseTo(70, 6);
	});
});
