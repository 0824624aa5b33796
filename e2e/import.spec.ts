import { expect, test } from "./page.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

type Page = import("@playwright/test").Page;

async function openImport(page: Page) {
	await page.getByRole("button", { name: "More" }).click();
	await page.getByRole("button", { name: "Open a file" }).click();
	return page.getByRole("dialog", { name: "Open a file" });
}

async function paste(page: Page, text: string) {
	const dialog = await openImport(page);
	await dialog.getByRole("textbox", { name: "Or paste a text" }).fill(text);
	await dialog.getByRole("button", { name: "Read" }).click();
	return dialog;
}

const NET = `name: "pasted"
layer { name: "db" type: "Data" top: "data" top: "label" data_param { batch_size: 4 } }
layer { name: "ip" type: "InnerProduct" bottom: "data" top: "a" inner_product_param { num_output: 3 weight_filler { type: "xavier" } } }
layer { name: "loss" type: "SoftmaxWithLoss" bottom: "a" bottom: "label" top: "loss" }`;

test("a pasted net is asked what its samples look like, opens, and undo brings the former back", async ({
	scope,
	page,
}) => {
	await scope.open({ preset: "xor" });
	const dialog = await paste(page, NET);
	await dialog.getByRole("button", { name: "Open", exact: true }).click();
	const shape = dialog.getByRole("textbox", { name: "Shape of one sample of “data”" });
	await expect(shape).toBeFocused();
	await shape.fill("2 by 3");
	await expect(dialog.getByText("“2 by 3” is not a shape")).toBeVisible();
	await shape.fill("1 2 2");
	await dialog.getByRole("button", { name: "Open", exact: true }).click();
	await expect(dialog.getByText("rounded to float32")).toBeVisible();
	await expect(dialog.getByText("4 were drawn with seed 1")).toBeVisible();
	await page.keyboard.press("Enter");
	await expect(dialog).toHaveCount(0);
	await expect(page).toHaveTitle(/^pasted/);
	expect(await scope.step()).toBe("i1.forward.ip.1.5");
	await page.getByRole("button", { name: "Undo" }).click();
	await expect(page).toHaveTitle(/^XOR/);
});

test("a broken net is refused with line and column, and what is shown stays", async ({ scope, page }) => {
	await scope.open({ preset: "xor" });
	const before = await scope.texts();
	const dialog = await paste(page, 'layer {\n  name: "a" type: "ReLU"\n  botom: "x"\n}');
	await dialog.getByRole("button", { name: "Open", exact: true }).click();
	await expect(dialog.getByRole("alert")).toHaveText(
		"pasted text: Line 3, column 3: There is no field “botom” here. Did you mean “bottom”?",
	);
	await dialog.getByRole("button", { name: "Cancel" }).click();
	await expect(dialog).toHaveCount(0);
	expect(await scope.texts()).toBe(before);
});

test("a table of samples is shown as it was understood, put right, and opens", async ({ scope, page }) => {
	await scope.open({ preset: "xor" });
	const dialog = await paste(page, "a;b;kind\n0,5;1,25;cat\n-3;0,25;dog\n");
	await expect(dialog.getByText("The first 2 of 2 samples")).toBeVisible();
	await expect(dialog.getByRole("combobox", { name: "Column “kind” is" })).toHaveValue("class");
	await expect(dialog.getByText("one is made for them: 2–4–2.")).toBeVisible();
	await dialog.getByRole("combobox", { name: "Column “a” is" }).selectOption("target");
	await expect(dialog.getByRole("combobox", { name: "Column “kind” is" })).toHaveValue("none");
	await expect(dialog.getByText("one is made for them: 1–4–1.")).toBeVisible();
	await dialog.getByRole("combobox", { name: "Column “b” is" }).selectOption("none");
	await expect(dialog.getByRole("alert")).toContainText("No column is an input");
	await dialog.getByRole("combobox", { name: "Column “b” is" }).selectOption("input");
	await dialog.getByRole("button", { name: "Open", exact: true }).click();
	await expect(dialog).toHaveCount(0);
	await scope.ready();
	const numbers = await scope.numbers();
	expect(numbers.some(({ value }) => value === "1.25")).toBe(true);
});

test("a table with a hole names the cell", async ({ scope, page }) => {
	await scope.open({ preset: "xor" });
	const dialog = await paste(page, "0,0,0\n0,,1\n1,0,1\n");
	await expect(dialog.getByRole("alert")).toHaveText(
		"pasted text: Line 2, column 2 (“2”): the cell is empty; a number is needed.",
	);
	await expect(dialog.getByRole("button", { name: "Open", exact: true })).toHaveAttribute("aria-disabled", "true");
});

test("a saved experiment comes back whole, dropped as a file", async ({ scope, page }) => {
	await scope.open({ preset: "vanishing", seed: "9", at: "i2.backward" });
	const [address, before] = [await scope.address(), await scope.texts()];
	await page.getByRole("button", { name: "Share", exact: true }).click();
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		page.getByRole("button", { name: "Experiment (.json)" }).click(),
	]);
	await scope.open({ preset: "xor" });
	const dialog = await openImport(page);
	const [chooser] = await Promise.all([
		page.waitForEvent("filechooser"),
		dialog.getByRole("button", { name: "Choose files" }).click(),
	]);
	await chooser.setFiles(await download.path());
	await expect(dialog.getByText("Experiment", { exact: true })).toBeVisible();
	await dialog.getByRole("button", { name: "Open", exact: true }).click();
	await expect(dialog).toHaveCount(0);
	await expect(page.locator("#root")).toHaveAttribute("data-cursor", address);
	await scope.ready();
	const shown = new Map((await scope.numbers()).map(({ reference, value }) => [reference, value]));
	const formerly = before.match(/data-ref=\S+\ndata-value=\S+/g) ?? [];
	expect(formerly.length).toBeGreaterThan(10);
	for (const pair of formerly) {
		const [reference, value] = pair.split("\n").map((line) => line.slice(line.indexOf("=") + 1));
		if (shown.has(reference)) expect(shown.get(reference), reference).toBe(value);
	}
});

test("what is no such file is refused, whatever it is", async ({ scope, page }) => {
	await scope.open();
	const dialog = await openImport(page);
	const [chooser] = await Promise.all([
		page.waitForEvent("filechooser"),
		dialog.getByRole("button", { name: "Choose files" }).click(),
	]);
	await chooser.setFiles({
		name: "cat.png",
		mimeType: "image/png",
		buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]),
	});
	await expect(dialog.getByRole("alert")).toHaveText("cat.png: This is none of the files that can be opened here.");
});
