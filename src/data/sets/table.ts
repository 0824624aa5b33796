import type { NamedDataSet } from "../preset.ts";

/** One sample: its inputs and its targets. */
export type Row = readonly [inputs: readonly number[], targets: readonly number[]];

/** A small data set written out row by row. */
export function table(id: string, rows: readonly Row[], source: string): NamedDataSet {
	const [[inputs, targets]] = rows;
	return {
		id,
		source: {
			samples: rows.length,
			blobs: {
				data: { sampleShape: [inputs.length], values: Float64Array.from(rows.flatMap(([x]) => x)) },
				label: { sampleShape: [targets.length], values: Float64Array.from(rows.flatMap(([, y]) => y)) },
			},
		},
		card: { kind: "numbers" },
		origin: { source, licence: "CC0" },
	};
}
