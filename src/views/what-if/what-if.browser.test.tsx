import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { userEvent } from "vitest/browser";
import { cleanup, render } from "vitest-browser-react";
import { createChangedIterations } from "../../engine/changed-iteration.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import { discardProposal, goTo, inspect } from "../../store/actions.ts";
import { propose } from "../../store/proposal.ts";
import { replayOptions } from "../../store/run.ts";
import { sessionStore } from "../../store/session.ts";
import { openPresetById } from "../../store/show-experiment.ts";
import LossOverChart from "./loss-over-chart.tsx";
import WhatIf from "./what-if.tsx";

const weight: ScalarReference = {
	kind: "parameter",
	iteration: 1,
	layer: "output",
	slot: 0,
	moment: "before",
	index: 0,
};

const state = () => sessionStore.getState();

async function openBackward(): Promise<void> {
	await openPresetById("worked-example");
	const backward = state().opened?.timeline.phases.find(({ name }) => name === "backward");
	await goTo({ iteration: 1, leaf: (backward?.first ?? 0) + (backward?.leaves ?? 1) - 1 });
}

afterEach(async () => {
	await cleanup();
	discardProposal();
});

describe("what if", () => {
	beforeEach(openBackward);

	it("is offered for what can be edited, not for what is computed", async () => {
		const screen = await render(<WhatIf />);
		inspect({ kind: "top", iteration: 1, pass: 0, layer: "output", slot: 0, side: "data", index: 0 });
		await expect.element(screen.getByRole("button")).not.toBeInTheDocument();
		inspect(weight);
		await userEvent.click(screen.getByRole("button", { name: "What if it were another?" }));
		await expect.element(screen.getByRole("heading")).toHaveTextContent("What if this weight were 0.40?");
		await expect.element(screen.getByRole("textbox")).toHaveFocus();
	});

	it("shows old → new while one types, and keeps it with Enter", async () => {
		inspect(weight);
		propose(weight);
		const screen = await render(<WhatIf />);
		await userEvent.fill(screen.getByRole("textbox"), "-1/3");
		await expect.element(screen.getByRole("heading")).toHaveTextContent("What if this weight were −1/3?");
		await expect.element(screen.getByText("The loss falls.")).toBeInTheDocument();
		const rows = screen.container.querySelectorAll("tr");
		expect(rows).toHaveLength(7);
		const numbers = Array.from(rows[5].querySelectorAll("[data-ref]"), (number) => [
			number.getAttribute("data-ref"),
			number.textContent,
		]);
		const old = "i1/p0/top/hidden/0/diff/0";
		expect(numbers).toEqual([
			[old, "0.008771"],
			[`proposed/${old}`, "−0.01633"],
			[`(abs (- proposed/${old} ${old}))`, "0.0251"],
		]);
		expect(rows[5].textContent).toContain("hidden unit 1, turns round");
		await userEvent.keyboard("{Enter}");
		await expect
			.poll(() => state().run?.experiment.edits)
			.toEqual([{ kind: "parameter", iteration: 1, layer: "output", slot: 0, index: 0, value: -1 / 3 }]);
		expect(state().proposal).toBeNull();
	});

	it("forgets it with Esc, and gives the focus back to the offer", async () => {
		inspect(weight);
		const screen = await render(<WhatIf />);
		await userEvent.click(screen.getByRole("button"));
		await userEvent.fill(screen.getByRole("textbox"), "2");
		await userEvent.keyboard("{Escape}");
		await expect.element(screen.getByRole("button", { name: "What if it were another?" })).toHaveFocus();
		expect(state().run?.experiment.edits).toEqual([]);
	});

	it("refuses what is no number, keeps the last that was, and says so", async () => {
		propose(weight);
		const screen = await render(<WhatIf />);
		await userEvent.fill(screen.getByRole("textbox"), "0.5");
		await userEvent.fill(screen.getByRole("textbox"), "0.5x");
		await userEvent.keyboard("{Enter}");
		await expect
			.element(screen.getByRole("alert"))
			.toHaveTextContent("“0.5x” is not a number. Write it as 0.5 or 0,5, as 1/3, or as 1e-3. 0.50 stays.");
		expect(state().proposal?.value).toBe(0.5);
	});

	it("goes along a number line by keys", async () => {
		inspect(weight);
		propose(weight);
		const screen = await render(<WhatIf />);
		const handle = screen.getByRole("slider");
		handle.element().focus();
		await userEvent.keyboard("{ArrowRight}{ArrowRight}{PageUp}");
		await expect.element(handle).toHaveAttribute("aria-valuenow", "0.52");
		await expect.element(screen.getByRole("textbox")).toHaveValue("0.52");
		await userEvent.keyboard("{Home}");
		await expect.element(handle).toHaveAttribute("aria-valuenow", "0.4");
		await userEvent.keyboard("{ArrowLeft}{Enter}");
		await expect.poll(() => state().run?.experiment.edits).toHaveLength(1);
		expect(state().proposal).toBeNull();
	});

	it("goes along it by dragging", async () => {
		propose(weight);
		const screen = await render(<WhatIf />);
		const handle = screen.getByRole("slider").element();
		const line = handle.parentElement?.parentElement;
		const box = handle.parentElement?.getBoundingClientRect() ?? new DOMRect();
		const at = (share: number) => ({
			bubbles: true,
			pointerId: 1,
			button: 0,
			clientX: box.left + share * box.width,
			clientY: box.top,
		});
		line?.dispatchEvent(new PointerEvent("pointerdown", at(0.25)));
		await expect.poll(() => state().proposal?.value).toBe(-0.5);
	});
});

