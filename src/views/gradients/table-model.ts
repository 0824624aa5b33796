import { referencesOf } from "../../engine/evaluate.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import { expand, shownDivisor } from "../../explain/expand.ts";
import type { View } from "../../store/view.ts";
import { type Element, elementAt, type GradientRow, largestFirst, shareOf } from "./model.ts";

/** The outer-product table of one sample: what came in along the top, what comes back along the side. */
export interface OuterTable {
	readonly columns: readonly TableColumn[];
	readonly rows: readonly TableRow[];
	readonly allColumns: number;
	readonly allRows: number;
	/** Largest |a| and largest |a·δ| over the batch: the cells' scales, fixed for the iteration. */
	readonly inputMaximum: number;
	readonly shareMaximum: number;
}

export interface TableColumn {
	/** The input's number from 0; null: the bias column, where a is 1. */
	readonly column: number | null;
	/** What came in, for the sample in front. */
	readonly input: ScalarReference | null;
}

export interface TableRow {
	readonly row: number;
	readonly delta: ScalarReference;
	readonly cells: readonly Element[];
}

type Top = Extract<ScalarReference, { readonly kind: "top" }>;

function factorsOf(view: View, { group }: GradientRow, element: Element, sample: number) {
	const expression = expand(view.explain, shareOf(view, group, element, sample));
	const tops = (expression === null ? [] : referencesOf(expression)).filter(
		(reference): reference is Top => reference.kind === "top",
	);
	return { input: tops.find(({ side }) => side === "data"), delta: tops.find(({ side }) => side === "diff") };
}

/** A window of `fit` numbers out of `count` that holds `at`. */
export function windowAround(at: number, count: number, fit: number): readonly number[] {
	const first = Math.max(0, Math.min(at - Math.floor(fit / 2), count - fit));
	return Array.from({ length: Math.min(fit, count) }, (_, place) => first + place);
}

/**
 * The table's window that fits: rows about the unit in focus; of many inputs those with the largest gradients of its
 * row. Null where the layer is no plain product of inputs and error terms.
 */
export function outerTable(
	view: View,
	row: GradientRow,
	fit: { readonly columns: number; readonly rows: number },
): OuterTable | null {
	const { group, elements } = row;
	if (group.head.definition.picture !== "dense") return null;
	const { parameters, settings } = group.head.run;
	const [weight, bias] = parameters;
	const outputs = Number(settings.num_output);
	const inputs = weight.count / outputs;
	const transposed = settings.transpose === true;
	const weightAt = (output: number, input: number) =>
		elementAt(view, group, 0, transposed ? input * outputs + output : output * inputs + input);
	const room = Math.max(1, fit.columns - (bias === undefined ? 0 : 1));
	const own = elements.filter(({ column, slot }) => column !== null && slot === 0);
	const shown =
		inputs <= room
			? Array.from({ length: inputs }, (_, input) => input)
			: transposed
				? windowAround(row.unit, inputs, room)
				: largestFirst(view, own)
						.slice(0, room)
						.map(({ column }) => column ?? 0)
						.toSorted((a, b) => a - b);
	const focusRow = transposed ? 0 : row.unit;
	const rows = windowAround(focusRow, outputs, fit.rows);
	const columns = shown.map(
		(input): TableColumn => ({
			column: input,
			input: factorsOf(view, row, weightAt(focusRow, input), view.sample).input ?? null,
		}),
	);
	return {
		columns: bias === undefined ? columns : [...columns, { column: null, input: null }],
		rows: rows.flatMap((output): TableRow[] => {
			const { delta } = factorsOf(view, row, weightAt(output, shown[0]), view.sample);
			if (delta === undefined) return [];
			const cells = shown.map((input) => weightAt(output, input));
			return [
				{ row: output, delta, cells: bias === undefined ? cells : [...cells, elementAt(view, group, 1, output)] },
			];
		}),
		allColumns: inputs,
		allRows: outputs,
		...maxima(view, row, shareOf(view, group, weightAt(0, 0), 0)),
	};
}

/** |a·δ| is largest where both factors are, sample by sample. */
function maxima(view: View, { group }: GradientRow, share: ScalarReference) {
	const divisor = shownDivisor(view.explain, share);
	const { layers } = view.trace.passes[view.pass];
	const [source] = group.head.sources;
	const inputs = layers[source.layer].tops[source.slot].data;
	const deltas = layers[group.head.index].tops[group.slot].diff ?? new Float64Array(0);
	const largest = (values: Float64Array, sample: number) => {
		const each = values.length / group.samples;
		let maximum = 0;
		for (let place = sample * each; place < (sample + 1) * each; place++) {
			const size = Math.abs(values[place]);
			if (Number.isFinite(size)) maximum = Math.max(maximum, size);
		}
		return maximum;
	};
	let inputMaximum = 1;
	let shareMaximum = 0;
	for (let sample = 0; sample < group.samples; sample++) {
		const input = largest(inputs, sample);
		inputMaximum = Math.max(inputMaximum, input);
		shareMaximum = Math.max(shareMaximum, (Math.max(1, input) * largest(deltas, sample)) / divisor);
	}
	return { inputMaximum, shareMaximum: shareMaximum === 0 ? 1 : shareMaximum };
}
