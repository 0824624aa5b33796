import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, type Scope, test } from "./page.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

async function clean(page: Page, ...parts: readonly string[]) {
	const where = parts.join(" and ");
	const { violations } = await new AxeBuilder({ page })
		.include(parts.map((part) => `[data-part='${part}']`))
		.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
		.analyze();
	const told = violations.flatMap(({ id, nodes }) =>
		nodes.slice(0, 3).map(({ html, any }) => `${id}: ${html.slice(0, 140)} ${any[0]?.message ?? ""}`),
	);
	expect(told, where).toEqual([]);
}

/** Follows the operand that is a weight to its explanation and opens "what if" on it, by keyboard alone. */
async function openWhatIf(scope: Scope, page: Page): Promise<void> {
	await page.locator("[data-follow='i1/parameter/output/0/before/0']").focus();
	await page.keyboard.press("Enter");
	await page.getByRole("button", { name: "What if it were another?" }).focus();
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { name: "What if this weight were 0.40?" })).toBeVisible();
	await expect(page.getByRole("textbox", { name: /^New value/ })).toBeFocused();
	await scope.ready();
}

const slider = (page: Page) => page.getByRole("slider", { name: "New value, by dragging" });

test("a weight is tried, kept and taken back by keyboard alone", async ({ scope, page }) => {
	await scope.open({ at: "forward.output.1" });
	const before = await scope.texts();
	const place = await scope.address();
	await openWhatIf(scope, page);
	await page.keyboard.type("−1/3");
	await expect(page.getByRole("heading", { name: "What if this weight were −1/3?" })).toBeVisible();
	await expect(page.locator("[data-part='ledger'] [data-ref='proposed/i1/p0/top/output_sigmoid/0/data/0']")).toHaveText(
		"0.6617",
	);
	await expect(page.locator("[data-ref='proposed/i1/p0/loss/total']")).toHaveText("0.2359");
	// The gradient of w5 as it was published: 0.082167041.
	const slope = await page.locator("[data-ref^='(slope']").getAttribute("data-value");
	expect(Number(slope).toFixed(9)).toBe("0.082167041");
	await page.keyboard.press("Enter");
	await expect(slider(page)).toHaveCount(0);
	expect(await scope.address()).toBe(place);
	const activation = page.locator("[data-part='stage'] [data-ref='i1/p0/top/output_sigmoid/0/data/0']").first();
	await expect(activation).toHaveAttribute("data-value", /^0\.6616/);
	await page.keyboard.press("Control+z");
	await page.keyboard.press("Escape");
	await expect(activation).toHaveAttribute("data-value", /^0\.7513/);
	// Only redo may now be done that could not be before, which says nothing in words.
	expect(await scope.texts()).toBe(before);
});

test("a weight is dragged, and let go of with Escape", async ({ scope, page }) => {
	await scope.open({ at: "forward.output.1" });
	await openWhatIf(scope, page);
	const handle = await slider(page).boundingBox();
	const middle = { x: (handle?.x ?? 0) + 12, y: (handle?.y ?? 0) + 12 };
	await page.mouse.move(middle.x, middle.y);
	await page.mouse.down();
	await page.mouse.move(middle.x - 120, middle.y, { steps: 8 });
	await page.mouse.up();
	const dragged = Number(await slider(page).getAttribute("aria-valuenow"));
	expect(dragged).toBeLessThan(0.3);
	const chip = page.locator("[data-mark='chip'] [data-ref='proposed/i1/parameter/output/0/before/0']");
	await expect(chip).toHaveAttribute("data-value", String(dragged));
	await page.keyboard.press("Escape");
	await expect(page.getByRole("heading", { name: /What if/ })).toHaveCount(0);
	await expect(chip).toHaveCount(0);
});

test("what is edited in iteration 3 leaves the iterations before it as they were", async ({ scope, page }) => {
	await scope.open({ preset: "xor", at: "i2.end" });
	const end = await scope.address();
	const second = await scope.numbers();
	await scope.goTo("i3.forward.hidden.1");
	await page.getByRole("tab", { name: "Net & solver" }).click();
	await page.getByLabel("Learning rate α").fill("0,25");
	await page.keyboard.press("Enter");
	await expect(page.getByText("Learning rate 0.25")).toBeVisible();
	expect(await scope.address()).toMatch(/^i3\.forward\.hidden\.1/);
	await page.getByRole("tab", { name: "Matrix" }).click();
	await scope.goTo(end);
	expect(await scope.numbers()).toEqual(second);
});

