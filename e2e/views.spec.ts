import { expect, test } from "./page.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("the notation changes names and readings, and nothing of the place", async ({ scope, page }) => {
	await scope.open({ preset: "xor", at: "i2.backward.hidden.2" });
	const address = await scope.address();
	const ledger = page.locator("[data-part='ledger']");
	const first = await scope.texts();
	for (const [notation, sign] of [
		["Caffe", ".diff"],
		["PyTorch", ".grad"],
	]) {
		await page.getByRole("button", { name: notation, exact: true }).click();
		await expect(ledger).toContainText(sign);
		expect(await scope.address()).toBe(address);
	}
	await page.getByRole("button", { name: "UFLDL", exact: true }).click();
	await expect(ledger).not.toContainText(".grad");
	expect(await scope.texts()).toBe(first);
});

test("UFLDL's δ is that of one sample, Caffe's of the batch's mean", async ({ scope, page }) => {
	await scope.open({ preset: "xor", at: "backward.output.1" });
	const value = async (reference: string) =>
		Number(await page.locator(`[data-ref='${reference}'][data-value]`).first().getAttribute("data-value"));
	const own = await value("(/ i1/p0/top/output/0/diff/0 0.25)");
	await page.getByRole("button", { name: "Caffe", exact: true }).click();
	expect(await value("i1/p0/top/output/0/diff/0")).toBe(own / 4);
});

test("every word changes with the language, the page's own language with it", async ({ scope, page }) => {
	await scope.open({ at: "backward.hidden.1" });
	await page.getByRole("button", { name: /^Language/ }).click();
	await page.getByRole("button", { name: "简体中文" }).click();
	await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
	await expect(page.getByRole("button", { name: "下一步", exact: true })).toBeVisible();
	const left = await page.evaluate(() => {
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		const found: string[] = [];
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
			const words = node.textContent?.match(/[A-Za-z]{4,}/g) ?? [];
			if (node.parentElement?.closest("script, style, math, [lang='en'], code") === null) found.push(...words);
		}
		const own = ["Deltascope", "UFLDL", "Caffe", "PyTorch", "sigmoid", "symlog", "softmax", "Sigmoid"];
		return [...new Set(found)].filter((word) => !own.includes(word));
	});
	expect(left).toEqual([]);
	await scope.step();
	await page.reload();
	await scope.ready();
	await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
});

test("a browser that wishes for Chinese gets it", async ({ browser, baseURL }) => {
	const context = await browser.newContext({ locale: "zh-TW" });
	const page = await context.newPage();
	await page.goto(baseURL ?? "");
	await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
	await context.close();
});

test("digits and the decimal mark are the reader's", async ({ scope, page }) => {
	await scope.open({ at: "forward.hidden.1" });
	await page.getByRole("button", { name: "More" }).click();
	await page.getByRole("button", { name: /^Comfort/ }).click();
	await page.getByRole("group", { name: "Significant digits" }).getByRole("button", { name: "6" }).click();
	await page.getByRole("button", { name: "Comma 0,5" }).click();
	await page.keyboard.press("Escape");
	await expect(page.locator("[data-part='ledger'] [data-ref='i1/p0/top/hidden/0/data/0']").first()).toHaveText(
		"0,377500",
	);
});

test("a new start draws other weights, a reset the same again", async ({ scope, page }) => {
	await scope.open({ preset: "xor" });
	const weight = async () =>
		(await scope.numbers()).find(({ reference }) => reference === "i1/parameter/hidden/0/before/0")?.value;
	const first = await weight();
	expect(first).toBeDefined();
	await page.getByRole("button", { name: "New start" }).click();
	await expect.poll(weight).not.toBe(first);
	const second = await weight();
	await scope.step();
	await page.getByRole("button", { name: "Reset", exact: true }).click();
	await expect(page.locator("#root")).toHaveAttribute("data-cursor", "i1.forward.data.1.1");
	expect(await weight()).toBe(second);
	await page.keyboard.press("Control+z");
	await page.keyboard.press("Control+z");
	await expect.poll(weight).toBe(first);
	await page.keyboard.press("Control+y");
	await expect.poll(weight).toBe(second);
});

test("with less motion every step cuts, with motion it moves", async ({ scope, page }) => {
	const moment = page.getByRole("slider", { name: "Moment within the stage" });
	await scope.open();
	await scope.step();
	await expect(moment).toHaveValue("100");
	await page.emulateMedia({ reducedMotion: "no-preference" });
	await page.getByRole("button", { name: "Speed ½×" }).click();
	await page.getByRole("heading", { level: 1 }).click();
	await scope.step();
	expect(Number(await moment.inputValue())).toBeLessThan(100);
	await expect(moment).toHaveValue("100");
});
