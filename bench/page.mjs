// @ts-check
// Opens the built page for a measurement, and records what Chromium traces.
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { chromiumFlags, findBrowser } from "../scripts/find-browser.mjs";

/** @typedef {import("./trace-events.mjs").TraceEvent} TraceEvent */

/** The built page's server and a browser. */
export async function open() {
	const server = await preview({ preview: { host: "127.0.0.1", port: 0 }, logLevel: "error" });
	const address = server.resolvedUrls?.local[0];
	if (address === undefined) throw new Error("The built page is not served.");
	const browser = await chromium.launch({ executablePath: findBrowser(), args: chromiumFlags });
	return {
		address,
		browser,
		async close() {
			await browser.close();
			await server.close();
		},
	};
}

/**
 * A fresh page with nothing cached.
 * @param {import("@playwright/test").Browser} browser
 * @param {number} throttle how many times slower the processor is made
 */
export async function freshPage(browser, throttle) {
	// The page's policy forbids what waiting for a condition is made of.
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
	const page = await context.newPage();
	const session = await context.newCDPSession(page);
	if (throttle > 1) await session.send("Emulation.setCPUThrottlingRate", { rate: throttle });
	return { context, page, session };
}

/**
 * Waits until the first step works.
 * @param {import("@playwright/test").Page} page
 */
export async function ready(page) {
	await page.locator("html[data-ready='true']").waitFor({ state: "attached", timeout: 30_000 });
}

/**
 * Waits until all that follows the first picture is there, too.
 * @param {import("@playwright/test").Page} page
 */
export async function complete(page) {
	await page.locator("html[data-complete='true']").waitFor({ state: "attached", timeout: 60_000 });
	await page.waitForTimeout(500);
}

/**
 * Milliseconds from the start of the navigation until the first step works, by the page's own clock.
 * @param {import("@playwright/test").Page} page
 * @param {string} url
 * @returns {Promise<number>}
 */
export async function timeToInteractive(page, url) {
	await page.addInitScript(() => {
		const mark = () => {
			if (document.documentElement?.dataset.ready !== "true") return false;
			performance.mark("ready");
			return true;
		};
		const observer = new MutationObserver(() => {
			if (mark()) observer.disconnect();
		});
		observer.observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });
	});
	await page.goto(url);
	await ready(page);
	return page.evaluate(() => performance.getEntriesByName("ready")[0]?.startTime ?? Number.NaN);
}

/**
 * Records the trace of what an action does.
 * @param {import("@playwright/test").CDPSession} session
 * @param {() => Promise<void>} action
 * @returns {Promise<TraceEvent[]>}
 */
export async function traced(session, action) {
	/** @type {TraceEvent[]} */
	const events = [];
	session.on("Tracing.dataCollected", ({ value }) => {
		for (const event of value) events.push(/** @type {TraceEvent} */ (/** @type {unknown} */ (event)));
	});
	const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
	await session.send("Tracing.start", {
		transferMode: "ReportEvents",
		traceConfig: { includedCategories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"] },
	});
	await action();
	await session.send("Tracing.end");
	await complete;
	return events;
}
