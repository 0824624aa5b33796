import { expect, type Scope, test } from "./page.ts";

const cell = (scope: Scope, name: string | RegExp) => scope.page.getByRole("toolbar").getByRole("button", { name });
const moment = (scope: Scope) => scope.page.getByRole("slider", { name: "Moment within the stage" });
const isPlaying = (scope: Scope, playing: boolean) =>
	expect(scope.page.locator("#root")).toHaveAttribute("data-playing", String(playing));
const standsAt = (scope: Scope, address: string | RegExp) =>
	expect(scope.page.locator("#root")).toHaveAttribute("data-cursor", address);

test.describe("without motion", () => {
	test.use({ contextOptions: { reducedMotion: "reduce" } });

	test("the first press of → adds up the first hidden unit, ← takes it back", async ({ scope, page }) => {
		await scope.open();
		expect(await scope.address()).toBe("i1.forward.data.1.1");
		const atFirst = await scope.texts();
		expect(await scope.step()).toBe("i1.forward.hidden.1.4");
		const sum = page.locator("[data-part='ledger'] [data-ref='i1/p0/top/hidden/0/data/0'][data-value]");
		await expect(sum.first()).toHaveText("0.3775");
		expect(await scope.step("ArrowLeft")).toBe("i1.forward.data.1.1");
		await expect(sum).toHaveCount(0);
		expect(await scope.texts()).toBe(atFirst);
	});

	test("the granularity changes how far a step goes and never where one is", async ({ scope, page }) => {
		await scope.open();
		await scope.step();
		const address = await scope.address();
		for (const name of ["Term", "Unit", "Layer", "Phase", "Iteration"]) {
			await page.getByRole("group", { name: "Step by" }).getByRole("button", { name }).click();
			expect(await scope.address()).toBe(address);
		}
		await page.keyboard.press("[");
		await expect(page.locator("#root")).toHaveAttribute("data-depth", "iteration");
		await page.keyboard.press("]");
		await page.keyboard.press("]");
		await expect(page.locator("#root")).toHaveAttribute("data-depth", "layer");
		expect(await scope.step()).toBe("i1.forward.hidden.2.4");
		expect(await scope.step("Shift+ArrowRight")).toBe("i1.forward.output.2.4");
	});

	test("Home, End, Ctrl+Home and Ctrl+End go to the ends", async ({ scope }) => {
		await scope.open({ at: "backward.hidden.1" });
		expect(await scope.step("End")).toBe("i1.again.loss.1.1");
		expect(await scope.step("Home")).toBe("i1.forward.data.1.1");
		await scope.step("End");
		await scope.step();
		expect(await scope.step("Control+Home")).toBe("i1.forward.data.1.1");
		expect(await scope.step("Control+End")).toBe("i2.again.loss.1.1");
	});

	test("a click on a cell goes there; a clicker's keys step", async ({ scope, page }) => {
		await scope.open();
		await cell(scope, /^Backward: .*hidden unit 2$/).click();
		await standsAt(scope, "i1.backward.hidden.2.3");
		expect(await scope.step("PageUp")).toBe("i1.backward.hidden.1.3");
		expect(await scope.step("PageDown")).toBe("i1.backward.hidden.2.3");
		await page.getByRole("button", { name: "Step", exact: true }).click();
		await standsAt(scope, /^i1\.gradients\./);
	});

	test("playing stops at a breakpoint, also inside a coarse step", async ({ scope, page }) => {
		await scope.open({ gran: "phase" });
		await page.getByRole("button", { name: "Speed 4×" }).click();
		await cell(scope, /^Loss: /).click({ modifiers: ["Shift"] });
		await standsAt(scope, "i1.forward.data.1.1");
		const middle = cell(scope, /^Backward: .*output 2$/);
		await middle.focus();
		await page.keyboard.press("b");
		await expect(cell(scope, /^Breakpoint: Backward: .*output 2$/)).toBeFocused();
		await page.getByRole("heading", { level: 1 }).click();
		await page.keyboard.press("Space");
		await isPlaying(scope, false);
		await standsAt(scope, "i1.loss.loss.1.2");
		await page.keyboard.press("Space");
		await isPlaying(scope, false);
		await standsAt(scope, "i1.backward.output.2.2");
		await cell(scope, /^Breakpoint: Backward/).click({ modifiers: ["Shift"] });
		await expect(cell(scope, /^Breakpoint: Backward/)).toHaveCount(0);
		await page.keyboard.press("Space");
		await standsAt(scope, /^i2\.loss/);
		await isPlaying(scope, false);
	});

	test("the slider over the cells and the iteration field go anywhere", async ({ scope, page }) => {
		await scope.open();
		const slider = page.getByRole("slider", { name: "Place in the iteration" });
		await slider.focus();
		await page.keyboard.press("End");
		await standsAt(scope, "i1.again.loss.1.1");
		// At once: what the first key did need not be drawn everywhere yet.
		await page.keyboard.press("Home");
		await page.keyboard.press("End");
		await page.keyboard.press("ArrowLeft");
		await standsAt(scope, /^i1\.solver\.output/);
		await page.getByRole("textbox", { name: "Go to iteration" }).fill("250");
		await page.keyboard.press("Enter");
		await standsAt(scope, "i250.forward.data.1.1");
		await page.getByRole("textbox", { name: "Go to iteration" }).fill("0");
		await page.keyboard.press("Enter");
		await expect(page.getByRole("textbox", { name: "Go to iteration" })).toHaveValue("250");
		await page.getByRole("button", { name: "Previous iteration" }).click();
		await standsAt(scope, "i249.forward.data.1.1");
	});

	test("the pointer scrubs along the cells", async ({ scope, page }) => {
		await scope.open();
		const slider = page.getByRole("slider", { name: "Place in the iteration" });
		const cells = await page.getByRole("toolbar").boundingBox();
		const row = await slider.boundingBox();
		if (cells === null || row === null) throw new Error("the timeline is not on the page");
		const y = row.y + row.height / 2;
		await page.mouse.move(cells.x + 5, y);
		await page.mouse.down();
		await page.mouse.move(cells.x + cells.width / 2, y, { steps: 5 });
		await standsAt(scope, /^i1\.(backward|gradients)\./);
		await page.mouse.move(cells.x + cells.width - 3, y, { steps: 5 });
		await standsAt(scope, "i1.again.loss.1.1");
		await page.mouse.up();
		await page.mouse.move(cells.x + 5, y);
		await standsAt(scope, "i1.again.loss.1.1");
	});

	test("the dialog refuses what does not exist and says so", async ({ scope, page }) => {
		await scope.open();
		await page.keyboard.press("g");
		const dialog = page.getByRole("dialog", { name: "Go to a step" });
		const field = dialog.getByRole("textbox");
		for (const [typed, said] of [
			["hello", "no such phase"],
			["i1.forward.nowhere", "no such layer"],
			["i1.forward.hidden.9", "no such unit"],
			["i1.forward.hidden.1.9", "no such term"],
			["999", "count from 1 to"],
		]) {
			await field.fill(typed);
			await field.press("Enter");
			await expect(dialog).toContainText(said);
			await expect(field).toHaveAttribute("aria-invalid", "true");
		}
		await field.fill("i1.backward.output.1");
		await field.press("Enter");
		await expect(dialog).toHaveCount(0);
		await standsAt(scope, "i1.backward.output.1.2");
	});
});

