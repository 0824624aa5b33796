import { expect, test } from "./page.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("a preset that could not be fetched is told, and opens where the link wants it once it can be", async ({
	scope,
	page,
	complaints,
}) => {
	let lost = true;
	// The data of this preset are a file of their own.
	await page.route(/fashion/, (route) => (lost ? route.abort() : route.continue()));
	await page.goto("/?preset=lenet&at=i1.forward.pool1.3");
	const notice = page.getByRole("status").filter({ hasText: "could not be fetched" });
	await expect(notice).toContainText("“LeNet” could not be fetched; “Worked example” is shown instead.");
	expect(await scope.address()).toMatch(/^i1\./);
	const again = notice.getByRole("button", { name: "Try again" });
	await again.click();
	await expect(again).toHaveAttribute("aria-disabled", "false");
	lost = false;
	await again.click();
	await expect(notice).toHaveCount(0);
	await expect(page.locator("#root")).toHaveAttribute("data-cursor", /^i1\.forward\.pool1\.3\./);
	// What the browser itself says of a request that was lost.
	expect(complaints.splice(0).every((said) => said.includes("net::ERR_FAILED"))).toBe(true);
});

test("the first number that is not finite stops the iteration and names itself; one step back is whole", async ({
	scope,
	page,
}) => {
	test.slow();
	await scope.open({ preset: "rate-too-large", gran: "iteration" });
	const stopped = page.locator("[data-stopped='true']");
	for (let iteration = 1; iteration < 400 && (await stopped.count()) === 0; iteration += 1) await scope.step();
	await expect(stopped).toHaveCount(1);
	const failing = await scope.address();
	const hazards = page.locator("[data-status='not-finite']");
	await expect(hazards.first()).toBeAttached();
	// The loss does not fit; nothing is shown that would be made of it.
	const shown = await hazards.evaluateAll((elements) =>
		elements.map((element) => element.getAttribute("data-ref") ?? ""),
	);
	expect(shown.filter((reference) => /diff|share|gradient|after/.test(reference))).toEqual([]);
	expect(shown.some((reference) => reference.endsWith("loss/total"))).toBe(true);
	await page.keyboard.press("ArrowRight");
	await page.keyboard.press("Space");
	expect(await scope.address()).toBe(failing);
	await expect(page.locator("#root")).toHaveAttribute("data-playing", "false");
	await expect(page.locator("[data-part='ledger']")).toContainText("What to try");
	await page.getByRole("button", { name: "One step back" }).click();
	await expect(page.locator("#root")).not.toHaveAttribute("data-cursor", failing);
	await expect(hazards).toHaveCount(0);
	expect(await scope.step()).toBe(failing);
	await page.keyboard.press("ArrowLeft");
	await expect(hazards).toHaveCount(0);
});
