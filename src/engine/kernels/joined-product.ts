import { canHold, held0, held1, held2, heldSize, hold, packed0, packed1, packRows } from "./held-product.ts";

/**
 * Two products at once in tiles of 2 × 3 sums: what a recurrent layer's inputs give at a time step, with the bias, and
 * on it what its kept state gives. A tile's sums of the first need not be read again for the second.
 *
 * Each sum runs over ascending k.
 */
const ROWS = 2;
const COLUMNS = 3;

/** A weight `[columns, depth]` and what it meets at every time step, `[times, rows, depth]`. */
export interface JoinedFactor {
	readonly values: Float64Array;
	readonly weight: Float64Array;
	readonly depth: number;
}

/** `sums[t] = first + bias`, `total[t] = sums[t] + second`, both `[times, rows, columns]`. */
export interface JoinedProduct {
	/** Once a pass: weights may have changed, and other products hold theirs in the same place. */
	begin(): void;
	step(t: number): void;
	/** The first step, where the second's values are 0 and its weight is finite: its products would change no bit. */
	stepFromZeros(): void;
}

/** Null where the buffers cannot hold both weights. */
export function joinedProduct(
	first: JoinedFactor,
	bias: Float64Array,
	second: JoinedFactor,
	sums: Float64Array,
	total: Float64Array,
	rows: number,
	columns: number,
): JoinedProduct | null {
	const depth = first.depth | 0;
	const secondDepth = second.depth | 0;
	// One term more than the two sums have: the bias.
	if (!canHold(rows, columns, depth + secondDepth + 1)) return null;
	const secondHeld = heldSize(columns, depth);
	const biasHeld = secondHeld + heldSize(columns, secondDepth);
	const secondPacked = Math.ceil(rows / ROWS) * depth;
	function allTiles(t: number, secondTerms: number): void {
		const from = (t * rows * columns) | 0;
		let panel = 0;
		for (let column = 0; column < columns; column = (column + COLUMNS) | 0) {
			// Rows and columns that are none are held as the last once more: they go where that goes.
			const last = Math.min(COLUMNS, columns - column) - 1;
			for (let row = 0, pair = 0; row < rows; row = (row + ROWS) | 0, pair = (pair + 1) | 0) {
				tile(
					pair * depth,
					panel * depth,
					depth,
					secondPacked + pair * secondDepth,
					secondHeld + panel * secondDepth,
					secondTerms,
					biasHeld + panel,
					sums,
					total,
					from + row * columns + column,
					row + 1 < rows ? columns : 0,
					last,
				);
			}
			panel = (panel + 1) | 0;
		}
	}

	return {
		begin() {
			hold(first.weight, depth, 1, columns, depth, 0);
			hold(second.weight, secondDepth, 1, columns, secondDepth, secondHeld);
			hold(bias, 1, 1, columns, 1, biasHeld);
		},
		step(t) {
			packRows(first.values, t * rows * depth, depth, 1, rows, depth, 0);
			packRows(second.values, t * rows * secondDepth, secondDepth, 1, rows, secondDepth, secondPacked);
			allTiles(t, secondDepth);
		},
		stepFromZeros() {
			packRows(first.values, 0, depth, 1, rows, depth, 0);
			allTiles(0, 0);
		},
	};
}

function tile(
	packedAt: number,
	heldAt: number,
	depth: number,
	secondPackedAt: number,
	secondHeldAt: number,
	secondDepth: number,
	biasAt: number,
	sums: Float64Array,
	total: Float64Array,
	at: number,
	rowStep: number,
	lastColumn: number,
): void {
	let t00 = 0;
	let t01 = 0;
	let t02 = 0;
	let t10 = 0;
	let t11 = 0;
	let t12 = 0;
	let p = packedAt | 0;
	let q = heldAt | 0;
	const end = (q + depth) | 0;
	while (q < end) {
		const a0 = packed0[p];
		const a1 = packed1[p];
		const b0 = held0[q];
		const b1 = held1[q];
		const b2 = held2[q];
		t00 += a0 * b0;
		t10 += a1 * b0;
		t01 += a0 * b1;
		t11 += a1 * b1;
		t02 += a0 * b2;
		t12 += a1 * b2;
		p = (p + 1) | 0;
		q = (q + 1) | 0;
	}
	const at1 = (at + Math.min(1, lastColumn)) | 0;
	const at2 = (at + lastColumn) | 0;
	const bias0 = held0[biasAt];
	const bias1 = held1[biasAt];
	const bias2 = held2[biasAt];
	t00 += bias0;
	t01 += bias1;
	t02 += bias2;
	t10 += bias0;
	t11 += bias1;
	t12 += bias2;
	sums[at] = t00;
	sums[at1] = t01;
	sums[at2] = t02;
	sums[(at + rowStep) | 0] = t10;
	sums[(at1 + rowStep) | 0] = t11;
	sums[(at2 + rowStep) | 0] = t12;
	let u00 = 0;
	let u01 = 0;
	let u02 = 0;
	let u10 = 0;
	let u11 = 0;
	let u12 = 0;
	p = secondPackedAt | 0;
	q = secondHeldAt | 0;
	const secondEnd = (q + secondDepth) | 0;
	while (q < secondEnd) {
		const a0 = packed0[p];
		const a1 = packed1[p];
		const b0 = held0[q];
		const b1 = held1[q];
		const b2 = held2[q];
		u00 += a0 * b0;
		u10 += a1 * b0;
		u01 += a0 * b1;
		u11 += a1 * b1;
		u02 += a0 * b2;
		u12 += a1 * b2;
		p = (p + 1) | 0;
		q = (q + 1) | 0;
	}
	total[at] = t00 + u00;
	total[at1] = t01 + u01;
	total[at2] = t02 + u02;
	total[(at + rowStep) | 0] = t10 + u10;
	total[(at1 + rowStep) | 0] = t11 + u11;
	total[(at2 + rowStep) | 0] = t12 + u12;
}
