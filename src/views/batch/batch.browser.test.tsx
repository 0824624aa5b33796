import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { cleanup, render } from "vitest-browser-react";
import { subjectText } from "../../explain/reading.ts";
import { goToAddress, selectSample, setDepth } from "../../store/actions.ts";
import { sessionStore } from "../../store/session.ts";
import { changeSettings } from "../../store/settings.ts";
import { openPresetById } from "../../store/show-experiment.ts";
import BatchPanel from "./panel.tsx";

async function panel(): Promise<HTMLElement> {
	const { container } = await render(<BatchPanel />);
	await expect.poll(() => container.querySelector("tbody tr")).not.toBeNull();
	return container;
}

const value = (element: Element | null | undefined) =>
	Number(element?.querySelector("[data-value]")?.getAttribute("data-value"));
const rows = (container: Element, part = "tbody") => [...container.querySelectorAll(`${part} tr`)];

beforeEach(async () => {
	setDepth("unit");
	await changeSettings({ notation: "ufldl", language: "en" });
	await openPresetById("disagreement");
	selectSample(0);
});
afterEach(() => cleanup());

describe("the batch panel", () => {
	it("adds a row a sample up to the sum and the mean", async () => {
		await goToAddress("i1.gradients.output.1");
		const container = await panel();
		const shares = rows(container).map((row) => value(row.querySelector("td:nth-of-type(3)")));
		const [sum, mean] = rows(container, "tfoot").map((row) => value(row.querySelector("td")));
		expect(shares).toHaveLength(4);
		expect(sum).toBeCloseTo(
			shares.reduce((total, share) => total + share, 0),
			14,
		);
		expect(mean).toBeCloseTo(sum / 4, 14);
		expect(container.textContent).toMatch(/wants? W⁽²⁾₁[₁₂] (lower|higher)/);
	});

	it("brings a sample to the front by click and by arrow keys", async () => {
		const container = await panel();
		const card = (sample: number) => container.querySelector<HTMLElement>(`[data-sample="${sample}"]`);
		const third = card(2);
		if (third === null) throw new Error("no card");
		await userEvent.click(third);
		expect(sessionStore.getState().sample).toBe(2);
		expect(card(2)?.getAttribute("aria-pressed")).toBe("true");
		await userEvent.keyboard("{ArrowDown}");
		expect(sessionStore.getState().sample).toBe(3);
		expect(document.activeElement).toBe(card(3));
	});

	it("opens the explanation of a number", async () => {
		await goToAddress("i1.backward.hidden.2");
		const container = await panel();
		const number = rows(container)[1].querySelector<HTMLElement>("td:nth-of-type(2) button");
		if (number === null) throw new Error("no number");
		await userEvent.click(number);
		const { inspected } = sessionStore.getState();
		expect(inspected === null ? "" : subjectText(inspected)).toBe("i1/p0/top/hidden/0/diff/3");
	});

	it("shows images as images", async () => {
		await openPresetById("digits");
		const container = await panel();
		expect(container.querySelectorAll("tbody th svg")).toHaveLength(8);
	});

	it("works with a batch of one", async () => {
		await openPresetById("worked-example");
		await goToAddress("i1.gradients.output.2");
		const container = await panel();
		expect(rows(container)).toHaveLength(1);
	});
});