describe("the curve", () => {
	it("runs through both points, and its tangent has the gradient as its slope", async () => {
		await openBackward();
		propose(weight);
		const screen = await render(
			<div style={{ width: 500 }}>
				<LossOverChart />
			</div>,
		);
		await expect.element(screen.getByText("Loss over this weight")).toBeInTheDocument();
		await expect.poll(() => screen.container.querySelector("[data-tangent]")).not.toBeNull();
		const ends = /M(\S+) (\S+)L(\S+) (\S+)/.exec(
			screen.container.querySelector("[data-tangent]")?.getAttribute("d") ?? "",
		);
		const [x1, y1, x2, y2] = (ends ?? []).slice(1).map(Number);
		const ticks = (selector: string) => Array.from(screen.container.querySelectorAll(selector));
		// One unit of the loss and one of the weight, as the axes have them.
		const lines = ticks("line").filter((line) => line.getAttribute("y1") === line.getAttribute("y2"));
		const lossUnit = (Number(lines[0].getAttribute("y1")) - Number(lines[1].getAttribute("y1"))) / 0.1;
		const [left, right] = ["x1", "x2"].map((name) => Number(lines[0].getAttribute(name)));
		const weightUnit = (right - left) / 8;
		const slope = (y1 - y2) / lossUnit / ((x2 - x1) / weightUnit);
		const shown = screen.container.querySelector("[data-ref^='(slope']");
		expect(Number(shown?.getAttribute("data-value"))).toBeCloseTo(0.0821670406, 9);
		expect(slope).toBeCloseTo(0.0821670406, 3);
	});
});

describe("what if in a large net", () => {
	it("waits for what would be, and shows nothing else for it", async () => {
		await openPresetById("lenet");
		const kernel = { ...weight, layer: "conv1" };
		propose(kernel);
		const screen = await render(<WhatIf />);
		const page = screen.getByRole("region");
		await userEvent.fill(screen.getByRole("textbox"), "0.5");
		await userEvent.fill(screen.getByRole("textbox"), "2");
		expect(state().proposal).toMatchObject({ value: 2 });
		await expect.element(page).toHaveAttribute("aria-busy", "false");
		const { run, opened, proposal } = state();
		expect(proposal?.shown).toBe(2);
		if (run === null || opened === null) throw new Error("nothing is open");
		const change = { kind: "parameter", layer: "conv1", slot: 0, index: 0, value: 2 } as const;
		const expected = createChangedIterations(replayOptions(run.experiment)).traceWith(opened.trace, change);
		expect(proposal?.opened.trace.passes[0].dataLoss).toBe(expected.passes[0].dataLoss);
		expect(proposal?.opened.trace.again.dataLoss).toBe(expected.again.dataLoss);
	});
});
