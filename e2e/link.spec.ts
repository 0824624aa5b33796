import { inflateRawSync } from "node:zlib";
import { expect, test } from "./page.ts";

// A state is a link: what is seen comes back, and what cannot be read is told.
test.use({ contextOptions: { reducedMotion: "reduce" } });

const stateIn = (url: string) => new URL(url).hash.slice(3);

/** What a link's word says, read without the program's own code. */
function written(url: string): unknown {
	const payload = stateIn(url).split(".")[2] ?? "";
	return payload === "" ? null : JSON.parse(inflateRawSync(Buffer.from(payload, "base64url")).toString("utf8"));
}

test("a reload comes back to the same stage, and the history is not added to", async ({ scope, page }) => {
	await scope.open({ preset: "xor" });
	const length = await page.evaluate(() => history.length);
	expect(new URL(page.url()).hash).toBe("");
	for (let steps = 0; steps < 5; steps++) await scope.step();
	const address = await scope.step("Shift+ArrowRight");
	const before = await scope.texts();
	await expect(page).toHaveURL(/#s=1\.d\./);
	await expect.poll(() => written(page.url())).toMatchObject({ at: address });
	expect(await page.evaluate(() => history.length)).toBe(length);
	await page.reload();
	await scope.ready();
	await expect.poll(() => scope.address()).toBe(address);
	await expect.poll(() => scope.texts()).toBe(before);
});

test("an edit is in the link, and the link opens elsewhere", async ({ scope, page, browser }) => {
	await scope.open({ preset: "xor", lr: "0.25", net: "2-4-1", act: "tanh", seed: "5" });
	await scope.step();
	await expect(page).toHaveURL(/#s=/);
	const before = await scope.numbers();
	const url = new URL(page.url());
	const other = await (await browser.newContext({ reducedMotion: "reduce" })).newPage();
	await other.goto(`${url.origin}/${url.hash}`);
	await other.locator("html[data-complete='true']").waitFor({ state: "attached" });
	await expect(other.locator("#root")).toHaveAttribute("data-cursor", await scope.address());
	const shown = await other
		.locator("[data-mark='disc'][data-value]")
		.evaluateAll((discs) => discs.map((disc) => disc.getAttribute("data-value")));
	expect(before.map(({ value }) => value)).toEqual(expect.arrayContaining(shown));
	await other.context().close();
});

for (const [name, change, code] of [
	["cut", (s: string) => s.slice(0, -12), "S1"],
	["changed", (s: string) => s.replace(/[A-Za-z](?=[^.]{9}\.)/, "Q"), "S2"],
	["newer", (s: string) => s.replace(/^1\./, "9."), "S3"],
	["too long", (s: string) => s + "x".repeat(40_000), "S4"],
	["nonsense", () => "1.j.bm9uc2Vuc2U", "S5"],
] as const) {
	test(`a link that was ${name} opens the preset, and a card says so`, async ({ scope, page }) => {
		await scope.open({ preset: "xor" });
		await scope.step();
		await expect(page).toHaveURL(/#s=/);
		const state = change(stateIn(page.url()));
		await page.goto("about:blank");
		await page.goto(`/?preset=vanishing#s=${state}`);
		await scope.ready();
		await expect(page.getByRole("alert")).toContainText(code);
		await expect(page).toHaveTitle(/^Vanishing/);
		await page.getByRole("button", { name: "Start from the preset" }).click();
		await expect(page.getByRole("alert")).toHaveCount(0);
		await scope.step();
	});
}

test("a link that is put into the address of the open page is opened", async ({ scope, page }) => {
	await scope.open({ preset: "xor", at: "backward" });
	const address = await scope.step();
	await expect(page).toHaveURL(/#s=/);
	const { hash } = new URL(page.url());
	await page.goto("about:blank");
	await scope.open({ preset: "vanishing" });
	await page.evaluate((fragment) => {
		location.hash = fragment;
	}, hash);
	await expect(page.locator("#root")).toHaveAttribute("data-cursor", address);
	await expect(page).toHaveTitle(/^XOR/);
});

test("a state in the query is opened, too, and what does not go with a preset is told", async ({ scope, page }) => {
	await scope.open({ preset: "xor", at: "backward" });
	const address = await scope.step();
	await expect(page).toHaveURL(/#s=/);
	const state = stateIn(page.url());
	await page.goto("about:blank");
	await scope.open({ s: state });
	expect(await scope.address()).toBe(address);
	await scope.open({ preset: "lstm", net: "2-3-1" });
	await expect(page.getByRole("status").filter({ hasText: "net: this does not go with the preset" })).toBeVisible();
});
