import { readFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import decodeQR from "qr/decode.js";
import { differences, expect, Scope, test } from "./page.ts";

test.use({ contextOptions: { reducedMotion: "reduce" }, permissions: ["clipboard-read", "clipboard-write"] });

type Page = import("@playwright/test").Page;

async function openShare(page: Page) {
	await page.getByRole("button", { name: "Share", exact: true }).click();
	const dialog = page.getByRole("dialog", { name: "Share this stage" });
	await expect(dialog.getByRole("textbox", { name: "Link" })).toBeVisible();
	return dialog;
}

/** What the shown code says, read as a camera would. */
async function readCode(page: Page): Promise<string> {
	const code = page.getByRole("img", { name: "QR code of the link" });
	const image = await code.evaluate((svg) => {
		const path = svg.querySelector("path")?.getAttribute("d") ?? "";
		const size = Number(svg.getAttribute("viewBox")?.split(" ")[2]);
		return { size, dark: [...path.matchAll(/M(\d+) (\d+)h/g)].map(([, x, y]) => [Number(x), Number(y)]) };
	});
	const scale = 4;
	const width = image.size * scale;
	const data = new Uint8Array(width * width * 4).fill(255);
	for (const [x, y] of image.dark) {
		for (let k = 0; k < scale * scale; k++) {
			const at = ((y * scale + Math.floor(k / scale)) * width + x * scale + (k % scale)) * 4;
			data.fill(0, at, at + 3);
		}
	}
	return decodeQR({ width, height: width, data });
}

for (const [name, query] of [
	["a preset as it stands", { preset: "xor", at: "i1.backward.hidden.2" }],
	["an edited seed", { preset: "xor", at: "i2.gradients.output.1", seed: "41", notation: "caffe" }],
] as const) {
	test(`a copied link shows ${name} with the same digits at the same stage`, async ({
		scope,
		page,
		context,
		browser,
	}) => {
		await scope.open(query);
		const [address, texts] = [await scope.address(), await scope.texts()];
		const dialog = await openShare(page);
		await dialog.getByRole("button", { name: "Copy", exact: true }).click();
		await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
		const link = await page.evaluate(() => navigator.clipboard.readText());
		expect(await dialog.getByRole("textbox", { name: "Link" }).inputValue()).toBe(link);
		expect(await readCode(page)).toBe(link);
		await context.close();

		const other = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1440, height: 900 } });
		const opened = new Scope(await other.newPage());
		await opened.page.goto(link);
		await opened.ready();
		expect(await opened.address()).toBe(address);
		expect(differences(texts, await opened.texts())).toEqual([]);
		await other.close();
	});
}

test("every choice is in the snippets, and the preview follows", async ({ scope, page }) => {
	await scope.open({ preset: "xor" });
	const dialog = await openShare(page);
	await dialog.getByRole("checkbox", { name: "Timeline" }).uncheck();
	await dialog.getByRole("button", { name: "Network" }).click();
	await dialog.getByRole("button", { name: "Dark" }).click();
	await dialog.getByRole("button", { name: "简体中文" }).click();
	await dialog.getByRole("spinbutton", { name: "Width" }).fill("900");
	await dialog.getByRole("button", { name: "iframe" }).click();
	const frame = dialog.getByRole("textbox", { name: "iframe" });
	await expect(frame).toHaveValue(/hide=timeline&amp;lock=net&amp;theme=dark&amp;notation=ufldl&amp;lang=zh-CN"/);
	await expect(frame).toHaveValue(/width="900" height="480"/);
	await dialog.getByRole("button", { name: "Element" }).click();
	await expect(dialog.getByRole("textbox", { name: "Element" })).toHaveValue(
		/<delta-scope\n {2}preset="xor"\n {2}at="/,
	);
	const preview = page.frameLocator("dialog iframe");
	await expect(preview.locator("html")).toHaveAttribute("lang", "zh-CN");
	await expect(preview.locator("html")).toHaveAttribute("data-theme", "dark");
	await dialog.getByRole("button", { name: "Start of iteration 1" }).click();
	await expect(dialog.getByRole("textbox", { name: "Element" })).not.toHaveValue(/at="/);
});

test("the experiment is saved whole, and its name says what it is", async ({ scope, page }) => {
	await scope.open({ preset: "xor", at: "i1.loss" });
	const dialog = await openShare(page);
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		dialog.getByRole("button", { name: "Experiment (.json)" }).click(),
	]);
	expect(download.suggestedFilename()).toBe("deltascope-xor.json");
	const saved = JSON.parse(readFileSync(await download.path(), "utf8"));
	expect(saved).toMatchObject({ v: 1, preset: "xor", net: { precision: "double" }, data: { samples: 4 } });
});

