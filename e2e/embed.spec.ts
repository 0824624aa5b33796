import { readFileSync } from "node:fs";
import { frameOf, root, serveHosts, stepThrough, surroundings } from "./frames.ts";
import { expect, test } from "./page.ts";

// The embed in other pages: what it does there, and what it leaves alone.
test.use({ contextOptions: { reducedMotion: "reduce" }, viewport: { width: 900, height: 700 } });

test.beforeEach(({ page }) => serveHosts(page));

for (const host of ["plain", "sandboxed", "sandboxed-same-origin", "nested", "narrow", "listeners", "unallowed"]) {
	test(`in ${host}.html a whole iteration is stepped, and the page around does not notice`, async ({ page }) => {
		await page.goto(`http://host.example/${host}.html`);
		await page.locator("#field").first().focus();
		const before = await surroundings(page);
		const frame = await frameOf(page);
		await expect(frame.locator("[data-part='stage'] [data-mark='disc']").first()).toBeAttached();
		expect(await stepThrough(frame)).toBeGreaterThan(10);
		expect(await surroundings(page)).toEqual(before);
		expect(await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
	});
}

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const FILES = {
	"a preset's page": "v1/embed/xor/index.html",
	"the file with its version": `v1/deltascope-${version}.html`,
};

for (const [name, path] of Object.entries(FILES))
	test(`${name} from a file, without network and without storage`, async ({ page, context }) => {
		await page.addInitScript(() => {
			for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
				Object.defineProperty(window, name, {
					get() {
						throw new DOMException("blocked", "SecurityError");
					},
				});
			}
		});
		await context.setOffline(true);
		await page.goto(new URL(`../dist/${path}`, import.meta.url).href);
		await page.locator("html[data-ready='true']").waitFor({ state: "attached" });
		expect(await stepThrough(page)).toBeGreaterThan(10);
	});

test("what is newest stands under /latest/, and each experiment has its pictures", async ({ page, baseURL }) => {
	for (const look of ["", ".dark", ".print"]) {
		for (const [ending, type] of [
			["svg", "image/svg+xml"],
			["png", "image/png"],
		] as const) {
			const picture = await page.request.get(`v1/thumb/lenet${look}.${ending}`);
			expect([picture.status(), picture.headers()["content-type"]]).toEqual([200, type]);
		}
	}
	await page.goto(`${baseURL}latest/embed/xor/`);
	await page.locator("html[data-ready='true']").waitFor({ state: "attached" });
	await expect(page.locator("[data-cursor]").first()).toHaveAttribute("data-cursor", /^i1/);
	await expect(page).toHaveTitle(/XOR/);
});

test("a link to data that the page does not bring along is opened in the page that does", async ({ page }) => {
	await page.goto("http://host.example/plain.html");
	const before = await surroundings(page);
	for (const preset of ["digits", "autoencoder", "lenet"]) {
		await page.locator("#frame").evaluate((frame: HTMLIFrameElement, id) => {
			frame.contentWindow?.location.replace(`http://frame.example/v1/embed/?preset=${id}&gran=layer`);
		}, preset);
		await expect.poll(() => page.frames()[1]?.url()).toContain(`/v1/embed/${preset}/?`);
		const frame = await frameOf(page);
		await expect(
			frame.locator("[data-part='stage'] [data-mark='disc'], [data-part='stage'] canvas").first(),
		).toBeAttached();
		await expect.poll(() => frame.title()).not.toContain("Worked");
	}
	expect(await surroundings(page)).toEqual(before);
});

