import { expect, NumberCheck, type Scope, test } from "./page.ts";
import { DenseReference } from "./reference/dense-net.ts";
import { referenceProblems } from "./reference/presets.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Follows an operand of the ledger's formula, bringing it in sight where only the largest are. */
async function follow(scope: Scope, subject: string): Promise<void> {
	const ledger = scope.page.locator("[data-part='ledger']");
	const operand = ledger.locator(`[data-operand="${subject}"]`).first();
	const more = ledger.locator("[data-more]").first();
	await expect(async () => {
		if ((await operand.count()) === 0) await more.click();
		await expect(operand).toBeAttached({ timeout: 500 });
	}).toPass();
	await operand.focus();
	await scope.page.keyboard.press("Enter");
}

const explains = (scope: Scope, subject: string) =>
	expect(scope.page.locator("[data-focus]")).toHaveAttribute("data-focus", subject);

/** Pixel 11 of the first image reaches hidden unit 3 by weight 138; each stop with where it was computed. */
const WAY: readonly (readonly [subject: string, address: string])[] = [
	["i3/parameter/hidden/0/before/138", "i2.solver.hidden~0.3.22"],
	["i2/parameter/hidden/0/history/138", "i2.solver.hidden~0.3.21"],
	["i1/parameter/hidden/0/history/138", "i1.solver.hidden~0.3.21"],
	["i1/parameter/hidden/0/gradient/138", "i1.gradients.hidden.3.8"],
	["i1/p0/share/hidden/0/s0/138", "i1.gradients.hidden.3.1"],
	["i1/p0/top/hidden/0/diff/2", "i1.backward.hidden.3.11"],
	["(* i1/p0/top/hidden_sigmoid/0/data/2 (- 1 i1/p0/top/hidden_sigmoid/0/data/2))", "i1.backward.hidden.3.11"],
	["i1/p0/top/hidden_sigmoid/0/data/2", "i1.forward.hidden.3.66"],
	["i1/p0/top/hidden/0/data/2", "i1.forward.hidden.3.65"],
	["(* i1/parameter/hidden/0/before/138 i1/p0/top/data/0/data/10)", "i1.forward.hidden.3.65"],
	["i1/p0/top/data/0/data/10", "i1.forward.data.1.1"],
];

test("from a digits weight in iteration 3 to its pixel, and back the same way", async ({ scope, page }) => {
	test.slow();
	const reference = new DenseReference(referenceProblems.digits());
	const check = new NumberCheck((name) => reference.value(name));
	await scope.open({ preset: "digits", gran: "term", at: "i3.solver.hidden~0.3.22" });
	await explains(scope, "i3/parameter/hidden/0/after/138");
	const start = await scope.texts();
	for (const [subject, address] of WAY) {
		await follow(scope, subject);
		await expect(page.locator("#root")).toHaveAttribute("data-cursor", address);
		// A parameter as it was found is explained by what the iteration before made of it.
		await explains(scope, subject.replace("i3/parameter/hidden/0/before", "i2/parameter/hidden/0/after"));
		expect(check.problems(await scope.numbers()), subject).toEqual([]);
		await expect(page.locator("[data-part='ledger'] h2")).toBeFocused();
	}
	const pixel = page.locator("[data-part='ledger'] [data-ref='i1/p0/top/data/0/data/10']").first();
	await expect(pixel).toHaveAttribute("data-value", String(13 / 16));
	for (let stop = WAY.length - 2; stop >= 0; stop--) {
		await page.locator("[data-back]").focus();
		await page.keyboard.press("Enter");
		await expect(page.locator("#root")).toHaveAttribute("data-cursor", WAY[stop][1]);
		// The heading takes the focus when it is drawn, and would take the next press of Enter with it.
		await expect(page.locator("[data-part='ledger'] h2")).toBeFocused();
	}
	await page.locator("[data-back]").click();
	await expect(page.locator("#root")).toHaveAttribute("data-cursor", "i3.solver.hidden~0.3.22");
	await explains(scope, "i3/parameter/hidden/0/after/138");
	await expect(page.locator("[data-back]")).toHaveCount(0);
	expect(await scope.texts()).toBe(start);
});

test("Escape leaves an explanation where one stands", async ({ scope, page }) => {
	await scope.open({ at: "backward.hidden.1" });
	const before = await scope.texts();
	const message = "(* i1/parameter/output/0/before/0 i1/p0/top/output/0/diff/0)";
	await follow(scope, message);
	await explains(scope, message);
	await page.keyboard.press("Escape");
	await expect(page.locator("[data-back]")).toHaveCount(0);
	expect(await scope.texts()).toBe(before);
	expect(await scope.address()).toBe("i1.backward.hidden.1.3");
});

test("the worked example's published digits are ticked off", async ({ scope, page }) => {
	await scope.open({ at: "end" });
	const published = {
		"i1/parameter/output/0/after/0": "0.35891648",
		"i1/parameter/output/0/after/1": "0.408666186",
		"i1/parameter/output/0/after/2": "0.511301270",
		"i1/parameter/output/0/after/3": "0.561370121",
		"i1/parameter/hidden/0/after/0": "0.149780716",
		"i1/parameter/hidden/0/after/1": "0.19956143",
		"i1/parameter/hidden/0/after/2": "0.24975114",
		"i1/parameter/hidden/0/after/3": "0.29950229",
		"i1/p0/loss/total": "0.298371109",
	};
	const numbers = await scope.numbers();
	for (const [reference, digits] of Object.entries(published)) {
		const shown = numbers.find((number) => number.reference === reference);
		if (shown === undefined) continue;
		expect(Number(shown.value).toFixed(digits.length - 2), reference).toBe(digits);
	}
	for (const digits of ["0.75136507", "0.772928465"]) await expect(page.getByText(digits).first()).toBeAttached();
});
