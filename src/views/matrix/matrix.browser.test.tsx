import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { cleanup, render } from "vitest-browser-react";
import { subjectText } from "../../explain/reading.ts";
import { goToAddress, setDepth } from "../../store/actions.ts";
import { hoverStore, setHovered } from "../../store/hover.ts";
import { sessionStore } from "../../store/session.ts";
import { changeSettings } from "../../store/settings.ts";
import { openPresetById } from "../../store/show-experiment.ts";
import MatrixPanel from "./panel.tsx";

async function panel(width = 540, height = 240): Promise<HTMLElement> {
	const { container } = await render(
		<div style={{ width, height }}>
			<MatrixPanel />
		</div>,
	);
	await expect.poll(() => container.querySelector("[role='gridcell']")).not.toBeNull();
	return container;
}

const cells = (container: Element, selector = "") => [
	...container.querySelectorAll<SVGElement>(`[role='gridcell']${selector}`),
];
const stop = (container: Element) => cells(container, "[tabindex='0']");
const numbers = (elements: readonly Element[]) =>
	elements.map((element) => Number(element.querySelector("[data-value]")?.getAttribute("data-value")));

beforeEach(async () => {
	setDepth("unit");
	await changeSettings({ notation: "ufldl", language: "en" });
	await openPresetById("worked-example");
});
afterEach(() => cleanup());

describe("the matrix panel", () => {
	it("lights the row that is read going forward", async () => {
		await goToAddress("i1.forward.hidden.1");
		const container = await panel();
		expect(numbers(cells(container, "[data-lit]"))).toEqual([
			0.05, 0.1, 1, 0.15, 0.2, 0.35, 0.3775, 0.5932699921071872,
		]);
		expect(container.querySelectorAll("[data-frame]")).toHaveLength(1);
		expect(container.textContent).toContain("read along the row");
	});

	it("lights the column that is read going back", async () => {
		await goToAddress("i1.backward.hidden.2");
		const container = await panel();
		const lit = numbers(cells(container, "[data-lit]"));
		expect(lit).toContain(0.45);
		expect(lit).toContain(0.55);
		expect(lit).not.toContain(0.4);
		expect(container.textContent).toContain("read down the column");
	});

	it("hatches what is not known and never shows 0 for it", async () => {
		const container = await panel();
		const unknown = cells(container).filter((cell) => cell.querySelector("[data-status='not-yet']") !== null);
		expect(unknown.length).toBeGreaterThan(0);
		for (const cell of unknown) {
			expect(cell.textContent).toBe("");
			expect(cell.getAttribute("aria-label")).toContain("not computed yet");
		}
	});

	it("is one tab stop, moves by arrows and explains by Enter", async () => {
		await goToAddress("i1.forward.hidden.1");
		const container = await panel();
		expect(stop(container)).toHaveLength(1);
		stop(container)[0].focus();
		await userEvent.keyboard("{Home}");
		expect(document.activeElement?.getAttribute("aria-label")).toBe("W(1)_11: 0.15");
		await userEvent.keyboard("{ArrowRight}");
		expect(document.activeElement?.getAttribute("aria-label")).toBe("W(1)_12: 0.20");
		await userEvent.keyboard("{ArrowDown}");
		expect(document.activeElement?.getAttribute("aria-label")).toBe("W(1)_22: 0.30");
		expect(stop(container)).toHaveLength(1);
		await userEvent.keyboard("{Enter}");
		const { inspected } = sessionStore.getState();
		expect(inspected === null ? "" : subjectText(inspected)).toBe("i1/parameter/hidden/0/before/3");
	});

	it("explains the cell that is clicked, and lights it elsewhere while it is pointed at", async () => {
		await goToAddress("i1.forward.hidden.1");
		const container = await panel();
		const [, second] = cells(container, "[data-kind='weight']");
		await userEvent.hover(second);
		expect(hoverStore.getState().subject).toBe("i1/parameter/hidden/0/before/1");
		expect(container.querySelector("[data-readout]")?.textContent).toContain("0.20");
		await userEvent.click(second);
		const { inspected } = sessionStore.getState();
		expect(inspected === null ? "" : subjectText(inspected)).toBe("i1/parameter/hidden/0/before/1");
	});

	it("outlines the number that is pointed at anywhere on the page", async () => {
		const container = await panel();
		setHovered({ kind: "parameter", iteration: 1, layer: "output", slot: 0, moment: "before", index: 3 });
		await expect.poll(() => container.querySelectorAll("[data-hovered]").length).toBe(1);
		setHovered(null);
		await expect.poll(() => container.querySelectorAll("[data-hovered]").length).toBe(0);
	});

	it("says why a gradient is not computed", async () => {
		await goToAddress("i1.gradients.output.1");
		const container = await panel();
		const omitted = cells(container).find((cell) => cell.querySelector("[data-status='not-computed']") !== null);
		if (omitted === undefined) throw new Error("no omitted cell");
		await userEvent.hover(omitted);
		expect(container.querySelector("[data-readout]")?.textContent?.length).toBeGreaterThan(30);
	});

	it("writes names in the notation", async () => {
		await changeSettings({ notation: "pytorch" });
		await goToAddress("i1.forward.hidden.1");
		const container = await panel();
		expect(cells(container, "[data-kind='weight']")[0].getAttribute("aria-label")).toBe("hidden.weight[0,0]: 0.15");
	});
});

