import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { cleanup, render } from "vitest-browser-react";
import type { PresetId } from "../../data/preset.ts";
import { goTo, inspect, setDepth, stepOff, stepOn } from "../../store/actions.ts";
import { commitExperiment } from "../../store/history.ts";
import { hoverStore } from "../../store/hover.ts";
import { sessionStore } from "../../store/session.ts";
import { changeSettings } from "../../store/settings.ts";
import { openPresetById } from "../../store/show-experiment.ts";
import { unitFirst, unitTerms } from "../../timeline/timeline.ts";
import Ledger from "./ledger.tsx";

const state = () => sessionStore.getState();

async function open(id: PresetId, phase?: string, key?: string, unit = 0): Promise<void> {
	await openPresetById(id);
	const group = state().opened?.timeline.groups.find((found) => found.phase === phase && found.key === key);
	if (group !== undefined) await goTo({ iteration: 1, leaf: unitFirst(group, unit) + unitTerms(group, unit) - 1 });
}

async function shown(width = 500): Promise<HTMLElement> {
	const { container } = await render(
		<div style={{ width }}>
			<Ledger />
		</div>,
	);
	return container;
}

function find(container: Element, selector: string): HTMLElement {
	const found = container.querySelector<HTMLElement>(selector);
	if (found === null) throw new Error(`nothing is ${selector}`);
	return found;
}

const all = (container: Element, selector: string) => [...container.querySelectorAll<HTMLElement>(selector)];
const middle = (element: Element) => {
	const { left, right } = element.getBoundingClientRect();
	return (left + right) / 2;
};

beforeEach(async () => {
	await changeSettings({ form: "scalar", notation: "ufldl" });
	setDepth("unit");
});
afterEach(cleanup);