test("a net too large for the frame's own thread is computed in a worker, in a sandbox, too", async ({ page }) => {
	await page.goto("http://host.example/sandboxed.html");
	const started = page.waitForEvent("worker");
	await page.locator("#frame").evaluate((frame: HTMLIFrameElement) => {
		frame.src = "http://frame.example/v1/embed/lenet/?gran=phase";
	});
	const worker = await started;
	await expect.poll(() => page.frames().some((frame) => frame.url().includes("/lenet/"))).toBe(true);
	const frame = await frameOf(page);
	await frame.locator("[data-action='stepOn']").evaluate((button: HTMLButtonElement) => button.click());
	await expect(root(frame)).toHaveAttribute("data-cursor", /^i1\.forward\./);
	// It holds the run: another iteration comes from it.
	expect(await worker.evaluate(() => typeof document)).toBe("undefined");
	await frame.locator("[data-action='stepOn']").evaluate((button: HTMLButtonElement) => button.click());
});

test("before any script there is a picture, a sentence and a link", async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(new URL("../dist/v1/embed/xor/index.html", import.meta.url).href);
	await expect(page.getByRole("img", { name: /XOR: a network of 3 layers/ })).toBeVisible();
	await expect(page.getByRole("link", { name: "Open in Deltascope" })).toBeVisible();
	expect(await page.locator("noscript").textContent()).toContain("needs JavaScript");
	await context.close();
});

test("what does not start says so", async ({ page, complaints }) => {
	await page.clock.install();
	const html = readFileSync("dist/v1/embed/index.html", "utf8");
	await page.route("http://frame.example/broken/", (route) =>
		route.fulfill({
			contentType: "text/html",
			body: html.replace(/<script id="deltascope-script">[\s\S]*<\/script>/, ""),
		}),
	);
	await page.goto("http://frame.example/broken/");
	await page.clock.fastForward(8100);
	await expect(page.getByRole("alert")).toContainText("did not start");
	complaints.length = 0;
});

test("a learning platform is told the natural height, which comes to rest", async ({ page }) => {
	await page.goto("http://host.example/listeners.html");
	const frame = await frameOf(page);
	// A browser gives a frame out of sight its new size only when it comes into sight.
	await page.locator("#frame").scrollIntoViewIfNeeded();
	const wanted = () =>
		frame.evaluate(() => Math.ceil(document.getElementById("root")?.getBoundingClientRect().height ?? 0));
	await expect(async () => {
		const box = await page.locator("#frame").boundingBox();
		expect(box?.height).toBe(await wanted());
		expect(box?.height).toBeGreaterThan(300);
	}).toPass();
	const heights = await page.evaluate(() => Reflect.get(window, "heights"));
	for (const dialect of ["embedly", "canvas", "edx", "native"]) {
		expect(heights[dialect].length, dialect).toBeGreaterThan(0);
		expect(heights[dialect].length, dialect).toBeLessThan(9);
	}
});

test("a frame that nobody resizes is filled, and nothing of it is cut off", async ({ page }) => {
	await page.goto("http://host.example/plain.html");
	const frame = await frameOf(page);
	await expect
		.poll(() => frame.evaluate(() => document.documentElement.scrollHeight - innerHeight))
		.toBeLessThanOrEqual(0);
});

test("a hostile page is answered in words, and changes nothing that it may not", async ({ page }) => {
	await page.goto("http://host.example/hostile.html");
	const frame = await frameOf(page);
	const sent = await page.evaluate(() => Reflect.get(window, "attack")());
	await expect.poll(() => page.evaluate(() => Reflect.get(window, "answers").length), { timeout: 30_000 }).toBe(sent);
	const codes = await page.evaluate(() => [
		...new Set(
			Reflect.get(window, "answers").flatMap(({ type, p }: { type: string; p: { code?: string } | null }) =>
				type === "nack" ? [p?.code] : [],
			),
		),
	]);
	expect(codes.sort()).toEqual(["failed", "invalid", "unknown-type", "unsupported"]);
	await frame.locator("[data-action='stepOn']").click();
	await expect(root(frame)).toHaveAttribute("data-cursor", /^i\d/);
	expect(await frame.locator("img, script[src]").count()).toBe(0);
});

