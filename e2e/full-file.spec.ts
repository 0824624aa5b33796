import { readFileSync } from "node:fs";
import { expect, Scope, test } from "./page.ts";

// The whole page as one file, opened by a double click: no host, no network.
test.use({ contextOptions: { reducedMotion: "reduce" } });

const file = (path: string) => new URL(`../dist/v1/${path}`, import.meta.url).href;

const NET = `layer { name: "data" type: "Input" top: "data" top: "label" input_param { shape { dim: 1 dim: 2 } shape { dim: 1 dim: 1 } } }
layer { name: "ip" type: "InnerProduct" bottom: "data" top: "a" inner_product_param { num_output: 1 weight_filler { type: "xavier" } } }
layer { name: "loss" type: "EuclideanLoss" bottom: "a" bottom: "label" top: "loss" }`;

test("the whole page works from one file without a network", async ({ page, context }) => {
	await context.setOffline(true);
	const scope = new Scope(page);
	await page.goto(`${file("deltascope-full.html")}?preset=xor`);
	await scope.ready();
	await scope.step();
	await page.getByRole("button", { name: "More", exact: true }).click();
	await page.getByRole("button", { name: "Export …" }).click();
	for (const format of ["npz", "gif", "numpy", "caffe"]) {
		const arriving = page.waitForEvent("download");
		await page.locator(`[data-format='${format}'] button`).last().click();
		const saved = await arriving;
		expect(readFileSync(await saved.path()).length, format).toBeGreaterThan(100);
	}
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "More", exact: true }).click();
	await page.getByRole("button", { name: "Open a file" }).click();
	const dialog = page.getByRole("dialog", { name: "Open a file" });
	const chosen = { name: "net.prototxt", mimeType: "text/plain", buffer: Buffer.from(NET) };
	await dialog.locator("input[type='file']").setInputFiles(chosen);
	await dialog.getByRole("button", { name: "Open", exact: true }).click();
	await expect(page.locator("#root")).toHaveAttribute("data-cursor", "i1.forward.data.1.1");
	await expect(page.locator("h1")).not.toContainText("XOR");
	expect(await page.evaluate(() => [...document.fonts].some(({ family }) => family.includes("Inter")))).toBe(true);
});

test("its customiser shows the page alive, and makes links to itself", async ({ page, context }) => {
	await context.setOffline(true);
	const scope = new Scope(page);
	await page.goto(`${file("deltascope-full.html")}?preset=xor`);
	await scope.ready();
	await page.getByRole("button", { name: "Share" }).click();
	const dialog = page.getByRole("dialog");
	await expect(dialog.getByRole("textbox", { name: "Link", exact: true })).toHaveValue(
		new RegExp(`^${file("deltascope-full.html")}\\?preset=xor`),
	);
	await expect(page.frameLocator("iframe").locator("#root")).toHaveAttribute("data-cursor", /^i1\./);
});

test("nets too large for the page's own thread are computed in a worker there, too", async ({ page, context }) => {
	await context.setOffline(true);
	const scope = new Scope(page);
	const started = page.waitForEvent("worker");
	await page.goto(`${file("deltascope-full.html")}?preset=lenet`);
	await started;
	await scope.ready();
	await scope.step();
});

test("an embedded page that was opened from a file leads to it, in the same state", async ({ page, context }) => {
	await context.setOffline(true);
	await page.goto(`${file("embed/xor/index.html")}?at=backward`);
	await page.locator("html[data-ready='true']").waitFor({ state: "attached" });
	await page.locator("[data-action='stepOn']").click();
	const cursor = await page.locator("#root").getAttribute("data-cursor");
	const link = page.getByRole("link", { name: /Deltascope/ });
	await expect(link).toHaveAttribute("href", /deltascope-full\.html\?.*#s=1\.d\./);
	const opening = context.waitForEvent("page");
	await link.click();
	const whole = new Scope(await opening);
	await whole.ready();
	expect(await whole.address()).toBe(cursor);
});
