import { readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./page.ts";

const FORMATS = [
	"numpy",
	"pytorch",
	"caffe",
	"latexFormula",
	"mathml",
	"handout",
	"csv",
	"json",
	"npz",
	"weightsJson",
	"svg",
	"png",
	"gif",
	"gifIteration",
] as const;

test.use({ contextOptions: { reducedMotion: "reduce" } });

async function openDialog(page: Page): Promise<void> {
	await page.getByRole("button", { name: "More", exact: true }).click();
	await page.getByRole("button", { name: "Export …" }).click();
	await expect(page.locator("[data-dialog='export']")).toBeVisible();
}

async function download(page: Page, format: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
	const arriving = page.waitForEvent("download");
	await page.locator(`[data-format='${format}'] button`).last().click();
	const file = await arriving;
	return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test("every format is saved, and the code holds the loss that is shown", async ({ scope, page }) => {
	test.slow();
	await scope.open({ preset: "xor" });
	await scope.goTo("i2.backward.hidden.2.1");
	const before = await scope.address();
	const loss = scope.page.locator("[data-ref='i2/p0/loss/total']").first();
	const data = Number(await loss.getAttribute("data-value"));
	await openDialog(page);
	const files = new Map<string, Buffer>();
	for (const format of FORMATS) {
		const { name, bytes } = await download(page, format);
		expect(name).toMatch(/^deltascope-xor-i2/);
		expect(bytes.length, format).toBeGreaterThan(100);
		files.set(format, bytes);
	}
	const text = (format: string) => files.get(format)?.toString("utf8") ?? "";
	const json = JSON.parse(text("json"));
	expect(json.passes[0].dataLoss + json.passes[0].decayLoss).toBe(data);
	expect(text("numpy")).toContain(`check("loss", loss_total, ${json.passes[0].dataLoss})`);
	expect(text("pytorch")).toContain(String(json.passes[0].dataLoss));
	expect(text("csv")).toContain(String(data));
	expect(text("svg")).toMatch(/<title id="title">.+<\/title><desc/);
	expect(text("svg")).not.toMatch(/foreignObject|<script|var\(--/);
	expect([...(files.get("png") ?? [])].slice(1, 4)).toEqual([0x50, 0x4e, 0x47]);
	for (const gif of ["gif", "gifIteration"]) expect(text(gif)).toMatch(/^GIF89a/);
	// The film of the iteration leaves the reader where he stood.
	expect(await scope.address()).toBe(before);
});

test("a picture is of its theme, whatever the page is in", async ({ scope, page }) => {
	await scope.open({ preset: "xor" });
	await openDialog(page);
	const ground = async () =>
		/<rect width="100%" height="100%" fill="(#\w+)"/.exec((await download(page, "svg")).bytes.toString())?.[1];
	const grounds: Record<string, string | undefined> = {};
	for (const theme of ["Light", "Dark", "Projector", "Print"]) {
		await page.locator("[data-dialog='export']").getByRole("button", { name: theme, exact: true }).click();
		grounds[theme] = await ground();
	}
	expect(grounds).toEqual({ Light: "#ffffff", Dark: "#10151e", Projector: "#ffffff", Print: "#ffffff" });
	await expect(page.locator("[data-part='stage']")).not.toHaveAttribute("data-theme");
});

test("tiles too are of the picture's theme, and those of the page stay as they are", async ({ scope, page }) => {
	await scope.open({ preset: "lenet" });
	const tiles = () =>
		page
			.locator("[data-part='stage'] [data-mark='tiles'] canvas")
			.evaluateAll((all) => all.map((one) => (one instanceof HTMLCanvasElement ? one.toDataURL() : "")));
	const before = await tiles();
	expect(before.length).toBeGreaterThan(0);
	await openDialog(page);
	const images = async (theme: string) => {
		await page.locator("[data-dialog='export']").getByRole("button", { name: theme, exact: true }).click();
		const { bytes } = await download(page, "svg");
		return [...bytes.toString().matchAll(/<image [^>]*href="(data:image\/png[^"]+)"/g)].map(([, data]) => data);
	};
	const [light, dark] = [await images("Light"), await images("Dark")];
	expect(light).toEqual(before);
	expect(dark).toHaveLength(light.length);
	expect(dark.some((data) => light.includes(data))).toBe(false);
	expect(await tiles()).toEqual(before);
});

test("who shares the stage may take its picture along, in the chosen theme", async ({ scope, page }) => {
	await scope.open({ preset: "xor" });
	await page.getByRole("button", { name: "Share", exact: true }).click();
	const dialog = page.locator("dialog[open]");
	await dialog.getByRole("button", { name: "Dark", exact: true }).click();
	const picture = dialog.getByRole("button", { name: "Picture, SVG or PNG" });
	const taken = async (kind: string) => {
		await picture.click();
		const arriving = page.waitForEvent("download");
		await dialog.getByRole("button", { name: kind, exact: true }).click();
		return arriving;
	};
	const svg = await taken("SVG");
	expect(svg.suggestedFilename()).toBe("deltascope-xor-i1.svg");
	expect(readFileSync(await svg.path(), "utf8")).toContain('<rect width="100%" height="100%" fill="#10151e"');
	await expect(picture).toBeFocused();
	expect((await taken("PNG")).suggestedFilename()).toBe("deltascope-xor-i1.png");
});

test("the first PNG has the fonts of all later ones", async ({ scope, page }) => {
	await scope.open({ preset: "worked-example" });
	await openDialog(page);
	const [first, second] = [await download(page, "png"), await download(page, "png")];
	expect(first.bytes.equals(second.bytes)).toBe(true);
});

/** The colour of the corner of each frame. */
function corners(page: Page, gif: Buffer): Promise<readonly (readonly number[])[]> {
	return page.evaluate(async (text) => {
		const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
		const decoder = new ImageDecoder({ type: "image/gif", data });
		await Promise.all([decoder.completed, decoder.tracks.ready]);
		const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
		if (context === null) throw new Error("no canvas");
		const colours: (readonly number[])[] = [];
		for (let frameIndex = 0; frameIndex < (decoder.tracks.selectedTrack?.frameCount ?? 0); frameIndex++) {
			context.drawImage((await decoder.decode({ frameIndex })).image, 0, 0);
			colours.push([...context.getImageData(0, 0, 1, 1).data]);
		}
		return colours;
	}, gif.toString("base64"));
}

test("a film is in its theme from first to last, and the page afterwards as before", async ({ scope, page }) => {
	await scope.open({ preset: "digits" });
	const ground = () =>
		page.locator("[data-part='stage']").evaluate((element) => getComputedStyle(element).backgroundColor);
	const before = await ground();
	await openDialog(page);
	await page.locator("[data-dialog='export']").getByRole("button", { name: "Dark", exact: true }).click();
	const frames = await corners(page, (await download(page, "gifIteration")).bytes);
	expect(frames.length).toBeGreaterThan(3);
	// A GIF has few colours: the nearest one to #10151e.
	for (const [red, green, blue] of frames) expect(Math.max(red, green, blue)).toBeLessThan(48);
	await expect(page.locator("[data-part='stage']")).not.toHaveAttribute("data-theme");
	expect(await ground()).toBe(before);
});

test("a film says how far it is and can be stopped", async ({ scope, page }) => {
	await scope.open({ preset: "digits" });
	await scope.goTo("i1.backward.hidden.2");
	const before = await scope.address();
	await openDialog(page);
	const row = page.locator("[data-format='gifIteration']");
	await row.getByRole("button").last().click();
	await expect(row.getByRole("progressbar")).toHaveAttribute("max", /^[1-9]/);
	await row.getByRole("button", { name: "Stop" }).click();
	await expect(row.getByRole("status")).toHaveText("Stopped: no file was made.");
	await expect(row.getByRole("progressbar")).toHaveCount(0);
	await expect.poll(() => scope.address()).toBe(before);
	// Closing the dialog stops a film too.
	await row.getByRole("button").last().click();
	await expect(row.getByRole("progressbar")).toBeVisible();
	await page.keyboard.press("Escape");
	await expect(page.locator("[data-dialog='export']")).toHaveCount(0);
	await expect.poll(() => scope.address()).toBe(before);
});

test("a table of a large net says how far it is and can be stopped", async ({ scope, page }) => {
	await scope.open({ preset: "lenet" });
	await openDialog(page);
	const row = page.locator("[data-format='csv']");
	await row.getByRole("button").last().click();
	await expect(row.getByRole("progressbar")).toHaveAttribute("value", /^[1-9]/);
	// The page goes on working meanwhile.
	const formula = await download(page, "latexFormula").then(({ name }) => name);
	expect(formula).toBe("deltascope-lenet-i1-formula.tex");
	await row.getByRole("button").last().click();
	await row.getByRole("button", { name: "Stop" }).click();
	await expect(row.getByRole("status")).toHaveText("Stopped: no file was made.");
	await expect(row.getByRole("progressbar")).toHaveCount(0);
});

test("a text too long to paste is saved where it was to be copied", async ({ scope, page }) => {
	await scope.open({ preset: "lenet" });
	await openDialog(page);
	const arriving = page.waitForEvent("download");
	await page.getByRole("button", { name: "Copy: JSON", exact: true }).click();
	const json = JSON.parse(readFileSync(await (await arriving).path(), "utf8"));
	expect(json.passes[0].layers.map(({ layer }: { layer: string }) => layer)).toContain("conv2");
});

test("where no thread may be made, files and a film are still made", async ({ scope, page }) => {
	await page.addInitScript(() => {
		Reflect.set(
			globalThis,
			"Worker",
			class {
				constructor() {
					throw new Error("no workers here");
				}
			},
		);
	});
	await scope.open({ preset: "xor" });
	await openDialog(page);
	for (const format of ["numpy", "csv", "json", "npz"]) {
		expect((await download(page, format)).bytes.length, format).toBeGreaterThan(100);
	}
	const { bytes } = await download(page, "gif");
	expect(bytes.toString("latin1")).toMatch(/^GIF89a/);
	// Smaller, since the page encodes it.
	expect(bytes.readUInt16LE(6)).toBeLessThanOrEqual(480);
});

test("the dialog works by keyboard, on a phone, and for a screen reader", async ({ scope, page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await scope.open();
	await openDialog(page);
	const copy = page.getByRole("button", { name: "Copy: NumPy" });
	await copy.focus();
	await page.keyboard.press("Enter");
	await expect(page.locator("[data-format='numpy'] [role='status']")).not.toBeEmpty();
	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(390);
	const { violations } = await new AxeBuilder({ page }).include("dialog").analyze();
	expect(violations).toEqual([]);
	await page.keyboard.press("Escape");
	await expect(page.locator("[data-dialog='export']")).toHaveCount(0);
});

test("on paper stand picture, formula, tables and address, and no controls", async ({ scope, page }) => {
	await scope.open({ preset: "xor" });
	await scope.goTo("i1.backward.hidden.2.1");
	await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
	await page.emulateMedia({ media: "print" });
	const sheet = page.locator("[data-paper]");
	await expect(sheet.locator("figure > svg title")).not.toBeEmpty();
	await expect(sheet.locator("figure > math")).toHaveCount(1);
	await expect(sheet.locator("table")).not.toHaveCount(0);
	await expect(sheet.locator("footer svg")).toBeVisible();
	await expect(page.locator("button:visible")).toHaveCount(0);
});