test("the element follows the theme of the page around, takes its height and answers", async ({ page }) => {
	await page.goto("http://host.example/element.html");
	const frame = await frameOf(page);
	await expect(root(frame)).toHaveAttribute("data-cursor", /^i1\.backward/);
	await expect(frame.locator("html")).toHaveAttribute("data-theme", "light");
	await page.getByRole("button", { name: "Theme" }).click();
	await expect(frame.locator("html")).toHaveAttribute("data-theme", "dark");
	expect(await page.locator("iframe").getAttribute("title")).toBe("XOR, backward");
	const ask = (type: string, p?: unknown) =>
		page
			.locator("delta-scope")
			.evaluate((element, [t, q]) => Reflect.get(element, "ask").call(element, t, q), [type, p] as const);
	expect(await ask("goto", { at: "i2.forward.output.1.1" })).toMatchObject({
		step: { id: "i2.forward.output.1.1", iter: 2 },
	});
	expect(await ask("next", { gran: "term" })).toMatchObject({ step: { id: "i2.forward.output.1.2" } });
	const state = await ask("getstate");
	await ask("first");
	await expect(root(frame)).toHaveAttribute("data-cursor", "i2.forward.data.1.1");
	await ask("setstate", state);
	await expect(root(frame)).toHaveAttribute("data-cursor", "i2.forward.output.1.2");
	expect(await ask("table", { what: "weights" })).toHaveLength(13);
	const picture = await ask("snapshot", { format: "svg" });
	expect(picture).toMatchObject({
		mime: "image/svg+xml",
		data: expect.stringMatching(/^<\?xml[^>]*>\s*<svg[\s\S]*<title id="title">XOR[\s\S]*<\/svg>\s*$/),
	});
	expect(await ask("snapshot", { format: "png", theme: "print", scale: 1 })).toMatchObject({
		mime: "image/png",
		data: expect.stringMatching(/^data:image\/png;base64,.{1000}/),
	});
	await expect(ask("predict")).rejects.toThrow(/unsupported/);
	await expect(ask("dance")).rejects.toThrow(/unknown-type/);
});

