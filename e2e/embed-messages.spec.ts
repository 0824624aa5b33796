import type { Page } from "@playwright/test";
import { frameOf, root, serveHosts, surroundings } from "./frames.ts";
import { expect, test } from "./page.ts";

// What a page around may ask of the frame, and what it is told.
test.use({ contextOptions: { reducedMotion: "reduce" }, viewport: { width: 900, height: 700 } });
test.beforeEach(({ page }) => serveHosts(page));

/** Opens a page around that keeps all that it is told. */
async function open(page: Page, query = ""): Promise<void> {
	await page.addInitScript(() => {
		const heard: unknown[] = [];
		Object.assign(window, { heard });
		addEventListener("message", ({ data }) => heard.push(data));
	});
	await page.route("http://host.example/asked.html", (route) =>
		route.fulfill({
			contentType: "text/html",
			body: `<!doctype html><title>Course</title><input id="field"><iframe id="frame" title="Deltascope" width="700" height="520" src="http://frame.example/v1/embed/xor/${query}"></iframe><input id="after">`,
		}),
	);
	await page.goto("http://host.example/asked.html");
}

const say = (page: Page, type: string, p: object = {}) =>
	page.locator("#frame").evaluate(
		(frame: HTMLIFrameElement, [t, q]) => {
			frame.contentWindow?.postMessage({ ns: "deltascope", v: 1, type: t, rid: t, p: q }, "*");
		},
		[type, p] as const,
	);

interface Heard {
	readonly type?: string;
	readonly re?: string;
	readonly p?: unknown;
}

const heard = (page: Page, chosen: (message: Heard) => boolean): Promise<readonly Heard[]> =>
	page.evaluate(() => Reflect.get(window, "heard")).then((all: readonly Heard[]) => all.filter(chosen));

const answerTo = (page: Page, type: string) => heard(page, ({ re }) => re === type);

test("a page that speaks itself is given each step's words, and the frame is silent", async ({ page }) => {
	await open(page);
	const frame = await frameOf(page);
	await say(page, "init", { want: ["narrate"] });
	await expect.poll(() => answerTo(page, "init")).toHaveLength(1);
	await say(page, "next");
	await expect.poll(() => heard(page, ({ type }) => type === "narrate")).not.toHaveLength(0);
	const [told] = await heard(page, ({ type }) => type === "narrate");
	expect(told.p).toMatchObject({ text: expect.stringMatching(/^Step 2 of \d+, forward\. /), polite: true });
	await expect(frame.locator("[data-live]")).toHaveText("");
});

test("a page that does not is not told, and the frame speaks", async ({ page }) => {
	await open(page);
	const frame = await frameOf(page);
	await say(page, "init", { want: ["state"] });
	await say(page, "next");
	await expect(frame.locator("[data-live]")).toHaveText(/^Step 2 of/);
	expect(await heard(page, ({ type }) => type === "narrate")).toEqual([]);
});

test("the focus enters at the first stop or the last, leaves by Tab, and the page around stays where it is", async ({
	page,
}) => {
	await open(page);
	const frame = await frameOf(page);
	const { scroll, history } = await surroundings(page);
	await say(page, "focusenter");
	await expect.poll(() => frame.evaluate(() => document.activeElement !== document.body)).toBe(true);
	await page.keyboard.press("Shift+Tab");
	await expect
		.poll(() => heard(page, ({ type }) => type === "focusexit"))
		.toContainEqual(expect.objectContaining({ p: { mode: "reverse" } }));
	await expect(page.locator("#field")).toBeFocused();
	await say(page, "focusenter", { mode: "reverse" });
	await expect.poll(() => answerTo(page, "focusenter")).toHaveLength(2);
	await expect(page.locator("#frame")).toBeFocused();
	await page.keyboard.press("Tab");
	await expect
		.poll(() => heard(page, ({ type }) => type === "focusexit"))
		.toContainEqual(expect.objectContaining({ p: { mode: "forward" } }));
	await expect(page.locator("#after")).toBeFocused();
	expect(await surroundings(page)).toMatchObject({ scroll, history });
});

test("where links are not followed the page around is told the address", async ({ page }) => {
	await open(page, "?links=0");
	const frame = await frameOf(page);
	const copy = frame.getByRole("button", { name: "Copy link" });
	await copy.click();
	expect(await heard(page, ({ type }) => type === "open")).toEqual([]);
	await say(page, "init");
	await expect.poll(() => answerTo(page, "init")).toHaveLength(1);
	await frame.locator("[data-action='stepOn']").click();
	await frame.locator("[data-action='stepOn']").focus();
	await frame.getByRole("button", { name: /Copy link|Copied/ }).click();
	await expect
		.poll(() => heard(page, ({ type }) => type === "open"))
		.toEqual([expect.objectContaining({ p: { href: expect.stringMatching(/^http:\/\/frame\.example\/\?/) } })]);
});

test("a page around prints the stage as a sheet", async ({ page }) => {
	await open(page);
	const frame = await frameOf(page);
	await frame.evaluate(() => {
		window.print = () => void Object.assign(document.documentElement.dataset, { printed: "true" });
	});
	await say(page, "print");
	await expect.poll(() => answerTo(page, "print")).toHaveLength(1);
	await expect(frame.locator("html")).toHaveAttribute("data-printed", "true");
});

test("on paper stands the stage with its formula, tables and address, and no controls", async ({ page }) => {
	await page.goto("http://frame.example/v1/embed/xor/?at=backward");
	await page.locator("html[data-ready='true']").waitFor({ state: "attached" });
	await page.emulateMedia({ media: "print" });
	const paper = page.locator("[data-paper]");
	await expect(paper.getByRole("heading", { level: 2 })).toContainText("XOR, iteration 1");
	await expect(paper.locator("figure svg").first()).toBeVisible();
	await expect(paper.locator("figure math").first()).toBeVisible();
	await expect(paper.locator("table").first()).toBeVisible();
	await expect(paper.locator("footer")).toContainText("http://frame.example/?");
	await expect(page.locator("#controls")).toBeHidden();
});

