import { traceArray } from "../../engine/read-trace.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import type { IterationTrace } from "../../engine/trace.ts";
import { type ExplainContext, shownDivisor, shownValue } from "../../explain/expand.ts";
import type { ExportSource } from "./source.ts";

type Element = Extract<ScalarReference, { readonly kind: "top" | "internal" | "parameter" }>;

/** One recorded array as the notation has it. */
export interface Column {
	/** Any of its elements. */
	readonly of: Element;
	/** Null where none is recorded under this name. */
	readonly values: Float64Array | null;
	readonly divisor: number;
}

export interface ShownReader {
	/** What the notation shows for a scalar. */
	shown(reference: ScalarReference): number;
	columnOf(reference: Element): Column;
}

/** So many arrays are kept at hand: those that one layer's formulas are about. */
const AT_HAND = 8;

function sameColumn(a: Element, b: Element): boolean {
	if (a.layer !== b.layer || a.iteration !== b.iteration) return false;
	switch (a.kind) {
		case "parameter":
			return b.kind === "parameter" && a.moment === b.moment && a.slot === b.slot;
		case "top":
			return b.kind === "top" && a.slot === b.slot && a.side === b.side && a.pass === b.pass;
		case "internal":
			return b.kind === "internal" && a.name === b.name && a.side === b.side && a.pass === b.pass;
	}
}

/** What the iteration before left behind is what this one found. */
function found(context: ExplainContext, trace: IterationTrace, r: Element): Float64Array | null {
	if (r.kind !== "parameter" || r.iteration !== trace.iteration - 1) return null;
	const { net } = context.structure;
	const own = trace.parameters[net.layer(r.layer).parameters[r.slot]?.learnable ?? -1];
	if (r.moment === "after") return own?.before ?? null;
	if (r.moment === "history") return own?.historyBefore[0] ?? null;
	return r.moment === "history2" ? (own?.historyBefore[1] ?? null) : null;
}

/**
 * Reads millions of numbers of an iteration: which array a scalar stands in and what the notation divides it by is looked
 * up once an array, not once a number.
 */
export function createShownReader({ trace, explain }: ExportSource): ShownReader {
	let atHand: Column[] = [];

	function columnOf(r: Element): Column {
		for (const column of atHand) if (sameColumn(column.of, r)) return column;
		const values = traceArray(explain.structure.net, trace, r) ?? found(explain, trace, r);
		const column = { of: r, values, divisor: shownDivisor(explain, r) };
		if (atHand.length === AT_HAND) atHand = [];
		atHand.push(column);
		return column;
	}

	return {
		columnOf,
		shown(r) {
			if (r.kind !== "top" && r.kind !== "parameter" && r.kind !== "internal") return shownValue(explain, r);
			const { values, divisor } = columnOf(r);
			return values === null ? shownValue(explain, r) : values[r.index] / divisor;
		},
	};
}