test("Escape gives the focus back, and what the frame has no use for is passed on", async ({ page }) => {
	await page.goto("http://host.example/plain.html");
	await page.evaluate(() => {
		const heard: unknown[] = [];
		Object.assign(window, { heard });
		addEventListener("message", ({ data }) => heard.push([data.type, data.p]));
	});
	const frame = await frameOf(page);
	await frame.locator("[data-action='stepOn']").focus();
	await page.keyboard.press("PageUp");
	await page.keyboard.press("Escape");
	const heard = () => page.evaluate(() => Reflect.get(window, "heard"));
	await expect.poll(heard).toContainEqual(["key", { key: "PageUp" }]);
	await expect.poll(heard).toContainEqual(["focusexit", { mode: "escape" }]);
	expect(await frame.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
});

test("an author hides, locks and names", async ({ page }) => {
	await page.goto(
		"http://frame.example/v1/embed/xor/?title=Four+samples&hide=help,link,panels&lock=all&theme=projector&lang=zh-CN&fs=1.2&ui=standard",
	);
	await page.locator("html[data-ready='true']").waitFor({ state: "attached" });
	await expect(page.getByRole("heading", { name: "Four samples" })).toBeVisible();
	await expect(page).toHaveTitle(/^Four samples/);
	await expect(page.locator("html")).toHaveAttribute("data-theme", "projector");
	await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
	await expect(page.getByRole("tab")).toHaveCount(0);
	await expect(page.getByRole("link", { name: /Deltascope/ })).toHaveCount(0);
});

test("an author locks the reader into a part of the run", async ({ page }) => {
	await page.goto("http://frame.example/v1/embed/xor/?from=backward&to=backward&gran=layer&ui=standard");
	await page.locator("html[data-ready='true']").waitFor({ state: "attached" });
	await expect(root(page)).toHaveAttribute("data-cursor", /^i1\.loss\./);
	const [back, on] = [page.locator("[data-action='stepOff']"), page.locator("[data-action='stepOn']")];
	await expect(back).toHaveAttribute("aria-disabled", "true");
	const seen: string[] = [];
	while ((await on.getAttribute("aria-disabled")) !== "true") {
		await on.click();
		seen.push((await root(page).getAttribute("data-cursor")) ?? "");
	}
	expect(seen.length).toBeGreaterThan(1);
	expect(seen.filter((at) => !at.startsWith("i1.backward."))).toEqual([]);
	await page.keyboard.press("Control+Home");
	await expect(root(page)).toHaveAttribute("data-cursor", /^i1\.loss\./);
	await expect(page.locator("[data-outside='true']").first()).toBeAttached();
});

test("where nothing is to be remembered nothing is, and nothing that was is heeded", async ({ page }) => {
	const key = "deltascope.settings";
	await page.goto("http://frame.example/v1/embed/xor/?store=off");
	await page.evaluate((name) => localStorage.setItem(name, '{"theme":"dark","digits":8}'), key);
	await page.reload();
	await page.locator("html[data-ready='true']").waitFor({ state: "attached" });
	await expect(page.locator("html")).not.toHaveAttribute("data-theme", "dark");
	await page.getByRole("button", { name: "More", exact: true }).click();
	await page.getByRole("button", { name: "Projector" }).click();
	await expect(page.locator("html")).toHaveAttribute("data-theme", "projector");
	expect(await page.evaluate((name) => localStorage.getItem(name), key)).toBe('{"theme":"dark","digits":8}');
});

test("in a deck the frame plays only while its slide is shown, and gives the keys back", async ({ page }) => {
	await page.goto("http://host.example/deck.html");
	await page.keyboard.press("ArrowRight");
	const frame = await frameOf(page);
	await frame.locator("[data-action='playPause']").click();
	await expect(root(frame)).toHaveAttribute("data-playing", "true");
	await frame.locator("[data-action='playPause']").focus();
	await page.keyboard.press("Escape");
	await page.evaluate(() => Reflect.get(window, "Reveal").next());
	await expect(root(frame)).toHaveAttribute("data-playing", "false");
	await page.evaluate(() => Reflect.get(window, "Reveal").prev());
	await expect(root(frame)).toHaveAttribute("data-playing", "true");
});

test("where copying is not allowed the link can be copied all the same", async ({ page }) => {
	await page.goto("http://host.example/unallowed.html");
	const frame = await frameOf(page);
	await expect(frame.getByRole("link", { name: /Deltascope/ })).toHaveCount(0);
	await frame.getByRole("button", { name: "Copy link" }).click();
	await expect(frame.getByRole("button", { name: "Copied" })).toBeVisible();
});

test("a page with the embed in it prints", async ({ page }) => {
	await page.goto("http://host.example/plain.html");
	const frame = await frameOf(page);
	await frame.locator("[data-action='stepOn']").evaluate((button: HTMLButtonElement) => button.click());
	const pdf = await page.pdf();
	expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
	expect(pdf.length).toBeGreaterThan(20_000);
	await expect(root(frame)).toHaveAttribute("data-cursor", /^i1\./);
});

test("a frame that waits for a click computes nothing before", async ({ page }) => {
	await page.goto("http://frame.example/v1/embed/xor/?load=click");
	const start = page.getByRole("button", { name: "Deltascope" });
	await expect(start).toBeVisible();
	expect(await root(page).getAttribute("data-cursor")).toBeNull();
	await start.click();
	await page.locator("html[data-ready='true']").waitFor({ state: "attached" });
	expect(await root(page).getAttribute("data-cursor")).toBe("i1.forward.data.1.1");
});

test("the link to the whole page carries what is seen", async ({ page }) => {
	await page.goto("http://frame.example/v1/embed/xor/?at=backward&theme=dark");
	await page.locator("html[data-ready='true']").waitFor({ state: "attached" });
	const link = page.getByRole("link", { name: /Deltascope/ });
	await page.locator("[data-action='stepOn']").click();
	await expect(link).toHaveAttribute("href", /^http:\/\/frame\.example\/\?.*theme=dark&preset=xor#s=1\.d\./);
	await expect(link).toHaveAttribute("target", "_blank");
});
