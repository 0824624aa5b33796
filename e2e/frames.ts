import type { Frame, Page } from "@playwright/test";
import { expect } from "./page.ts";

const HOSTS = ["host.example", "inner.example"];

/** Two sites without servers: the pages around come from e2e/hosts, the frame from the built folder. */
export async function serveHosts(page: Page): Promise<void> {
	await page.route(/^http:\/\/(?:host|inner|frame)\.example\//, async (route) => {
		const { hostname, pathname } = new URL(route.request().url());
		if (pathname === "/favicon.ico") return route.fulfill({ status: 204 });
		if (pathname.startsWith("/reveal/"))
			return route.fulfill({ path: `node_modules/reveal.js/dist/${pathname.slice(8)}` });
		const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
		return route.fulfill({ path: HOSTS.includes(hostname) ? `e2e/hosts${path}` : `dist${path}` });
	});
}

export async function frameOf(page: Page): Promise<Frame> {
	await expect.poll(() => page.frames().some((frame) => frame.url().includes("frame.example"))).toBe(true);
	const found = page.frames().find((frame) => frame.url().includes("frame.example"));
	if (found === undefined) throw new Error("there is no frame");
	await found.locator("html[data-ready='true']").waitFor({ state: "attached" });
	return found;
}

export const root = (frame: Frame | Page) => frame.locator("#root");

/** Steps by the button, unit by unit, to the end of the iteration. */
export async function stepThrough(frame: Frame | Page): Promise<number> {
	const on = frame.locator("[data-action='stepOn']");
	for (let steps = 0; steps < 60; steps++) {
		const before = await root(frame).getAttribute("data-cursor");
		await on.evaluate((button: HTMLButtonElement) => button.click());
		await expect(root(frame)).not.toHaveAttribute("data-cursor", before ?? "");
		if ((await root(frame).getAttribute("data-cursor"))?.startsWith("i2.")) return steps;
	}
	throw new Error("the iteration does not end");
}

export const surroundings = (page: Page) =>
	page.evaluate(() => ({
		scroll: scrollY,
		active: document.activeElement?.id ?? document.activeElement?.tagName,
		history: history.length,
		url: location.href,
	}));