test("what is refused is said where it was typed", async ({ scope, page }) => {
	await scope.open();
	await page.getByRole("tab", { name: "Net & solver" }).click();
	await page.getByLabel("Units of hidden").fill("0");
	await page.keyboard.press("Enter");
	await expect(page.getByText(/must be a whole number from 1 to 256; 0 is not. 2 stays./)).toBeVisible();
	await page.getByLabel("Learning rate α").fill("1e9");
	await page.keyboard.press("Enter");
	await expect(page.getByText(/must be a number from 0 to 1000; 1·10⁹ is not. 0.5 stays./)).toBeVisible();
	await clean(page, "editor");
});

for (const theme of ["light", "dark", "projector", "contrast"]) {
	test(`axe finds nothing in the editor and in what if, ${theme}`, async ({ scope, page }) => {
		test.slow();
		await scope.open({ theme, at: "forward.output.1" });
		await page.evaluate((id) => document.documentElement.setAttribute("data-theme", id), theme);
		await page.getByRole("tab", { name: "Net & solver" }).click();
		await expect(page.getByLabel("Units of hidden")).toBeVisible();
		await clean(page, "editor");
		await openWhatIf(scope, page);
		await page.keyboard.type("-1/3");
		await expect(page.locator("[data-tangent]")).toBeVisible();
		await clean(page, "ledger", "loss-over");
	});
}

for (const [name, viewport] of [
	["a desk", { width: 1440, height: 900 }],
	["a phone", { width: 390, height: 844 }],
] as const) {
	test(`an edge is dragged on the stage itself, on ${name}`, async ({ scope, page }) => {
		await page.setViewportSize(viewport);
		await scope.open({ at: "backward.hidden.2" });
		const stage = page.locator("[data-part='stage']");
		const knob = stage.locator("[data-drag='weight']");
		await expect(knob).toHaveCount(0);
		await page.locator("[data-follow*='parameter/output/0/before']").first().click();
		await page.mouse.move(0, 0);
		await expect(knob).toHaveCount(1);
		const own = (await knob.getAttribute("data-ref")) ?? "";
		const edge = stage.locator(`[data-ref='${own}'][data-value]`).first();
		const former = Number(await edge.getAttribute("data-value"));
		const asked = (by: number) => `What if this weight were ${(former + by).toFixed(2).replace("-", "−")}?`;
		const drag = async (way: number) => {
			const box = await knob.boundingBox();
			if (box === null) throw new Error("the knob is not on the page");
			const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
			await page.mouse.move(x, y);
			await page.mouse.down();
			await page.mouse.move(x, y + way / 2);
			await page.mouse.move(x, y + way);
			await page.mouse.up();
		};
		await drag(80);
		const title = page.getByRole("heading", { name: /^What if this weight were/ });
		// Down is less: 80 of 320 pixels are a quarter of −1 … 1.
		await expect(title).toHaveText(asked(-0.5));
		const chips = stage.locator("[data-mark='chip']");
		await expect(chips.filter({ hasText: "→" })).not.toHaveCount(0);
		expect(await chips.count()).toBeGreaterThan(1);
		for (const chip of await chips.all()) {
			const box = await chip.boundingBox();
			expect(box?.x).toBeGreaterThanOrEqual(0);
			expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width);
		}
		await page.keyboard.press("Escape");
		await expect(title).toHaveCount(0);
		await expect(edge).toHaveAttribute("data-value", String(former));
		await drag(-32);
		await expect(title).toHaveText(asked(0.2));
		await page.keyboard.press("Enter");
		await expect(title).toHaveCount(0);
		await expect(edge).toHaveAttribute("data-value", String(Number((former + 0.2).toFixed(2))));
		await page.keyboard.press("Control+z");
		await expect(edge).toHaveAttribute("data-value", String(former));
	});
}
