import "../engine/layers/index.ts";
import { Suspense } from "react";
import { beforeEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { render } from "vitest-browser-react";
import { loadWhole } from "../i18n/en/opening.ts";
import { sessionStore } from "../store/session.ts";
import { changeSettings } from "../store/settings.ts";
import { openPresetById } from "../store/show-experiment.ts";
import ImportDialog from "./import-dialog.tsx";

beforeEach(async () => {
	await loadWhole();
	await changeSettings({ language: "en" });
	await openPresetById("xor");
	await render(
		<Suspense>
			<ImportDialog />
		</Suspense>,
	);
});

async function paste(text: string) {
	await page.getByLabelText("Or paste a text").fill(text);
	await page.getByRole("button", { name: "Read" }).click();
}

const openButton = () => page.getByRole("button", { name: "Open", exact: true });

function drop(...files: File[]) {
	const data = new DataTransfer();
	for (const file of files) data.items.add(file);
	const target = page.getByText("Drop files here").element();
	target.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
}

describe("the dialog that opens one's own files", () => {
	it("takes several dropped files together, one of a kind, and lets go of each", async () => {
		drop(
			new File(['base_lr: 0.25\nlr_policy: "fixed"'], "solver.prototxt"),
			new File(["0,0,1\n1,1,0\n"], "first.csv"),
			new File(["0,1,1\n1,1,0\n0,0,0\n"], "second.csv"),
		);
		await expect.element(page.getByText("second.csv")).toBeVisible();
		expect(page.getByText("first.csv").elements()).toHaveLength(0);
		await expect.element(page.getByText("They go into the net as it stands.")).toBeVisible();
		await page.getByRole("button", { name: "Remove second.csv" }).click();
		expect(page.getByRole("table").elements()).toHaveLength(0);
		await openButton().click();
		await expect.poll(() => sessionStore.getState().run?.experiment.solver.baseLr).toBe(0.25);
		expect(sessionStore.getState().past).toHaveLength(1);
	});

	it("shows how a table was understood and reads it anew in another form", async () => {
		await paste("1,5 2\n3,5 4\n");
		await expect.element(page.getByRole("combobox", { name: "Columns are separated by" })).toHaveValue(" ");
		await expect.element(page.getByRole("button", { name: "comma" })).toHaveAttribute("aria-pressed", "true");
		await page.getByRole("button", { name: "point" }).click();
		await expect.element(page.getByRole("combobox", { name: "Column “1” is" })).toHaveValue("none");
	});

	it("says where a file is wrong, and keeps what is shown", async () => {
		const before = sessionStore.getState().run;
		await paste('{"v": 1,\n "view": {"sample": -1}}');
		await openButton().click();
		await expect.element(page.getByRole("alert")).toHaveTextContent(/view\.sample/);
		await paste('{"v": 1,\n "seed" 3}');
		await openButton().click();
		await expect.element(page.getByRole("alert")).toHaveTextContent("Line 2, column 9: this is no JSON.");
		expect(sessionStore.getState().run).toBe(before);
	});

	it("is worked by keyboard alone", async () => {
		await userEvent.tab();
		await expect.element(page.getByRole("button", { name: "Choose files …" })).toHaveFocus();
		await userEvent.tab();
		await userEvent.keyboard('base_lr: 0.5\nlr_policy: "fixed"');
		await userEvent.tab();
		await userEvent.keyboard("{Enter}");
		await expect.element(page.getByText("Solver", { exact: true })).toBeVisible();
		await userEvent.tab();
		await expect.element(page.getByRole("button", { name: "Remove pasted text" })).toHaveFocus();
		await userEvent.tab();
		await userEvent.keyboard("{Enter}");
		await expect.poll(() => sessionStore.getState().run?.experiment.solver.baseLr).toBe(0.5);
	});
});
