import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, type Scope, test } from "./page.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

async function clean(page: Page, where: string) {
	const { violations } = await new AxeBuilder({ page })
		// A page inside of this one is looked at by itself.
		.exclude("iframe")
		.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
		.analyze();
	const told = violations.flatMap(({ id, nodes }) =>
		nodes.slice(0, 3).map(({ html, any }) => `${id}: ${html.slice(0, 140)} ${any[0]?.message ?? ""}`),
	);
	expect(told, where).toEqual([]);
}

const states: readonly (readonly [name: string, enter: (scope: Scope) => Promise<void>])[] = [
	["at first", async (scope) => scope.open()],
	["in the backward pass", async (scope) => scope.open({ at: "backward.hidden.1" })],
	["at a gradient of four samples", async (scope) => scope.open({ preset: "xor", at: "gradients.hidden.1" })],
	["in the solver", async (scope) => scope.open({ preset: "xor", at: "i2.solver.hidden~0.1.1" })],
	["at the closing loss", async (scope) => scope.open({ preset: "rate-too-large", at: "end" })],
	["at a digit", async (scope) => scope.open({ preset: "digits", at: "forward.hidden.3" })],
	["at a digit's gradients", async (scope) => scope.open({ preset: "digits", at: "gradients.hidden.3" })],
];

for (const theme of ["light", "dark", "projector", "contrast"]) {
	test(`axe finds nothing in the ${theme} theme`, async ({ scope, page }) => {
		test.slow();
		for (const [name, enter] of states) {
			await enter(scope);
			await page.evaluate((id) => document.documentElement.setAttribute("data-theme", id), theme);
			await clean(page, `${name}, ${theme}`);
		}
	});
}

for (const theme of ["light", "dark"]) {
	test(`axe finds nothing in what opens, ${theme}`, async ({ scope, page }) => {
		test.slow();
		await scope.open({ theme });
		await page.keyboard.press("?");
		await expect(page.getByRole("dialog")).toBeVisible();
		await clean(page, "keys");
		await page.keyboard.press("Escape");
		await page.keyboard.press("g");
		await page.getByRole("dialog").getByRole("textbox").fill("nowhere");
		await page.keyboard.press("Enter");
		await clean(page, "go to");
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "More" }).click();
		await clean(page, "more");
		await page.getByRole("button", { name: /^Comfort/ }).click();
		await clean(page, "comfort");
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "More" }).click();
		await page.getByRole("button", { name: "Open a file" }).click();
		const files = page.getByRole("dialog", { name: "Open a file" });
		await files.getByRole("textbox").fill("a,b,kind\n1,2,cat\n3,4,dog\n5,,emu");
		await files.getByRole("button", { name: "Read" }).click();
		await expect(files.getByRole("alert")).toBeVisible();
		await clean(page, "open a file");
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "Share", exact: true }).click();
		await expect(page.getByRole("img", { name: "QR code of the link" })).toBeVisible();
		await clean(page, "share");
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "Experiments" }).click();
		await clean(page, "experiments");
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "Loss so far" }).click();
		await clean(page, "loss so far");
	});
}

for (const theme of ["light", "dark"]) {
	test(`axe finds nothing with the tables open, ${theme}`, async ({ scope, page }) => {
		test.slow();
		for (const query of [{ at: "backward.hidden.1" }, { preset: "xor", at: "i1.solver.hidden~0.2" }]) {
			await scope.open({ ...query, theme });
			await page.keyboard.press("t");
			await expect(page.locator("[data-panel='tables'] table").first()).toBeVisible();
			await clean(page, `tables, ${JSON.stringify(query)}, ${theme}`);
		}
	});
}