describe("a matrix too large for numbers", () => {
	beforeEach(async () => {
		await openPresetById("digits");
		await goToAddress("i1.backward.hidden.9");
	});

	it("is drawn as tiles, with few elements however many cells", async () => {
		const container = await panel();
		expect(container.querySelector("canvas")).not.toBeNull();
		expect(cells(container).length).toBeLessThan(40);
		expect(container.querySelector("[role='grid']")?.getAttribute("aria-colcount")).toBe("17");
	});

	it("paints positive and negative tiles in their hues", async () => {
		for (const [name, colour] of Object.entries({
			"--plus": "#0369a1",
			"--minus": "#c2410c",
			"--surface": "#ffffff",
		})) {
			document.documentElement.style.setProperty(name, colour);
		}
		const container = await panel();
		const canvas = container.querySelector("canvas");
		const context = canvas?.getContext("2d");
		if (canvas == null || context == null) throw new Error("no canvas");
		const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
		let blue = 0;
		let orange = 0;
		for (let at = 0; at < data.length; at += 4) {
			if (data[at + 3] === 0) continue;
			if (data[at + 2] > data[at] + 20) blue++;
			if (data[at] > data[at + 2] + 20) orange++;
		}
		expect(blue).toBeGreaterThan(1000);
		expect(orange).toBeGreaterThan(1000);
	});

	it("paints no more than it shows: a panel higher than its tables squeezes nothing", async () => {
		const container = await panel(560, 900);
		const canvas = container.querySelector("canvas");
		expect(canvas).not.toBeNull();
		const { width, height } = canvas?.getBoundingClientRect() ?? { width: 0, height: 0 };
		expect([canvas?.width, canvas?.height]).toEqual([width, height].map((each) => Math.round(each * devicePixelRatio)));
	});

	it("keeps the column in focus in view and scrolls nothing but itself", async () => {
		await goToAddress("i1.backward.hidden.16");
		const container = await panel(300, 220);
		const scroller = container.querySelector("[role='grid']")?.parentElement;
		const frame = container.querySelector("[data-frame]");
		if (scroller == null || frame === null) throw new Error("no frame");
		const beyond = () => {
			const box = frame.getBoundingClientRect();
			const window = scroller.getBoundingClientRect();
			return Math.max(box.right - window.right, box.bottom - window.bottom);
		};
		// With the next frame.
		await expect.poll(beyond).toBeLessThanOrEqual(1);
		expect(document.scrollingElement?.scrollTop).toBe(0);
	});

	it("reads the tile that has the focus", async () => {
		const container = await panel();
		stop(container)[0].focus();
		await userEvent.keyboard("{Control>}{Home}{/Control}{ArrowDown}");
		const label = document.activeElement?.getAttribute("aria-label") ?? "";
		expect(label).toMatch(/^W\(2\)_11: /);
		expect(container.querySelector("[data-readout] [data-value]")).not.toBeNull();
	});
});

describe("the gates of a recurrent layer", () => {
	const rowsOf = (table: Element) => [...table.querySelectorAll("tbody tr")];

	async function gates(address: string): Promise<Element> {
		await openPresetById("lstm-through-time");
		await goToAddress(address);
		const { container } = await render(<MatrixPanel />);
		await expect.poll(() => container.querySelector("table[data-gates]")).not.toBeNull();
		const table = container.querySelector("table");
		if (table === null) throw new Error("no table");
		return table;
	}

	it("stand under headings of their own, each with its weights, its sum and how far it opens", async () => {
		const table = await gates("i1.forward.lstm2.t3.2");
		expect(rowsOf(table)).toHaveLength(6);
		const [labels, values] = table.querySelectorAll("thead tr");
		expect(labels.textContent).toContain("from the step before");
		expect(labels.querySelector("canvas, svg")).toBeNull();
		expect(values.textContent).toBe("");
	});

	it("keep their rows going back, each with the δ of its sum, and the states below", async () => {
		const table = await gates("i1.backward.lstm2.t9.3");
		const rows = rowsOf(table);
		expect(rows).toHaveLength(6);
		expect(rows.map((row) => row.querySelector("th")?.textContent)).toEqual([
			"input gate",
			"forget gate",
			"output gate",
			"candidate",
			"δ of the cell state",
			"δ of the hidden state",
		]);
		const last = rows.map((row) => row.querySelector("td:last-child [data-ref]"));
		expect(last.every((number) => number?.getAttribute("data-ref")?.includes("diff"))).toBe(true);
		expect(last.every((number) => number?.getAttribute("data-status") === "known")).toBe(true);
	});
});
