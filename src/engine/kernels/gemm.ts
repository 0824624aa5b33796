import { packedProduct, packsWell } from "./packed-product.ts";
import { plainProduct } from "./plain-product.ts";

/**
 * Dense products over row-major buffers. Every sum runs over ascending k from 0, in one accumulator, so that an
 * explanation's left-to-right sum gives the same bits: whatever is tiled, packed or blocked, this order is not.
 */

/** `out[m, n] = Σ_k a[m, k] · b[n, k] (+ biases[n])`, the forward of InnerProduct. */
export function multiplyTransposed(
	a: Float64Array,
	b: Float64Array,
	out: Float64Array,
	rows: number,
	columns: number,
	depth: number,
	biases: Float64Array | null = null,
): void {
	if (packsWell(rows, columns, depth)) {
		packedProduct(a, depth, 1, b, depth, 1, out, rows, columns, depth, false, biases);
		return;
	}
	plainProduct(a, depth, 1, b, depth, 1, out, rows, columns, depth, false);
	if (biases !== null) addToRows(biases, out, rows, columns);
}

/** `out[m, n] = Σ_k a[m, k] · b[k, n]`, the pull-back of InnerProduct. */
export function multiply(
	a: Float64Array,
	b: Float64Array,
	out: Float64Array,
	rows: number,
	columns: number,
	depth: number,
): void {
	if (packsWell(rows, columns, depth)) packedProduct(a, depth, 1, b, 1, columns, out, rows, columns, depth, false);
	else plainProduct(a, depth, 1, b, 1, columns, out, rows, columns, depth, false);
}

/** `out[m, n] += Σ_k a[m, k] · b[n, k]`; the sum is added as a whole. */
export function addMultiplyTransposed(
	a: Float64Array,
	b: Float64Array,
	out: Float64Array,
	rows: number,
	columns: number,
	depth: number,
): void {
	if (packsWell(rows, columns, depth)) packedProduct(a, depth, 1, b, depth, 1, out, rows, columns, depth, true);
	else plainProduct(a, depth, 1, b, depth, 1, out, rows, columns, depth, true);
}

/** `out[n, k] += Σ_m a[m, n] · b[m, k]`: the outer products summed over the batch, then added. */
export function addOuterProducts(
	a: Float64Array,
	b: Float64Array,
	out: Float64Array,
	rows: number,
	columns: number,
	depth: number,
): void {
	if (packsWell(columns, depth, rows)) packedProduct(a, 1, columns, b, 1, depth, out, columns, depth, rows, true);
	else plainProduct(a, 1, columns, b, 1, depth, out, columns, depth, rows, true);
}

/** `out[n] += Σ_m a[m, n]`, four columns at once. */
export function addColumnSums(a: Float64Array, out: Float64Array, rows: number, columns: number): void {
	const end = rows * columns;
	const whole = columns & ~3;
	for (let n = 0; n < whole; n += 4) {
		let t0 = 0;
		let t1 = 0;
		let t2 = 0;
		let t3 = 0;
		for (let at = n; at < end; at += columns) {
			t0 += a[at];
			t1 += a[at + 1];
			t2 += a[at + 2];
			t3 += a[at + 3];
		}
		out[n] += t0;
		out[n + 1] += t1;
		out[n + 2] += t2;
		out[n + 3] += t3;
	}
	for (let n = whole; n < columns; n++) {
		let total = 0;
		for (let at = n; at < end; at += columns) total += a[at];
		out[n] += total;
	}
}

/** `out[m] += Σ_k a[m, k]`. */
export function addRowSums(a: Float64Array, out: Float64Array, rows: number, depth: number): void {
	for (let m = 0; m < rows; m++) {
		let total = 0;
		for (let k = 0; k < depth; k++) total += a[m * depth + k];
		out[m] += total;
	}
}

/** `out[m, n] += bias[n]`, four columns at once. */
export function addToRows(bias: Float64Array, out: Float64Array, rows: number, columns: number): void {
	const end = rows * columns;
	const whole = columns & ~3;
	for (let n = 0; n < whole; n += 4) {
		const b0 = bias[n];
		const b1 = bias[n + 1];
		const b2 = bias[n + 2];
		const b3 = bias[n + 3];
		for (let at = n; at < end; at += columns) {
			out[at] += b0;
			out[at + 1] += b1;
			out[at + 2] += b2;
			out[at + 3] += b3;
		}
	}
	for (let n = whole; n < columns; n++) {
		const own = bias[n];
		for (let at = n; at < end; at += columns) out[at] += own;
	}
}
