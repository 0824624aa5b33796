import type { LayerPasses, LayerRun } from "../layer.ts";
import {
	countedOf,
	endOf,
	type PoolingAxes,
	type PoolingAxis,
	type PoolingSettings,
	poolingAxes,
	startOf,
} from "./pooling-geometry.ts";

/** The winner of a window with nothing under it. */
export const NOTHING = -1;
/** What Caffe's maximum of nothing is: the smallest float. */
export const EMPTY_MAXIMUM = -(2 - 2 ** -23) * 2 ** 127;

type Run = LayerRun<PoolingSettings>;

/** Per window along one axis: what lies under it, and what an average counts. */
interface AxisTable {
	readonly starts: Int32Array;
	readonly ends: Int32Array;
	readonly counted: Int32Array;
}

function tableOf(axis: PoolingAxis): AxisTable {
	const table = (of: (axis: PoolingAxis, out: number) => number) =>
		Int32Array.from({ length: axis.out }, (_, out) => of(axis, out));
	return { starts: table(startOf), ends: table(endOf), counted: table(countedOf) };
}

/** The first largest of a window, where comparing with the first alone would keep what is no number. */
function largestNumber(data: Float64Array, first: number, rows: number, columns: number, width: number): number {
	let best = -Number.MAX_VALUE;
	let winner = first;
	for (let row = 0; row < rows; row++) {
		for (let i = first + row * width; i < first + row * width + columns; i++) {
			if (data[i] > best) {
				best = data[i];
				winner = i;
			}
		}
	}
	return winner;
}

function maximumPasses(run: Run, { height, width }: PoolingAxes): LayerPasses {
	const [{ data, diff }] = run.bottoms;
	const [{ data: top, diff: topDiff }, mask] = run.tops;
	const { starts: firstRows, ends: endRows } = tableOf(height);
	const { starts: firsts, ends } = tableOf(width);
	const plane = height.size * width.size;
	const windows = height.out * width.out;
	/** The winner of each window: its place in the plane. */
	const winners = new Int32Array(run.tops[0].count);
	return {
		forward() {
			let at = 0;
			for (let start = 0; start < data.length; start += plane) {
				for (let y = 0; y < firstRows.length; y++) {
					const rows = endRows[y] - firstRows[y];
					const row = start + firstRows[y] * width.size;
					for (let x = 0; x < firsts.length; x++) {
						const columns = ends[x] - firsts[x];
						// A stride longer than the kernel can leave a last window with nothing under it.
						if (rows <= 0 || columns <= 0) {
							top[at] = EMPTY_MAXIMUM;
							winners[at++] = NOTHING;
							continue;
						}
						const first = (row + firsts[x]) | 0;
						let winner = first;
						for (let h = 0; h < rows; h++) {
							const from = (first + Math.imul(h, width.size)) | 0;
							const end = (from + columns) | 0;
							for (let i = from; i < end; i = (i + 1) | 0) {
								// No branch: who wins cannot be foretold.
								winner = (winner + Math.imul(Number(data[i] > data[winner]), (i - winner) | 0)) | 0;
							}
						}
						// What is no number beats nothing, and must not vanish.
						if (Number.isNaN(data[winner])) winner = largestNumber(data, first, rows, columns, width.size);
						top[at] = data[winner];
						winners[at++] = winner - start;
					}
				}
			}
			mask?.data.set(winners);
		},
		backward() {
			diff.fill(0);
			for (let start = 0, at = 0; start < diff.length; start += plane) {
				for (const end = at + windows; at < end; at++) {
					if (winners[at] !== NOTHING) diff[start + winners[at]] += topDiff[at];
				}
			}
		},
	};
}

function averagePasses(run: Run, { height, width }: PoolingAxes): LayerPasses {
	const [{ data, diff }] = run.bottoms;
	const [{ data: top, diff: topDiff }] = run.tops;
	const rows = tableOf(height);
	const columns = tableOf(width);
	const plane = height.size * width.size;
	return {
		forward() {
			let at = 0;
			for (let start = 0; start < data.length; start += plane) {
				for (let y = 0; y < height.out; y++) {
					for (let x = 0; x < width.out; x++) {
						let total = 0;
						for (let h = rows.starts[y]; h < rows.ends[y]; h++) {
							const row = start + h * width.size;
							for (let w = columns.starts[x]; w < columns.ends[x]; w++) total += data[row + w];
						}
						top[at++] = total / (rows.counted[y] * columns.counted[x]);
					}
				}
			}
		},
		backward() {
			diff.fill(0);
			let at = 0;
			for (let start = 0; start < diff.length; start += plane) {
				for (let y = 0; y < height.out; y++) {
					for (let x = 0; x < width.out; x++) {
						const share = topDiff[at++] / (rows.counted[y] * columns.counted[x]);
						for (let h = rows.starts[y]; h < rows.ends[y]; h++) {
							const row = start + h * width.size;
							for (let w = columns.starts[x]; w < columns.ends[x]; w++) diff[row + w] += share;
						}
					}
				}
			}
		},
	};
}

const nothing = () => {};

/** Both passes of a pooling layer over tables that are made once for a net. */
export function poolingPasses(run: Run): LayerPasses {
	const axes = poolingAxes(run.settings, run.bottoms[0].shape);
	const { forward, backward } = run.settings.pool === "MAX" ? maximumPasses(run, axes) : averagePasses(run, axes);
	return { forward, backward: run.bottomNeedsDiff[0] ? backward : nothing };
}
