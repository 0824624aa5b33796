import { Suspense } from "react";
import { beforeEach, expect, it } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { loadWhole } from "../i18n/en/opening.ts";
import { changeSettings } from "../store/settings.ts";
import { openPresetById } from "../store/show-experiment.ts";
import Dialogs from "./dialogs.tsx";
import { closeDialog, openDialog, pageStore } from "./page-store.ts";

beforeEach(async () => {
	closeDialog();
	await loadWhole();
	await changeSettings({ language: "en" });
	await openPresetById("xor");
	await render(
		<Suspense>
			<button type="button">before</button>
			<Dialogs />
		</Suspense>,
	);
});

it("leaves a dialog open that was asked for between the closing of another one and its late event", async () => {
	openDialog("help");
	await expect.element(page.getByRole("dialog")).toBeVisible();
	const help = page.getByRole("dialog").element();
	if (!(help instanceof HTMLDialogElement)) throw new Error("no dialog");
	const late = new Promise((resolve) => help.addEventListener("close", resolve));
	// What the browser does at Esc; its event of the closing comes a task later.
	help.close();
	openDialog("go-to");
	await late;
	expect(pageStore.getState().dialog).toBe("go-to");
	await expect.element(page.getByRole("dialog").getByRole("textbox")).toBeVisible();
});

it("gives the focus back where it was", async () => {
	const before = page.getByRole("button", { name: "before" });
	before.element().focus();
	await expect.element(before).toHaveFocus();
	openDialog("help");
	await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
	await expect.element(before).toHaveFocus();
	expect(pageStore.getState().dialog).toBeNull();
});
