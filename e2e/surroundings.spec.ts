import { readFileSync } from "node:fs";
import { measure } from "../scripts/size.mjs";
import { expect, Scope, test } from "./page.ts";

// What the page meets in the world: no storage, no network, another folder, a second tab.
test.use({ contextOptions: { reducedMotion: "reduce" } });

test("everything comes from the page's own host, under a strict policy", async ({ scope, page, baseURL }) => {
	const asked: string[] = [];
	page.on("request", (request) => asked.push(request.url()));
	await scope.open({ preset: "digits" });
	await scope.step();
	await page.evaluate(() => document.fonts.ready.then(() => undefined));
	expect(asked.length).toBeGreaterThan(5);
	expect(asked.filter((url) => !url.startsWith(baseURL ?? "") && !/^(data|blob):/.test(url))).toEqual([]);
	const policy = await page.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
	expect(policy).toContain("default-src 'none'");
	expect(policy).toContain("script-src 'self'");
	expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
});

test("nothing is fetched before the first step works but what the size budget counts", async ({ scope, page }) => {
	await page.addInitScript(() => {
		const observer = new MutationObserver(() => {
			if (document.documentElement.dataset.ready !== "true") return;
			observer.disconnect();
			performance.mark("ready");
		});
		observer.observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });
	});
	await scope.open();
	const early = await page.evaluate(() => {
		const [ready] = performance.getEntriesByName("ready");
		return performance
			.getEntriesByType("resource")
			.filter(({ startTime }) => startTime < ready.startTime)
			.map(({ name }) => new URL(name).pathname.slice(1));
	});
	expect(early.length).toBeGreaterThan(1);
	const counted = measure("dist").first.map(([file]) => file);
	expect(early.filter((file) => !counted.includes(file) && file !== "favicon.svg")).toEqual([]);
});

test("the page works in any folder of any host", async ({ scope, page }) => {
	await page.route("**/courses/2026/net/**", async (route) => {
		const { pathname } = new URL(route.request().url());
		const file = pathname.replace("/courses/2026/net/", "") || "index.html";
		await route.fulfill({ path: `dist/${file}` });
	});
	await page.route(
		(url) => !url.pathname.startsWith("/courses/2026/net/"),
		(route) => route.abort(),
	);
	await scope.open({ preset: "xor" }, "/courses/2026/net/");
	expect(await scope.step()).toBe("i1.forward.hidden.1.4");
	await page.keyboard.press("?");
	await expect(page.getByRole("dialog")).toBeVisible();
});

test("once loaded the page goes on without a network", async ({ scope, page, context }) => {
	await scope.open();
	await page.evaluate(() => document.fonts.ready.then(() => undefined));
	await page.waitForLoadState("networkidle");
	await context.setOffline(true);
	for (let i = 0; i < 18; i++) await scope.step();
	await page.keyboard.press("?");
	await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
	await page.keyboard.press("Escape");
	for (const tab of await page.getByRole("tab").all()) await tab.click();
	await expect(page.getByRole("tabpanel").locator("> *")).not.toHaveCount(0);
	await page.getByRole("button", { name: "Experiments" }).click();
	await page.getByRole("button", { name: /^Vanishing/ }).click();
	await expect(page).toHaveTitle(/^Vanishing/);
	await page.getByRole("textbox", { name: "Go to iteration" }).fill("40");
	await page.keyboard.press("Enter");
	await expect(page.locator("#root")).toHaveAttribute("data-cursor", "i40.forward.data.1.1");
});

test("where storage is blocked choices last as long as the page", async ({ scope, page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(window, "localStorage", {
			get: () => {
				throw new DOMException("blocked", "SecurityError");
			},
		});
	});
	await scope.open();
	await page.getByRole("button", { name: "PyTorch" }).click();
	await expect(page.getByRole("button", { name: "PyTorch" })).toHaveAttribute("aria-pressed", "true");
	await scope.step();
});

test("what another program left in the storage does no harm", async ({ scope, page }) => {
	await page.addInitScript(() => {
		localStorage.setItem("deltascope.settings", '{"theme":"plaid","digits":900,"language":"xx","motion":7}');
		localStorage.setItem("deltascope.ledger", "NaN");
	});
	await scope.open();
	await expect(page.locator("html")).toHaveAttribute("lang", "en");
	await scope.step();
});

test("comfort is remembered, and a link's own choices are not", async ({ scope, page }) => {
	await scope.open();
	await page.getByRole("button", { name: "Caffe", exact: true }).click();
	await scope.open({ notation: "pytorch" });
	await expect(page.getByRole("button", { name: "PyTorch" })).toHaveAttribute("aria-pressed", "true");
	await scope.open();
	await expect(page.getByRole("button", { name: "Caffe", exact: true })).toHaveAttribute("aria-pressed", "true");
});

test("two tabs stand where each of them was left", async ({ scope, context }) => {
	await scope.open();
	const other = new Scope(await context.newPage());
	await other.open({ preset: "xor" });
	await scope.step();
	await other.step();
	await other.step();
	await other.page.close();
	expect(await scope.address()).toBe("i1.forward.hidden.1.4");
	expect(await scope.step()).toBe("i1.forward.hidden.2.4");
});

/** The built file of a module that is fetched on use. */
function chunkOf(source: string): string {
	const manifest: Record<string, { file: string }> = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
	const chunk = manifest[source];
	if (chunk === undefined) throw new Error(`${source} is not a chunk of its own`);
	return chunk.file;
}

test("a part that cannot be fetched says so and leaves the rest alive", async ({ scope, page, complaints }) => {
	const chunk = `**/${chunkOf("src/views/ledger/ledger.tsx")}`;
	await page.route(chunk, (route) => route.abort());
	await scope.open();
	const ledger = page.locator("[data-part='ledger']");
	await expect(ledger.getByRole("alert")).toContainText("This part cannot be shown");
	await scope.step();
	await scope.step();
	expect(complaints.some((text) => text.includes("Failed to load resource"))).toBe(true);
	complaints.length = 0;
});

test("a part that throws shows the cause and is tried again on demand", async ({ scope, page, complaints }) => {
	const chunk = `**/${chunkOf("src/views/ledger/ledger.tsx")}`;
	await page.route(chunk, (route) =>
		route.fulfill({
			contentType: "text/javascript",
			body: "export default function Broken() { throw new Error('the ledger is torn'); }",
		}),
	);
	await scope.open();
	const alert = page.locator("[data-part='ledger']").getByRole("alert");
	await expect(alert).toContainText("the ledger is torn");
	await scope.step();
	await expect(page.locator("[data-part='stage'] svg").first()).toBeVisible();
	await alert.getByRole("button", { name: "Try again" }).click();
	await expect(alert).toContainText("the ledger is torn");
	complaints.length = 0;
});
