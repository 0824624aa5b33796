import { flushSync } from "react-dom";
import { afterEach, describe, expect, it } from "vitest";
import { cleanup, render } from "vitest-browser-react";
import { setFrame } from "../../store/clock.ts";
import { useView } from "../../store/hooks.ts";
import { openStage, type StageWish } from "../../store/testing/open-stage.ts";
import type { View } from "../../store/view.ts";
import again from "./again-scene.tsx";
import loss from "./scene.tsx";

function Host() {
	const view = useView();
	if (view === null) return null;
	const { Scene } = view.leaf.phase?.name === "again" ? again : loss;
	return <Scene view={view} width={892} height={600} narrow={false} picture={() => null} />;
}

async function open(wish: StageWish): Promise<{ readonly view: View; readonly container: HTMLElement }> {
	const view = await openStage(wish);
	const { container } = await render(<Host />);
	return { view, container };
}

function at(t: number): void {
	flushSync(() => setFrame(t));
}

interface Drawn {
	readonly value: number;
	readonly width: number;
}

function measured(elements: Iterable<Element>): readonly Drawn[] {
	return [...elements].map((element) => ({
		value: Number(element.getAttribute("data-value")),
		width: Number(element.querySelector("rect")?.getAttribute("width")),
	}));
}

function bars(container: Element): readonly (readonly Drawn[])[] {
	return [...container.querySelectorAll("[data-loss] [data-mark='ink-bar']")].map((bar) =>
		measured(bar.querySelectorAll("[data-value]")),
	);
}

function gaps(container: Element): readonly Drawn[] {
	return measured(container.querySelectorAll("[data-faces] [data-mark='net-bar']"));
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function expectOneScale(drawn: readonly Drawn[]): void {
	const largest = drawn.reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a));
	const pixels = largest.width / Math.abs(largest.value);
	expect(pixels).toBeGreaterThan(0);
	for (const { value, width } of drawn) expect(width).toBeCloseTo(Math.abs(value) * pixels, 1);
}

afterEach(() => cleanup());

const WORKED: StageWish = { preset: "worked-example", at: "i1.loss.loss" };

describe("the loss", () => {
	it.each<[string, StageWish, number]>([
		["two outputs", WORKED, 2],
		["four samples", { preset: "xor", at: "i2.loss.loss" }, 4],
		["eight samples of a cross-entropy", { preset: "digits", at: "i1.loss.loss" }, 8],
	])("is a bar of its parts, in ink to scale: %s", async (_, wish, parts) => {
		const { view, container } = await open(wish);
		const [data] = bars(container);
		expect(data).toHaveLength(parts);
		expect(total(data.map(({ value }) => value))).toBeCloseTo(view.trace.passes[0].dataLoss, 12);
		expectOneScale(data);
	});

	it("has the decay term apart, and both together", async () => {
		const { view, container } = await open({ preset: "xor", at: "i2.loss.decay", solver: { weightDecay: 0.01 } });
		const [data, decay, sum] = bars(container);
		expect(decay).toHaveLength(2);
		expect(total(decay.map(({ value }) => value))).toBeCloseTo(view.trace.passes[0].decayLoss, 12);
		expect(sum.map(({ value }) => value)).toEqual([view.trace.passes[0].dataLoss, view.trace.passes[0].decayLoss]);
		expectOneScale([...data, ...decay, ...sum]);
	});

	it("counts the decay term as not yet known at the data term's stage", async () => {
		const { container } = await open({ preset: "xor", at: "i2.loss.loss" });
		expect(container.querySelectorAll("[data-row='loss-decay'] [data-value]")).toHaveLength(0);
		expect(container.querySelector("[data-row='loss-total'] [data-status]")?.getAttribute("data-status")).toBe(
			"not-yet",
		);
	});

	it("draws each gap to scale, from target to output", async () => {
		const { container } = await open(WORKED);
		const drawn = gaps(container);
		expect(drawn.map(({ value }) => value)).toEqual([0.7513650695523157 - 0.01, 0.7729284653214625 - 0.99]);
		expectOneScale(drawn);
		expect(container.textContent).toContain("too high");
		expect(container.textContent).toContain("too low");
	});

	it.each([0, 0.25, 0.5, 0.75, 1])("opens the gaps, then adds the parts up, t = %d", async (t) => {
		const { container } = await open(WORKED);
		const wholeGaps = gaps(container);
		const [whole] = bars(container);
		at(t);
		gaps(container).forEach(({ width }, place) => {
			expect(width).toBeCloseTo(wholeGaps[place].width * Math.min(1, t / 0.5), 1);
		});
		const arrived = Math.max(0, (t - 0.5) / 0.5) * whole.length;
		const [data] = bars(container);
		data.forEach(({ width }, place) => {
			expect(width).toBeCloseTo(whole[place].width * Math.min(1, Math.max(0, arrived - place)), 1);
		});
	});

	it.each<StageWish>([WORKED, { preset: "xor", at: "i12.again.loss" }])(
		"is the same at t whether reached forwards or backwards: $at",
		async (wish) => {
			const { container } = await open(wish);
			const seen: string[] = [];
			for (const t of [0, 0.25, 0.5, 0.75, 1]) {
				at(t);
				seen.push(container.innerHTML);
			}
			for (const t of [1, 0.75, 0.5, 0.25, 0]) {
				at(t);
				expect(container.innerHTML).toBe(seen.pop());
			}
		},
	);

	it("takes one part a term", async () => {
		const { container } = await open({ ...WORKED, at: "i1.loss.loss.1.1", depth: "term" });
		const [data] = bars(container);
		expect(data).toHaveLength(1);
		expect(gaps(container)).toHaveLength(1);
		expect(container.querySelectorAll("[data-loss] [data-status='not-yet']").length).toBeGreaterThan(0);
	});
});

describe("the loss again", () => {
	it("stands below the former one on the same scale, and says that it went down", async () => {
		const { view, container } = await open({ preset: "xor", at: "i12.again.loss" });
		const [before, after] = bars(container);
		expectOneScale([...before, ...after]);
		expect(total(before.map(({ value }) => value))).toBeCloseTo(
			view.shown({ kind: "loss", iteration: 12, pass: 0, part: "total" }),
			12,
		);
		expect(container.textContent).toContain("down by");
		const { trace } = view;
		const lost = trace.passes[0].dataLoss + trace.passes[0].decayLoss - (trace.again.dataLoss + trace.again.decayLoss);
		const said = container.querySelector("p [data-value]");
		expect(Number(said?.getAttribute("data-value"))).toBeCloseTo(lost, 12);
	});

	it("says that it went up", async () => {
		const { container } = await open({ preset: "rate-too-large", at: "i2.again.loss" });
		expect(container.textContent).toContain("up by");
	});

	it("moves each output from where it was", async () => {
		const { container } = await open({ preset: "xor", at: "i12.again.loss" });
		expect(container.querySelectorAll("[data-faces='again'] [data-mark='disc-ghost']")).toHaveLength(1);
		expect(container.querySelector("[data-faces='again'] [data-mark='disc']")?.getAttribute("data-ref")).toContain(
			"/pagain/",
		);
	});
});
