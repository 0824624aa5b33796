import { differences, expect, type Scope, test } from "./page.ts";

// What moves has specs of its own; here every step cuts.
test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Steps forwards and back; on the way back everything reads as it did on the way there. */
async function thereAndBack(scope: Scope, steps: number): Promise<readonly string[]> {
	const seen = [await scope.texts()];
	const places = [await scope.address()];
	for (let count = 0; count < steps; count++) {
		places.push(await scope.step("ArrowRight"));
		seen.push(await scope.texts());
	}
	for (let place = steps - 1; place >= 0; place--) {
		expect(await scope.step("ArrowLeft")).toBe(places[place]);
		expect(differences(seen[place] ?? "", await scope.texts()), `back at ${places[place]}`).toEqual([]);
	}
	return places;
}

test("LeNet by layers, there and back", async ({ scope }) => {
	test.slow();
	await scope.open({ preset: "lenet", gran: "layer" });
	const places = await thereAndBack(scope, 14);
	expect(places.at(-1)).toMatch(/^i1\.backward\.conv1\./);
});

test("LeNet by units of a convolution, there and back", async ({ scope }) => {
	test.slow();
	await scope.open({ preset: "lenet", gran: "unit", at: "i1.forward.conv2.700" });
	await thereAndBack(scope, 4);
	await expect(scope.page.getByRole("heading", { name: "Slide the kernel, add up" })).toBeVisible();
});

test("an LSTM through time, step by step inside a unit, there and back", async ({ scope }) => {
	test.slow();
	await scope.open({ preset: "lstm-through-time", gran: "term", at: "i1.forward.lstm1.t2.1.1" });
	await thereAndBack(scope, 10);
	await scope.step("ArrowRight");
	await expect(scope.page.getByRole("heading", { name: "Add up for the forget gate" })).toBeVisible();
	await scope.goTo("i1.backward.lstm2.t3.4");
	await thereAndBack(scope, 4);
});

test("any unit of a layer of maps is brought into the lens by its numbers", async ({ scope }) => {
	const { page } = scope;
	await scope.open({ preset: "lenet", gran: "layer", at: "i1.forward.conv1" });
	await page.getByRole("spinbutton", { name: "Map" }).fill("7");
	await page.getByRole("spinbutton", { name: "Row" }).fill("12");
	await page.getByRole("spinbutton", { name: "Column" }).fill("3");
	await page.getByRole("button", { name: "Open", exact: true }).click();
	await expect(page.getByText("their sum is conv1, map 7, row 12, column 3.")).toBeVisible();
});

test("kernels, maps and gates go by their places, not by flat numbers", async ({ scope }) => {
	const { page } = scope;
	const crumb = page.getByRole("navigation", { name: "Where this is" }).locator("[aria-current='step']");
	await scope.open({ preset: "lenet", at: "i1.gradients.conv2.3" });
	await expect(crumb).toHaveText("Map 3");
	await expect(page.locator("[data-strip]").first()).toContainText(/map \d+, row [1-5], column [1-5]/);
	await scope.goTo("i1.forward.pool1.150");
	await expect(crumb).toHaveText("Map 2, row 1, column 6");
	await expect(page.getByText("forward, conv1, map 2, row 1, column 11, sample 1")).toBeVisible();
	await scope.goTo("i1.forward.conv1.30");
	await expect(page.getByText(/given: sample 1, pixel in row \d+, column \d+/).first()).toBeVisible();
	await scope.goTo("i1.solver.conv1~0.4");
	await expect(crumb).toHaveText("Map 4");
	await scope.open({ preset: "lstm-through-time", at: "i1.gradients.lstm1.13" });
	await expect(crumb).toHaveText("Forget gate, unit 3");
	await expect(page.locator("[data-strip]").nth(1)).toContainText("→ forget gate");
	await scope.open({ preset: "lstm-through-time", gran: "term", at: "i1.forward.lstm1.t3.2.9" });
	await expect(crumb).toHaveText("Cell state");
});
