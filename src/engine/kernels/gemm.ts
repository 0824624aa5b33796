/**
 * Dense products over row-major buffers. Every sum runs over ascending k from 0, in one accumulator, so that an
 * explanation's left-to-right sum gives the same bits.
 */

/** `out[m, n] = Σ_k a[m, k] · b[n, k]`, the forward of InnerProduct. */
export function multiplyTransposed(
	a: Float64Array,
	b: Float64Array,
	out: Float64Array,
	rows: number,
	columns: number,
	depth: number,
): void {
	for (let m = 0; m < rows; m++) {
		const aRow = m * depth;
		for (let n = 0; n < columns; n++) {
			const bRow = n * depth;
			let total = 0;
			for (let k = 0; k < depth; k++) total += a[aRow + k] * b[bRow + k];
			out[m * columns + n] = total;
		}
	}
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
	out.fill(0, 0, rows * columns);
	for (let m = 0; m < rows; m++) {
		const outRow = m * columns;
		for (let k = 0; k < depth; k++) {
			const factor = a[m * depth + k];
			const bRow = k * columns;
			for (let n = 0; n < columns; n++) out[outRow + n] += factor * b[bRow + n];
		}
	}
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
	for (let n = 0; n < columns; n++) {
		for (let k = 0; k < depth; k++) {
			let total = 0;
			for (let m = 0; m < rows; m++) total += a[m * columns + n] * b[m * depth + k];
			out[n * depth + k] += total;
		}
	}
}

/** `out[n] += Σ_m a[m, n]`. */
export function addColumnSums(a: Float64Array, out: Float64Array, rows: number, columns: number): void {
	for (let n = 0; n < columns; n++) {
		let total = 0;
		for (let m = 0; m < rows; m++) total += a[m * columns + n];
		out[n] += total;
	}
}
