/** `out[m, n] += Σ_k a[m, k] · b[n, k]`; the sum over ascending k is added as a whole. */
export function addMultiplyTransposed(
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
			out[m * columns + n] += total;
		}
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