test("a configured copy opens from a file at the same stage, as it was set up", async ({ scope, page, browser }) => {
	await scope.open({ preset: "xor", at: "i1.backward.hidden.2" });
	const address = await scope.address();
	const dialog = await openShare(page);
	await dialog.getByRole("button", { name: "All of it" }).click();
	await dialog.getByRole("button", { name: "简体中文" }).click();
	const button = dialog.getByRole("button", { name: "Configured copy" });
	await expect(button).not.toHaveAttribute("aria-disabled", "true");
	const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
	expect(download.suggestedFilename()).toBe("deltascope-xor.html");
	const file = `${await download.path()}.html`;
	await copyFile(await download.path(), file);

	const other = await browser.newContext({ reducedMotion: "reduce", offline: true });
	const opened = await other.newPage();
	const faults: string[] = [];
	opened.on("pageerror", (error) => faults.push(error.message));
	// Without a network the whole page is looked for beside the copy, else on the host that it came from.
	for (const [visit, whole] of [
		["without", /^file:.*\/deltascope-full\.html\?/],
		["with", /^http:\/\/127\.0\.0\.1:\d+\/\?/],
	] as const) {
		await other.setOffline(visit === "without");
		if (visit === "without") await opened.goto(pathToFileURL(file).href);
		else await opened.reload();
		await expect(opened.locator("#root"), visit).toHaveAttribute("data-cursor", address);
		await expect(opened.locator("html")).toHaveAttribute("lang", "zh-CN");
		await expect(opened.getByRole("link", { name: "Deltascope" })).toHaveAttribute("href", whole);
	}
	expect(faults).toEqual([]);
	await other.close();
});

test("a copy that cannot be made says why", async ({ scope, page, complaints }) => {
	await page.route("**/v1/**", (route) => route.fulfill({ status: 404, body: "" }));
	await scope.open();
	const dialog = await openShare(page);
	const button = dialog.getByRole("button", { name: "Configured copy" });
	await expect(button).toHaveAttribute("aria-disabled", "true");
	await expect(button).toHaveAccessibleDescription(/cannot fetch the embed page/);
	complaints.length = 0;
});

test("where copying is not allowed the text is selected", async ({ scope, page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(navigator, "clipboard", {
			value: { writeText: () => Promise.reject(new DOMException("no", "NotAllowedError")) },
		});
		document.execCommand = () => false;
	});
	await scope.open();
	const dialog = await openShare(page);
	await dialog.getByRole("button", { name: "Copy", exact: true }).click();
	await expect(dialog.getByRole("status").filter({ hasText: "press Ctrl+C" })).toBeVisible();
	const field = dialog.getByRole("textbox", { name: "Link" });
	await expect(field).toBeFocused();
	const selected = await field.evaluate((element) =>
		element instanceof HTMLTextAreaElement ? element.selectionEnd - element.selectionStart : 0,
	);
	expect(selected).toBe((await field.inputValue()).length);
});

test("on a phone the link comes first and nothing is wider than the screen", async ({ scope, page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await scope.open();
	const dialog = await openShare(page);
	expect(await dialog.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
	const [link, form] = await Promise.all([
		dialog.getByRole("textbox", { name: "Link" }).boundingBox(),
		dialog.getByText("Shown when embedded").boundingBox(),
	]);
	expect(link?.y ?? 0).toBeLessThan(form?.y ?? 0);
	await page.keyboard.press("Escape");
	await expect(dialog).toHaveCount(0);
	await expect(page.getByRole("button", { name: "Share", exact: true })).toBeFocused();
});
