import { sin } from "../../engine/numerics/sin-cos.ts";
import type { NamedDataSet } from "../preset.ts";

/** Points of one period. */
const PERIOD = 20;
const sine = (step: number) => 0.8 * sin((2 * Math.PI * step) / PERIOD);

function named(
	id: string,
	samples: number,
	shapes: readonly [number[], number[], number[]],
	rows: readonly (readonly [number[], number[], number[]])[],
): NamedDataSet {
	const blob = (place: 0 | 1 | 2) => ({
		sampleShape: shapes[place],
		values: Float64Array.from(rows.flatMap((row) => row[place])),
	});
	return {
		id,
		source: { samples, blobs: { x: blob(0), cont: blob(1), label: blob(2) } },
		card: { kind: "numbers" },
		origin: { source: "a sine, 20 points a period", licence: "CC0" },
	};
}

/** Ten points of a sine at once, and the next one as target: one time step, nothing to go back through. */
export function sineWindows(): NamedDataSet {
	const width = 10;
	const rows = Array.from({ length: PERIOD }, (_, start): readonly [number[], number[], number[]] => [
		Array.from({ length: width }, (_point, k) => sine(start + k)),
		[0],
		[sine(start + width)],
	]);
	return named("sine-windows", rows.length, [[1, width, 1], [1], [1, 1]], rows);
}

/** The same ten points one after the other, each with the next one as target; every tenth begins a new sequence. */
export function sineSteps(): NamedDataSet {
	const length = 10;
	const rows = Array.from({ length: PERIOD * length }, (_, row): readonly [number[], number[], number[]] => {
		const start = Math.floor(row / length);
		const step = row % length;
		return [[sine(start + step)], [step === 0 ? 0 : 1], [sine(start + step + 1)]];
	});
	return named("sine-steps", rows.length, [[1, 1], [1], [1, 1]], rows);
}
