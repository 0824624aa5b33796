import { expect, test } from "./page.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

const standsAt = (page: import("@playwright/test").Page, address: string) =>
	expect(page.locator("#root")).toHaveAttribute("data-cursor", address);

test("a link opens preset, place, granularity, notation, theme and language", async ({ scope, page }) => {
	await scope.open({
		preset: "xor",
		at: "i3.backward.hidden.2",
		gran: "term",
		notation: "caffe",
		theme: "dark",
		lang: "zh-CN",
	});
	await standsAt(page, "i3.backward.hidden.2.2");
	await expect(page.locator("#root")).toHaveAttribute("data-depth", "term");
	await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
	await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
	await expect(page.getByRole("button", { name: "Caffe", exact: true })).toHaveAttribute("aria-pressed", "true");
	await expect(page.getByRole("status").filter({ hasText: "at:" })).toHaveCount(0);
});

const refused: readonly (readonly [query: Record<string, string>, told: RegExp, address: string])[] = [
	[{ preset: "nothing" }, /preset: “nothing” is unknown; worked-example is used/, "i1.forward.data.1.1"],
	[{ lang: "tlh" }, /lang: “tlh” is unknown; en is used/, "i1.forward.data.1.1"],
	[{ theme: "<b>" }, /theme: “<b>” is unknown; auto is used/, "i1.forward.data.1.1"],
	[{ gran: "0" }, /gran: “0” is unknown; unit is used/, "i1.forward.data.1.1"],
	[{ notation: "x".repeat(5000) }, /notation: the value is too long; ufldl is used/, "i1.forward.data.1.1"],
	[{ at: "i2.backward.nowhere.7" }, /at: “i2.backward.nowhere.7” does not exist here/, "i2.backward.output.1.1"],
	[{ at: "i1.forward.hidden.99" }, /at: “i1.forward.hidden.99” does not exist here/, "i1.forward.hidden.2.4"],
	[{ at: "i99999999999" }, /at: “i99999999999” does not exist here/, "i1.forward.data.1.1"],
	[{ at: "\u0000%ff" }, /at: .* is unknown; start is used/, "i1.forward.data.1.1"],
];

for (const [query, told, address] of refused) {
	test(`a link with ${JSON.stringify(query).slice(0, 40)} opens all the same, and says what was not taken`, async ({
		scope,
		page,
	}) => {
		await scope.open(query);
		await expect(page.getByRole("status").filter({ hasText: told })).toBeVisible();
		await standsAt(page, address);
		await scope.step();
		await page.getByRole("button", { name: "Dismiss" }).click();
		await expect(page.getByRole("status").filter({ hasText: told })).toHaveCount(0);
	});
}

test("a parameter that is not ours is ignored, a repeated one is taken once and told", async ({ scope, page }) => {
	await page.goto("/?utm_source=course&preset=xor&preset=vanishing");
	await scope.ready();
	await expect(page).toHaveTitle(/^Vanishing/);
	await expect(page.getByRole("status").filter({ hasText: "given more than once" })).toBeVisible();
});