describe("the formula", () => {
	it("stands in aligned columns: each number below its symbol", async () => {
		await open("worked-example", "forward", "hidden");
		const body = find(await shown(), "[data-formula] [data-aligned]");
		const cells = [...body.children];
		const columns = (cells.length - 2 - 1) / 2;
		for (let column = 1; column <= columns; column++) {
			const [symbol, number] = [cells[column], cells[columns + 1 + column]];
			expect(Math.abs(middle(symbol) - middle(number))).toBeLessThan(1);
			expect(number.getBoundingClientRect().top).toBeGreaterThanOrEqual(symbol.getBoundingClientRect().bottom - 1);
		}
	});

	it.each([
		["worked-example", "backward", "hidden"],
		["digits", "forward", "hidden"],
		["digits", "gradients", "hidden"],
		["xor", "solver", "hidden~0"],
	] as const)("of %s %s %s fits a phone and a desk without moving the page", async (id, phase, key) => {
		await open(id, phase, key);
		for (const width of [320, 390, 500]) {
			const container = await shown(width);
			const page = find(container, "[data-focus]");
			expect(page.scrollWidth).toBeLessThanOrEqual(width);
			await cleanup();
		}
	});

	it("breaks a maximum where a phone has no room for it", async () => {
		await open("lenet", "forward", "pool1", 2879);
		for (const width of [320, 390, 500]) {
			const container = await shown(width);
			const right = container.getBoundingClientRect().left + width;
			const lines = all(container, "[data-formula] [data-aligned] math").map(
				(line) => line.getBoundingClientRect().right,
			);
			expect(lines.length).toBeGreaterThan(8);
			expect(Math.max(...lines)).toBeLessThanOrEqual(right);
			await cleanup();
		}
	});

	it("keeps a percent sign on the line of its number, in Chinese too", async () => {
		await open("worked-example", "backward", "output");
		await changeSettings({ language: "zh-CN" });
		for (let width = 300; width < 440; width += 6) {
			const container = await shown(width);
			const numbers = all(container, "p [data-ref]");
			const percent = numbers.find((number) => number.parentElement?.textContent?.endsWith(" %"));
			const sign = document.createRange();
			sign.selectNodeContents(percent?.parentElement?.lastChild ?? container);
			const [line, end] = [percent, sign].map((part) => part?.getBoundingClientRect().bottom ?? 0);
			expect(Math.abs(line - end)).toBeLessThan(6);
			await cleanup();
		}
		await changeSettings({ language: "en" });
	});

	it("hatches what is still to come, and shows no number of it", async () => {
		await open("worked-example");
		const container = await shown();
		const unknown = all(container, '[data-formula] [data-status="not-yet"]');
		expect(unknown.length).toBeGreaterThan(0);
		for (const number of unknown) {
			expect(number.textContent).toBe("·");
			expect(number.dataset.value).toBeUndefined();
			expect(number.className).toContain("unknown");
		}
	});

	it.each([
		["forward", "hidden"],
		["backward", "hidden"],
	] as const)("hatches a product among the operands, too, until the step comes to it: %s %s", async (phase, key) => {
		await open("digits", phase, key, 2);
		const group = state().opened?.timeline.groups.find((found) => found.phase === phase && found.key === key);
		if (group === undefined) throw new Error("no such stage");
		setDepth("term");
		const container = await shown();
		// Places of the rows' products and of the numbers in the formula: both are known or hatched alike.
		const statuses = () => {
			const rows = all(container, "[data-follow] [data-ref^='(*']");
			return rows.map((row) => {
				const own = find(container, `[data-formula] [data-ref="${row.dataset.ref}"]`);
				expect(row.dataset.status).toBe(own.dataset.status);
				return row.dataset.status;
			});
		};
		await goTo({ iteration: 1, leaf: unitFirst(group, 2) + 1 });
		await expect.poll(() => statuses().filter((status) => status === "not-yet").length).toBeGreaterThan(0);
		await goTo({ iteration: 1, leaf: unitFirst(group, 2) + unitTerms(group, 2) - 2 });
		await expect.poll(() => statuses().filter((status) => status === "not-yet").length).toBe(0);
		expect(statuses().length).toBeGreaterThan(0);
	});

	it("keeps its elements and patches its numbers when only they change", async () => {
		await open("xor", "backward", "hidden");
		const container = await shown();
		const before = all(container, "[data-formula] [data-operand] math");
		const numbers = () => all(container, "[data-formula] mn").map(({ textContent }) => textContent);
		const old = numbers();
		const { run } = state();
		if (run === null) throw new Error("nothing is open");
		await commitExperiment({ ...run.experiment, seed: run.experiment.seed + 1 });
		await expect.poll(numbers).not.toEqual(old);
		expect(all(container, "[data-formula] [data-operand] math")).toEqual(before);
	});

	it("pages the terms of a long sum", async () => {
		await open("digits", "forward", "hidden");
		const container = await shown();
		const terms = () => all(container, "[data-formula]:first-child [data-operand]").length;
		expect(terms()).toBe(3);
		await userEvent.click(find(container, "[data-formula] [data-more]"));
		await expect.poll(terms).toBe(12);
		expect(find(container, "[data-formula] [data-more]").dataset.more).toBe("53");
	});

	it("is written for one number or for the layer's matrices", async () => {
		await open("worked-example", "backward", "hidden");
		const container = await shown();
		await userEvent.click(find(container, '[aria-label="Matrices"]'));
		await expect.poll(() => container.querySelector("[data-matrix-form]")?.textContent).toMatch(/δ.*W.*⊤.*⊙/);
		await userEvent.click(find(container, '[aria-label="One number"]'));
		await expect.poll(() => container.querySelector("[data-matrix-form]")).toBeNull();
	});
});

