import type { Page } from "@playwright/test";
import { expect, test } from "./page.ts";

const sizes = [
	{ name: "phone", width: 390, height: 844 },
	{ name: "narrow phone", width: 320, height: 568 },
	{ name: "phone on its side", width: 844, height: 390 },
	{ name: "tablet", width: 768, height: 1024 },
	{ name: "projector", width: 1024, height: 768 },
	{ name: "desktop", width: 1440, height: 900 },
	{ name: "large screen", width: 2560, height: 1440 },
];

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** What sticks out sideways; a box that scrolls by itself keeps what is in it. */
function sticksOut(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const found: string[] = [];
		if (document.documentElement.scrollWidth > innerWidth) found.push(`page ${document.documentElement.scrollWidth}`);
		for (const element of document.querySelectorAll("button, input, p, h1, h2, h3, [data-part]")) {
			if (!element.checkVisibility({ visibilityProperty: true })) continue;
			const { left, right, width, height } = element.getBoundingClientRect();
			if (width < 2 || height < 2 || (left >= -1 && right <= innerWidth + 1)) continue;
			const scrolls = (box: Element | null): boolean =>
				box !== null &&
				(["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(box).overflowX) || scrolls(box.parentElement));
			if (!scrolls(element.parentElement)) found.push(`${element.outerHTML.slice(0, 120)} ${left}…${right}`);
		}
		return found;
	});
}

for (const { name, width, height } of sizes) {
	test(`nothing sticks out on a ${name}, ${width} × ${height}`, async ({ scope, page }) => {
		await page.setViewportSize({ width, height });
		for (const query of [
			{},
			{ at: "backward.hidden.1" },
			{ preset: "xor", at: "gradients.hidden.1" },
			{ preset: "digits", at: "forward.hidden.3", lang: "zh-CN" },
			{ preset: "vanishing", at: "i1.solver.output~0" },
		]) {
			await scope.open(query);
			expect(await sticksOut(page), JSON.stringify(query)).toEqual([]);
		}
	});
}

for (const { name, width, height } of sizes.slice(0, 3)) {
	test(`all is within reach of a thumb on a ${name}`, async ({ scope, page }) => {
		await page.setViewportSize({ width, height });
		await scope.open();
		await page.getByRole("button", { name: "Step", exact: true }).click();
		await expect(page.locator("#root")).toHaveAttribute("data-cursor", "i1.forward.hidden.1.4");
		for (const action of ["Back", "Play", "Step"]) {
			await expect(page.getByRole("button", { name: action, exact: true })).toBeInViewport({ ratio: 1 });
		}
		await page.getByRole("button", { name: /^Step by/ }).click();
		await page
			.getByRole("group", { name: "Step by" })
			.getByRole("button", { name: "Layer" })
			.and(page.locator(":visible"))
			.click();
		await expect(page.locator("#root")).toHaveAttribute("data-depth", "layer");
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "More" }).click();
		const more = page.getByRole("dialog", { name: "More" });
		for (const item of ["Undo", "Redo", "Reset", "New start", "Caffe", "Dark", "简体中文"]) {
			const button = more.getByRole("button", { name: item });
			await button.scrollIntoViewIfNeeded();
			await expect(button).toBeInViewport({ ratio: 1 });
		}
		await more.getByRole("button", { name: "Dark" }).click();
		await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
		for (const tab of await page.getByRole("tab").all()) {
			await tab.click();
			await expect(page.getByRole("tabpanel")).toBeVisible();
			expect(await sticksOut(page)).toEqual([]);
		}
	});
}

for (const { name, width, height } of sizes.slice(0, 3)) {
	test(`the tables are read and left again on a ${name}`, async ({ scope, page }) => {
		await page.setViewportSize({ width, height });
		for (const query of [{ at: "backward.hidden.1" }, { preset: "digits", at: "forward.hidden.3" }]) {
			await scope.open(query);
			await page.keyboard.press("t");
			const table = page.locator("[data-panel='tables'] table").first();
			await expect(table).toBeVisible();
			await table.scrollIntoViewIfNeeded();
			await expect(table).toBeInViewport();
			expect(await sticksOut(page), JSON.stringify(query)).toEqual([]);
			// One steps on with them open.
			for (const action of ["Back", "Step"]) {
				const button = page.getByRole("button", { name: action, exact: true });
				await button.scrollIntoViewIfNeeded();
				await expect(button).toBeInViewport({ ratio: 1 });
			}
			const before = await scope.address();
			await page.getByRole("button", { name: "Step", exact: true }).click();
			await expect(page.locator("#root")).not.toHaveAttribute("data-cursor", before);
			await page.keyboard.press("t");
			await expect(table).toHaveCount(0);
		}
	});
}
