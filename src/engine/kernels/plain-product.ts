/**
 * `out[m, n] = Σ_k a · b` (`+=` where `add`) straight from the operands, in tiles of 2 × 2: for products too small to be
 * packed. Element (m, k) of a stands at m · aStep + k · aSumStep, element (n, k) of b likewise.
 */
export function plainProduct(
	a: Float64Array,
	aStep: number,
	aSumStep: number,
	b: Float64Array,
	bStep: number,
	bSumStep: number,
	out: Float64Array,
	rows: number,
	columns: number,
	depth: number,
	add: boolean,
): void {
	const evenRows = rows & ~1;
	const evenColumns = columns & ~1;
	for (let m = 0; m < evenRows; m += 2) {
		const row = m * columns;
		for (let n = 0; n < evenColumns; n += 2) {
			let p = m * aStep;
			let q = n * bStep;
			let t00 = 0;
			let t01 = 0;
			let t10 = 0;
			let t11 = 0;
			for (let k = 0; k < depth; k++) {
				const a0 = a[p];
				const a1 = a[p + aStep];
				const b0 = b[q];
				const b1 = b[q + bStep];
				t00 += a0 * b0;
				t01 += a0 * b1;
				t10 += a1 * b0;
				t11 += a1 * b1;
				p += aSumStep;
				q += bSumStep;
			}
			const at = row + n;
			if (add) {
				out[at] += t00;
				out[at + 1] += t01;
				out[at + columns] += t10;
				out[at + columns + 1] += t11;
			} else {
				out[at] = t00;
				out[at + 1] = t01;
				out[at + columns] = t10;
				out[at + columns + 1] = t11;
			}
		}
	}
	if (rows > evenRows)
		lastRow(a, evenRows * aStep, aSumStep, b, bStep, bSumStep, out, evenRows * columns, columns, depth, add);
	if (columns === evenColumns) return;
	for (let m = 0; m < evenRows; m++) {
		let p = m * aStep;
		let q = evenColumns * bStep;
		let total = 0;
		for (let k = 0; k < depth; k++) {
			total += a[p] * b[q];
			p += aSumStep;
			q += bSumStep;
		}
		const at = m * columns + evenColumns;
		out[at] = add ? out[at] + total : total;
	}
}

/** One row, four columns at a time. */
function lastRow(
	a: Float64Array,
	first: number,
	aSumStep: number,
	b: Float64Array,
	bStep: number,
	bSumStep: number,
	out: Float64Array,
	row: number,
	columns: number,
	depth: number,
	add: boolean,
): void {
	const whole = columns & ~3;
	for (let n = 0; n < whole; n += 4) {
		let p = first;
		let q = n * bStep;
		let t0 = 0;
		let t1 = 0;
		let t2 = 0;
		let t3 = 0;
		for (let k = 0; k < depth; k++) {
			const factor = a[p];
			t0 += factor * b[q];
			t1 += factor * b[q + bStep];
			t2 += factor * b[q + 2 * bStep];
			t3 += factor * b[q + 3 * bStep];
			p += aSumStep;
			q += bSumStep;
		}
		const at = row + n;
		out[at] = add ? out[at] + t0 : t0;
		out[at + 1] = add ? out[at + 1] + t1 : t1;
		out[at + 2] = add ? out[at + 2] + t2 : t2;
		out[at + 3] = add ? out[at + 3] + t3 : t3;
	}
	for (let n = whole; n < columns; n++) {
		let p = first;
		let q = n * bStep;
		let total = 0;
		for (let k = 0; k < depth; k++) {
			total += a[p] * b[q];
			p += aSumStep;
			q += bSumStep;
		}
		out[row + n] = add ? out[row + n] + total : total;
	}
}
