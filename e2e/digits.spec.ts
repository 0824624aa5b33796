import { differences, expect, NumberCheck, test } from "./page.ts";
import { DenseReference } from "./reference/dense-net.ts";
import { Mersenne } from "./reference/mersenne.ts";
import { referenceProblems } from "./reference/presets.ts";

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Stage groups of the digits net with their units; of each the first, the middle and the last are stepped through. */
const GROUPS = {
	"forward.hidden": 16,
	"forward.output": 10,
	"loss.loss": 11,
	"backward.output": 10,
	"backward.hidden": 16,
	"gradients.output": 10,
	"gradients.hidden": 16,
	"solver.hidden~0": 16,
	"solver.output~0": 10,
};

const JUMPS = 200;
const SHARDS = 4;

const newCheck = () => {
	const reference = new DenseReference(referenceProblems.digits());
	return new NumberCheck((name) => reference.value(name));
};

for (const [group, units] of Object.entries(GROUPS)) {
	test(`${group}: the first, middle and last unit, term by term and back`, async ({ scope }) => {
		test.slow();
		const check = newCheck();
		await scope.open({ preset: "digits", gran: "term" });
		for (const unit of [1, Math.ceil(units / 2), units]) {
			await scope.goTo(`i1.${group}.${unit}`);
			const seen: string[] = [];
			const places: string[] = [];
			for (let step = 0; step < 3; step++) {
				expect(check.problems(await scope.numbers()), await scope.address()).toEqual([]);
				places.push(await scope.address());
				seen.push(await scope.texts());
				await scope.step("ArrowLeft");
			}
			for (let step = 2; step >= 0; step--) {
				expect(await scope.step("ArrowRight")).toBe(places[step]);
				expect(differences(seen[step], await scope.texts())).toEqual([]);
			}
		}
		expect(check.count).toBeGreaterThan(50);
	});
}

for (let shard = 0; shard < SHARDS; shard++) {
	test(`jumps to any stage, part ${shard + 1} of ${SHARDS}`, async ({ scope, page }) => {
		test.slow();
		const check = newCheck();
		const random = new Mersenne(shard + 1);
		await scope.open({ preset: "digits", gran: "term" });
		const slider = page.getByRole("slider", { name: "Place in the iteration" });
		const stages = Number(await slider.getAttribute("max"));
		expect(stages).toBeGreaterThan(3000);
		for (let jump = 0; jump < JUMPS / SHARDS; jump++) {
			const stage = 1 + Math.floor(random.uniform() * stages);
			await scope.goTo(String(stage));
			await expect(slider).toHaveValue(String(stage));
			expect(check.problems(await scope.numbers()), await scope.address()).toEqual([]);
		}
	});
}

test("every layer and phase of a digits iteration, and iterations apart", async ({ scope, page }) => {
	test.slow();
	const check = newCheck();
	for (const gran of ["layer", "phase", "iteration"]) {
		await scope.open({ preset: "digits", gran });
		for (let address = ""; !address.startsWith("i2"); address = await scope.step()) {
			expect(check.problems(await scope.numbers()), `${gran} ${address}`).toEqual([]);
		}
	}
	await page.getByRole("textbox", { name: "Go to iteration" }).fill("65");
	await page.keyboard.press("Enter");
	await expect(page.locator("#root")).toHaveAttribute("data-cursor", "i65.forward.data.1.1");
	expect(check.problems(await scope.numbers())).toEqual([]);
});