test.describe("with motion", () => {
	test("an instant is held by the space key and by the slider, and playing goes on from it", async ({
		scope,
		page,
	}) => {
		await scope.open({ gran: "layer" });
		await page.getByRole("button", { name: "Speed ½×" }).click();
		await page.getByRole("heading", { level: 1 }).click();
		await page.keyboard.press("Space");
		await standsAt(scope, "i1.forward.hidden.2.4");
		await expect(moment(scope)).not.toHaveValue("0");
		await page.keyboard.press("Space");
		await isPlaying(scope, false);
		const held = await moment(scope).inputValue();
		expect(Number(held)).toBeLessThan(100);
		await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
		await expect(moment(scope)).toHaveValue(held);
		await page.keyboard.press("Space");
		await expect(moment(scope)).toHaveValue("100");
		await standsAt(scope, "i1.forward.hidden.2.4");
		await standsAt(scope, "i1.forward.output.2.4");
		await page.keyboard.press("Space");
		await isPlaying(scope, false);
		await moment(scope).fill("37");
		await expect(moment(scope)).toHaveValue("37");
		await standsAt(scope, "i1.forward.output.2.4");
	});

	test("a step back runs the same picture backwards and ends as it was", async ({ scope, page }) => {
		await scope.open({ at: "backward.output.1" });
		const before = await scope.texts();
		await scope.step();
		await expect(moment(scope)).toHaveValue("100");
		await page.keyboard.press("ArrowLeft");
		await standsAt(scope, "i1.backward.output.1.2");
		await expect(moment(scope)).not.toHaveValue("100");
		await expect(moment(scope)).toHaveValue("100");
		expect(await scope.texts()).toBe(before);
	});
});
