import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { expect, test } from "./page.ts";

test.use({ contextOptions: { reducedMotion: "reduce" }, serviceWorkers: "allow" });

const folder = "dist";

type Page = import("@playwright/test").Page;

const stateOf = (page: Page) =>
	page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state ?? "none");
const kept = (page: Page) => expect.poll(() => stateOf(page), { timeout: 20_000 }).toBe("activated");

test("after its first visit the page opens without a network", async ({ scope, page, context }) => {
	await scope.open();
	await kept(page);
	await context.setOffline(true);
	await scope.open({ preset: "xor", at: "i2.backward.hidden.1", lang: "zh-CN" });
	await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
	expect(await scope.step()).toBe("i2.backward.hidden.2.2");
	await page.getByRole("button", { name: "分享" }).click();
	await expect(page.getByRole("dialog", { name: "分享这一步" })).toBeVisible();
});

/** The built page from a host that can be given another worker, as after an update. */
async function withHost(use: (address: string, update: () => void) => Promise<void>): Promise<void> {
	let version = 'version = "';
	const types: Readonly<Record<string, string>> = {
		".html": "text/html",
		".js": "text/javascript",
		".css": "text/css",
		".svg": "image/svg+xml",
		".json": "application/json",
	};
	const server = createServer(async ({ url = "/" }, response) => {
		const { pathname } = new URL(url, "http://host/");
		const file = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
		try {
			const content = await readFile(join(folder, file));
			const body = file === "/sw.js" ? content.toString().replace('version = "', version) : content;
			response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" }).end(body);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("the host has no port");
	try {
		await use(`http://127.0.0.1:${address.port}/`, () => {
			version = 'version = "next';
		});
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

test("a newer version waits until the reader agrees", async ({ scope, page }) => {
	await withHost(async (address, update) => {
		await scope.open({}, address);
		await kept(page);
		update();
		await scope.open({ preset: "xor", at: "i1.loss" }, address);
		const notice = page.getByRole("status").filter({ hasText: "A new version is ready" });
		await expect(notice).toBeVisible();
		const names = () => page.evaluate(async () => (await caches.keys()).map((name) => name.split(" ").at(-1) ?? ""));
		expect((await names()).filter((name) => !name.startsWith("next"))).toHaveLength(1);
		const before = await scope.address();
		await Promise.all([page.waitForEvent("load"), notice.getByRole("button", { name: "Use it now" }).click()]);
		await scope.ready();
		expect(await scope.address()).toBe(before);
		await expect.poll(names).toEqual([expect.stringMatching(/^next/)]);
	});
});

test("where workers may not be made the page works as before", async ({ scope, page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(navigator, "serviceWorker", {
			get: () => {
				throw new DOMException("blocked", "SecurityError");
			},
		});
	});
	await scope.open();
	await scope.step();
});
