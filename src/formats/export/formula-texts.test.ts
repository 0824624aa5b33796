import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { presets } from "../../data/presets/index.ts";
import { evaluate } from "../../engine/evaluate.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import { expand, shownValue } from "../../explain/expand.ts";

import { formatNumber } from "../../explain/number-text.ts";
import { plainLine, plainText } from "../../explain/plain-line.ts";
import { createFormulaTexts } from "./formula-texts.ts";
import { sortedInParts } from "./line-order.ts";
import { iterationScalars } from "./scalars.ts";
import { createShownReader } from "./shown-reader.ts";
import type { ExportSource } from "./source.ts";
import { iterationOf, presetOptions } from "./testing/iterations.ts";
import { solverChanges } from "./testing/scripts.ts";
import { sourceOf } from "./testing/sources.ts";

const NOTATIONS = ["ufldl", "caffe", "pytorch"] as const;
const format = { digits: 4 };
const more = (count: number) => `and ${count} more`;

/** A formula as the page prints it, by itself. */
function printedAlone({ explain }: ExportSource, reference: ScalarReference): string {
	const shown = (r: ScalarReference) => shownValue(explain, r);
	const expression = expand(explain, reference);
	if (expression === null) return "";
	const pieces = plainLine(expression, {
		sign: (part) => Math.sign(evaluate(part, shown)),
		size: (part) => Math.abs(evaluate(part, shown)),
	});
	return plainText(pieces, {
		number: ({ subject }) =>
			formatNumber(subject.kind === "derived" ? evaluate(subject.expression, shown) : shown(subject), format),
		constant: (value) => formatNumber(value, format),
		more,
	});
}

function differences(source: ExportSource): readonly string[] {
	const reader = createShownReader(source);
	const write = createFormulaTexts(source, reader, format, more);
	return iterationScalars(source.trace, source.explain.structure).flatMap((reference) => {
		const alone = printedAlone(source, reference);
		const together = write(reference);
		const same = Object.is(reader.shown(reference), shownValue(source.explain, reference));
		return same && alone === together ? [] : [`${JSON.stringify(reference)}: ${together} for ${alone}`];
	});
}

describe("formulas of a whole iteration", () => {
	it("are those that are printed one by one, in every notation and with every solver", async () => {
		const xor = presets.find(({ id }) => id === "xor") ?? presets[0];
		for (const change of [{}, ...Object.values(solverChanges)]) {
			const iteration = iterationOf(await presetOptions(xor, change), 2);
			for (const notation of NOTATIONS) expect(differences(sourceOf(iteration, notation))).toEqual([]);
		}
	});

	it("are so in long sums, through time and where layers have no weights", async () => {
		for (const id of ["saturated", "dead-relu", "disagreement", "lstm"]) {
			const preset = presets.find((candidate) => candidate.id === id) ?? presets[0];
			expect(differences(sourceOf(iterationOf(await presetOptions(preset), 2)))).toEqual([]);
		}
	});
});

describe("sorting in parts", () => {
	it("sorts any list, long or short", () => {
		const sorted = (keys: Float64Array) => {
			const sorting = sortedInParts(keys);
			for (;;) {
				const step = sorting.next();
				if (step.done) return step.value;
			}
		};
		fc.assert(
			fc.property(fc.nat({ max: 5 }), fc.nat({ max: 70_000 }), fc.nat(), (runs, rest, seed) => {
				const keys = Float64Array.from({ length: (runs >> 1) * 32_768 + rest }, (_, k) => (k * 7919 + seed) % 10_007);
				expect(sorted(keys.slice())).toEqual(keys.toSorted());
			}),
			{ numRuns: 8 },
		);
	});
});