test("every control is reached by Tab, in the order of the page, and none holds the focus", async ({ scope, page }) => {
	await scope.open({ at: "backward.hidden.1" });
	const wanted = await page.evaluate(() => {
		const places = [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, [tabindex]")].filter(
			(element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }),
		);
		places.forEach((element, place) => {
			element.dataset.place = String(place);
		});
		return places.length;
	});
	expect(wanted).toBeGreaterThan(20);
	const reached: string[] = [];
	for (let presses = 0; reached.length < wanted && presses < wanted + 10; presses++) {
		await page.keyboard.press("Tab");
		const place = await page.evaluate(() => document.activeElement?.getAttribute("data-place"));
		// A box that scrolls takes the focus too, so that it can be scrolled by keys.
		if (typeof place === "string") reached.push(place);
	}
	expect(reached).toEqual(Array.from({ length: wanted }, (_, place) => String(place)));
	// On the way back the same, and the focus is always in sight.
	for (let place = wanted - 1; place > 0; ) {
		await page.keyboard.press("Shift+Tab");
		const now = await page.evaluate(() => document.activeElement?.getAttribute("data-place"));
		if (typeof now === "string") expect(Number(now)).toBe(--place);
		const seen = await page.evaluate(() => {
			const box = document.activeElement?.getBoundingClientRect();
			return box !== undefined && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
		});
		expect(seen).toBe(true);
	}
});

test("the first link leads past everything to the step controls", async ({ scope, page }) => {
	await scope.open();
	await page.keyboard.press("Tab");
	await expect(page.getByRole("link", { name: "Skip to step controls" })).toBeFocused();
	await page.keyboard.press("Enter");
	await expect(page.locator("#controls")).toBeFocused();
	await page.keyboard.press("Tab");
	await expect(page.getByRole("button", { name: "Back", exact: true })).toBeFocused();
});

test("a dialog keeps the focus, Esc gives it back", async ({ scope, page }) => {
	await scope.open();
	const help = page.getByRole("button", { name: "Keys and help" });
	await help.focus();
	await page.keyboard.press("Enter");
	const dialog = page.getByRole("dialog", { name: "Keys" });
	await expect(dialog).toBeVisible();
	for (let presses = 0; presses < 4; presses++) {
		await page.keyboard.press("Tab");
		const outside = await page.evaluate(() => {
			const { activeElement, body } = document;
			return activeElement !== body && activeElement?.closest("dialog") === null;
		});
		expect(outside).toBe(false);
	}
	await page.keyboard.press("ArrowRight");
	expect(await scope.address()).toBe("i1.forward.data.1.1");
	await page.keyboard.press("Escape");
	await expect(dialog).toHaveCount(0);
	await expect(help).toBeFocused();
});

test("each step is told once, in words, to who does not see it", async ({ scope, page }) => {
	await scope.open();
	const region = page.locator("[data-live]");
	await expect(region).toHaveCount(1);
	await expect(region).toHaveText("");
	await scope.step();
	await expect(region).toContainText("Hidden, neuron 1");
	const first = await region.textContent();
	await scope.step();
	await expect(region).not.toHaveText(first ?? "");
});

test("single-letter keys can be switched off, the others go on", async ({ scope, page }) => {
	await scope.open();
	await page.getByRole("button", { name: "More" }).click();
	await page.getByRole("button", { name: /^Comfort/ }).click();
	await page.getByRole("checkbox", { name: /Single-letter/ }).uncheck();
	await page.keyboard.press("Escape");
	await page.keyboard.press("g");
	await page.keyboard.press("?");
	await expect(page.getByRole("dialog")).toHaveCount(0);
	await scope.step();
});

test("targets are 24 px or more", async ({ scope, page }) => {
	await scope.open({ at: "backward.hidden.1" });
	const small = await page.evaluate(() =>
		[...document.querySelectorAll("button, input:not([type='range']), [role='tab']")]
			.filter((element) => element.checkVisibility({ visibilityProperty: true }))
			.map((element) => ({ element, box: element.getBoundingClientRect() }))
			// Numbers in a sentence or a formula are targets in running text, cells of the timeline a row of equals.
			.filter(
				({ element }) => element.closest("[role='toolbar'], [data-part='ledger'] p, math, .sr-only, svg") === null,
			)
			.filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
			.map(({ element, box }) => `${element.outerHTML.slice(0, 100)} ${box.width}×${box.height}`),
	);
	expect(small).toEqual([]);
});