describe("why this number?", () => {
	it("an operand leads to its stage and back to the exact place, by keyboard", async () => {
		await open("worked-example", "backward", "output");
		const container = await shown();
		const { cursor } = state();
		const text = container.textContent;
		find(container, "[data-follow]").focus();
		await userEvent.keyboard("{Enter}");
		await expect.poll(() => container.querySelector("[data-back]")).not.toBeNull();
		expect(state().cursor).not.toEqual(cursor);
		expect(document.activeElement).toBe(find(container, "h2"));
		await userEvent.click(find(container, "[data-back]"));
		await expect.poll(() => container.textContent).toBe(text);
		expect(state().cursor).toEqual(cursor);
	});

	it("a parameter leads to the iteration that left it", async () => {
		await openPresetById("xor");
		await goTo({ iteration: 2, leaf: 4 });
		const container = await shown();
		await userEvent.click(find(container, '[data-follow*="/before/"]'));
		await expect.poll(() => state().inspected).toMatchObject({ moment: "after", iteration: 1 });
		expect(state().cursor.iteration).toBe(1);
	});

	it("every number in a sentence opens its own explanation", async () => {
		await open("worked-example", "backward", "output");
		const container = await shown();
		await userEvent.click(find(container, 'p button[data-value="0.01"]'));
		await expect.poll(() => find(container, "h2").textContent).toBe("Given");
	});

	it("a part of a formula is explained where one stands", async () => {
		await open("worked-example", "backward", "hidden");
		const container = await shown();
		const { cursor } = state();
		await userEvent.click(find(container, "[data-operand]"));
		await expect.poll(() => find(container, "h2").textContent).toBe("What one edge carries back");
		expect(state().cursor).toEqual(cursor);
	});

	it("a step takes the explanation away", async () => {
		await open("worked-example", "forward", "hidden");
		const container = await shown();
		inspect({ kind: "solver", iteration: 1, name: "rate" });
		await expect.poll(() => find(container, "h2").textContent).toBe("A setting");
		await stepOn();
		await stepOff();
		await expect.poll(() => container.querySelector("[data-back]")).toBeNull();
	});
});

describe("hovering", () => {
	it("lights the same number everywhere in the ledger and tells the page", async () => {
		await open("worked-example", "forward", "hidden");
		const container = await shown();
		const term = find(container, "[data-operand]");
		await userEvent.hover(term);
		await expect.poll(() => hoverStore.getState().subject).toBe(term.dataset.operand);
		expect(find(container, `[data-follow="${term.dataset.operand}"]`).className).toContain("lit");
		await userEvent.hover(find(container, "h2"));
		await expect.poll(() => hoverStore.getState().subject).toBeNull();
	});
});

describe("what a preset offers", () => {
	it("ticks off the published digits, all that were printed", async () => {
		await open("worked-example", "solver", "output~0");
		const container = await shown();
		const items = all(container, '[data-published="true"]');
		expect(items.map(({ textContent }) => textContent)).toEqual(
			expect.arrayContaining([expect.stringContaining("0.35891648"), expect.stringContaining("0.408666186")]),
		);
	});

	it("breaks the symmetry with one click, undoably", async () => {
		await open("symmetry", "forward", "hidden");
		const container = await shown();
		const { cursor } = state();
		await userEvent.click(find(container, '[data-remedy="preset"]'));
		await expect.poll(() => state().run?.experiment.edits.length).toBe(1);
		expect(state().cursor).toEqual(cursor);
		expect(state().past.length).toBe(1);
		await expect.poll(() => container.querySelector('[data-remedy="preset"]')).toBeNull();
	});

	it("says where a run had to stop and what would have kept it", async () => {
		await openPresetById("rate-too-large");
		setDepth("iteration");
		for (let k = 0; k < 20 && state().opened?.failure == null; k++) await stepOn();
		await goTo({ iteration: state().cursor.iteration, leaf: Number.MAX_SAFE_INTEGER });
		const container = await shown();
		expect(find(container, "h2").textContent).toMatch(/^The first number that/);
		await expect.poll(() => all(container, '[data-remedy] [data-status="known"]').length, { timeout: 10_000 }).toBe(3);
		await userEvent.click(find(container, '[data-remedy="rate"]'));
		await expect.poll(() => state().opened?.failure).toBeNull();
	});
});