test("H5P, pym and AMP give the frame its height where the link names them", async ({ page }) => {
	await open(page, "?resize=h5p,pym,amp&childId=figure-1");
	await page.evaluate(() => {
		const frame = document.getElementById("frame");
		if (!(frame instanceof HTMLIFrameElement)) return;
		// As h5p-resizer.js answers.
		addEventListener("message", ({ data, source }) => {
			if (data?.context !== "h5p" || source !== frame.contentWindow) return;
			const respond = (action: string) => frame.contentWindow?.postMessage({ context: "h5p", action }, "*");
			if (data.action === "hello") respond("hello");
			if (data.action === "prepareResize" && frame.clientHeight !== data.scrollHeight) {
				frame.style.height = `${data.clientHeight}px`;
				respond("resizePrepared");
			}
			if (data.action === "resize") frame.style.height = `${data.scrollHeight}px`;
		});
	});
	const frame = await frameOf(page);
	await frame.evaluate(() => dispatchEvent(new Event("resize")));
	await expect
		.poll(() =>
			page.evaluate(() =>
				Reflect.get(window, "heard").some(
					(data: unknown) => typeof data === "string" && /^pymxPYMxfigure-1xPYMxheightxPYMx\d+$/.test(data),
				),
			),
		)
		.toBe(true);
	const amp = await page.evaluate(() =>
		Reflect.get(window, "heard").filter((data: { sentinel?: string }) => data?.sentinel === "amp"),
	);
	expect(amp[0]).toMatchObject({ type: "embed-size", height: expect.any(Number) });
});

test("the picture is shown, saved and copied in the frame", async ({ page }) => {
	await open(page);
	const frame = await frameOf(page);
	await frame.getByRole("button", { name: "More", exact: true }).click();
	await frame.getByRole("button", { name: "Picture …" }).click();
	const dialog = frame.getByRole("dialog", { name: "Picture" });
	const image = dialog.getByRole("img", { name: /^XOR/ });
	await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(200);
	const arriving = page.waitForEvent("download");
	await dialog.getByRole("button", { name: "Save as SVG" }).click();
	expect((await arriving).suggestedFilename()).toBe("deltascope-xor.svg");
	await dialog.getByRole("button", { name: "Copy the SVG text" }).click();
	await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
});

test("a bare frame is the picture alone until it is pointed at", async ({ page }) => {
	await open(page, "?ui=bare");
	const frame = await frameOf(page);
	const controls = frame.locator("#controls");
	await expect(controls).toHaveCSS("opacity", "0");
	await expect(async () => {
		const stage = await frame.locator("[data-part='stage']").boundingBox();
		const whole = await frame.locator("main").boundingBox();
		expect(stage?.height).toBe(whole?.height);
	}).toPass();
	await page.locator("#frame").hover();
	await expect(controls).toHaveCSS("opacity", "1");
	await frame.locator("[data-action='stepOn']").click();
	await expect(root(frame)).toHaveAttribute("data-cursor", "i1.forward.hidden.1.4");
});

test("a bare frame is worked by keyboard, and holds everything in one menu", async ({ page }) => {
	await open(page, "?ui=bare");
	const frame = await frameOf(page);
	const controls = frame.locator("#controls");
	await expect(controls).toHaveCSS("opacity", "0");
	await say(page, "focusenter", { mode: "reverse" });
	await expect(controls).toHaveCSS("opacity", "1");
	await page.keyboard.press("Enter");
	for (const name of ["Reset", "Keys and help", "Picture"]) {
		await expect(frame.getByRole("button", { name: new RegExp(`^${name}`) })).toBeVisible();
	}
	await page.keyboard.press("Escape");
	await page.keyboard.press("Shift+Tab");
	await page.keyboard.press("Enter");
	await expect(root(frame)).toHaveAttribute("data-cursor", "i1.forward.hidden.1.4");
});

test("an author who asks sees what became of the link, which messages went, and which controls are small", async ({
	page,
}) => {
	await open(page, "?debug&lr=fast&digits=5&course=7");
	const frame = await frameOf(page);
	await say(page, "init", { want: ["state"] });
	await expect.poll(() => answerTo(page, "init")).toHaveLength(1);
	await page.locator("#frame").evaluate((around: HTMLIFrameElement) => around.contentWindow?.postMessage("hi", "*"));
	const report = frame.getByRole("complementary", { name: "For authors" });
	const height = await frame.evaluate(() => document.documentElement.scrollHeight);
	await report.getByText("For authors").click();
	for (const [key, outcome] of [
		["lr", "unknown; the preset's is used"],
		["digits", "taken"],
		["course", "none of this page"],
	])
		await expect(report.getByRole("row", { name: new RegExp(`^${key} `) })).toContainText(outcome);
	await expect(report.getByRole("row", { name: /in init .*"want":\["state"\]/ })).toHaveCount(1);
	await expect(report.getByRole("row", { name: /out hello/ }).first()).toBeVisible();
	await expect(report.getByRole("row", { name: /not heard string/ })).toHaveCount(1);
	const outlined = await frame.locator("[data-size='44'][style]").count();
	await expect(report.getByText(`Smaller than 44 × 44 pixels: ${outlined}.`)).toBeVisible();
	expect(outlined).toBeGreaterThan(0);
	expect(await frame.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
	// Without the key nothing of it is there.
	await open(page);
	await expect((await frameOf(page)).getByRole("complementary", { name: "For authors" })).toHaveCount(0);
});
