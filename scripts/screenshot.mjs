// @ts-check
// Makes docs/screenshot.png of the built page: npm run build first.
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { chromiumFlags, findBrowser } from "./find-browser.mjs";

const QUERY = "?preset=worked-example&at=i1.backward.hidden.1&theme=light&lang=en";

const server = await preview({ preview: { host: "127.0.0.1", port: 0 }, logLevel: "error" });
const address = server.resolvedUrls?.local[0];
if (address === undefined) throw new Error("The built page is not served.");
const browser = await chromium.launch({ executablePath: findBrowser(), args: chromiumFlags });
const page = await browser.newPage({
	viewport: { width: 1440, height: 900 },
	deviceScaleFactor: 2,
	reducedMotion: "reduce",
});
await page.goto(address + QUERY);
await page.locator("html[data-ready='true']").waitFor({ state: "attached" });
await page.waitForLoadState("networkidle");
await page.evaluate(() => document.fonts.ready.then(() => undefined));
await page.screenshot({ path: fileURLToPath(new URL("../docs/screenshot.png", import.meta.url)) });
await browser.close();
await server.close();
