import { DEPTHS, type Depth, differences, expect, NumberCheck, type Scope, test } from "./page.ts";
import { DenseReference } from "./reference/dense-net.ts";
import { referenceProblems } from "./reference/presets.ts";

const SMALL = [
	"worked-example",
	"xor",
	"symmetry",
	"saturated",
	"dead-relu",
	"rate-too-large",
	"disagreement",
	"vanishing",
];

// What moves has specs of its own; here every step cuts.
test.use({ contextOptions: { reducedMotion: "reduce" } });

const iterationOf = (address: string) => Number(/^i(\d+)/.exec(address)?.[1]);

/** Steps through iteration 1 by → and back by ←; on the way back everything reads as it did on the way there. */
async function walk(scope: Scope, check: NumberCheck): Promise<number> {
	const seen = new Map<string, string>();
	const read = async () => {
		const address = await scope.address();
		expect(check.problems(await scope.numbers()), `at ${address}`).toEqual([]);
		return scope.texts();
	};
	const order = [await scope.address()];
	seen.set(order[0], await read());
	for (;;) {
		const address = await scope.step("ArrowRight");
		if (iterationOf(address) > 1) break;
		order.push(address);
		seen.set(address, await read());
	}
	while (order.length > 0) {
		const address = await scope.step("ArrowLeft");
		expect(address).toBe(order.pop());
		expect(differences(seen.get(address) ?? "", await read()), `back at ${address}`).toEqual([]);
		if (order.length === 1) break;
	}
	return seen.size;
}

for (const preset of SMALL) {
	for (const depth of DEPTHS) {
		test(`${preset}, one iteration by ${depth}, there and back`, async ({ scope }) => {
			test.slow();
			const reference = new DenseReference(referenceProblems[preset]());
			const check = new NumberCheck((name) => reference.value(name));
			await scope.open({ preset, gran: depth });
			const places = await walk(scope, check);
			expect(places).toBeGreaterThan(leastPlaces(depth));
			expect(check.count).toBeGreaterThan(20);
		});
	}
}

function leastPlaces(depth: Depth): number {
	return { iteration: 1, phase: 5, layer: 8, unit: 14, term: 30 }[depth];
}
