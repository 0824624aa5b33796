import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { userEvent } from "vitest/browser";
import { cleanup, render } from "vitest-browser-react";
import { goTo, setDepth, stepOn } from "../../store/actions.ts";
import { sessionStore } from "../../store/session.ts";
import { changeSettings } from "../../store/settings.ts";
import { openPresetById } from "../../store/show-experiment.ts";
import Tables from "./panel.tsx";

async function tables(height = 500): Promise<HTMLElement> {
	const { container } = await render(
		<div style={{ width: 390, height }}>
			<Tables />
		</div>,
	);
	await expect.poll(() => container.querySelector("tbody tr")).not.toBeNull();
	return container;
}

const button = (container: Element, name: string) => {
	const found = [...container.querySelectorAll("button")].find(({ textContent }) => textContent === name);
	if (found === undefined) throw new Error(`no button ${name}`);
	return found;
};

beforeEach(async () => {
	setDepth("unit");
	await changeSettings({ notation: "ufldl", language: "en", motion: "none" });
	await openPresetById("worked-example");
});
afterEach(() => {
	cleanup();
	vi.restoreAllMocks();
});

describe("the tables", () => {
	it("list the iteration, say not yet, and mark where one stands", async () => {
		await goTo({ iteration: 1, leaf: 4 });
		const container = await tables();
		expect(container.querySelectorAll("tbody tr")).toHaveLength(19);
		const current = container.querySelector("[aria-current='step']");
		expect(current?.getAttribute("data-step")).toBe("1");
		expect(current?.textContent).toContain("0.15 · 0.05 + 0.20 · 0.10 + 0.35");
		expect(container.querySelector("[data-step='2']")?.textContent).toContain("not yet");
		await stepOn();
		await expect.poll(() => container.querySelector("[aria-current='step']")?.getAttribute("data-step")).toBe("2");
		expect(container.querySelector("[data-step='2']")?.textContent).toContain("0.3925");
	});

	it("go to a row that is clicked or pressed, and keep it in view", async () => {
		const container = await tables(300);
		const go = container.querySelector<HTMLElement>("[data-step='12'] button");
		if (go === null) throw new Error("no row 12");
		go.focus();
		await userEvent.keyboard("{Enter}");
		await expect.poll(() => container.querySelector("[aria-current='step']")?.getAttribute("data-step")).toBe("12");
		const row = container.querySelector("[aria-current='step']")?.getBoundingClientRect();
		const box = container.querySelector("[role='region']")?.getBoundingClientRect();
		if (row === undefined || box === undefined) throw new Error("no box");
		expect(row.bottom).toBeLessThanOrEqual(box.bottom + 1);
		expect(row.top).toBeGreaterThanOrEqual(box.top);
	});

	it("page through long iterations and follow the step", async () => {
		await openPresetById("digits");
		const container = await tables();
		expect(container.querySelectorAll("tbody tr")).toHaveLength(100);
		await userEvent.click(button(container, "Next 100"));
		await expect.poll(() => container.querySelector("tbody tr")?.getAttribute("data-step")).toBe("100");
		await stepOn();
		await expect.poll(() => container.querySelector("[aria-current='step']")).not.toBeNull();
	});

	it("show every section as tables with captions and heads", async () => {
		const container = await tables();
		for (const [name, count] of [
			["Values", 4],
			["Parameters", 4],
			["Loss", 1],
			["Solver", 1],
		] as const) {
			await userEvent.click(button(container, name));
			await expect.poll(() => container.querySelectorAll("table").length).toBe(count);
			for (const table of container.querySelectorAll("table")) {
				expect(table.querySelector("caption")?.textContent).not.toBe("");
				expect(table.querySelectorAll("thead th[scope='col']").length).toBeGreaterThan(1);
				expect(table.querySelectorAll("tbody th[scope='row']").length).toBeGreaterThan(0);
			}
		}
	});

	it("copy all digits, or give the text where the browser refuses", async () => {
		await goTo({ iteration: 1, leaf: 4 });
		const container = await tables();
		const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
		await userEvent.click(button(container, "Copy CSV"));
		await expect.poll(() => container.querySelector("[role='status']")?.textContent).toContain("Copied");
		expect(write.mock.calls[0][0]).toContain("0.5932699921071872");
		write.mockRejectedValue(new DOMException("no", "NotAllowedError"));
		await userEvent.click(button(container, "Copy Markdown"));
		await expect.poll(() => container.querySelector("textarea")?.value).toContain("| --- |");
	});

	it("open the explanation of a number", async () => {
		const container = await tables();
		await userEvent.click(button(container, "Values"));
		const number = container.querySelector<HTMLElement>("td [data-value]");
		if (number === null) throw new Error("no number");
		await userEvent.click(number);
		expect(sessionStore.getState().inspected).not.toBeNull();
	});
});
