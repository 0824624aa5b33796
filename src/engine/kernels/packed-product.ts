/**
 * Products in tiles of ROWS × COLUMNS whose sums stay in registers, over copies of the operands in one buffer of fixed
 * size and place, which spares the inner loop all looking up. A small operand is copied as it lies if a tile then finds
 * its elements side by side; else it is packed in panels, so that a tile reads them one after the other.
 *
 * Each sum runs over ascending k from 0.
 */
const ROWS = 2;
const COLUMNS = 4;

/** Numbers of either operand that are there at once. */
const SPACE_A = 32768;
const SPACE_B = 65536;

/** Where a tile leaves its sums, row by row. */
const SUMS = 0;

/**
 * A place that is written and never read. A store keeps the compiler from reading on before the sums so far are made;
 * it would hold all eight products of a step at once, and two of the sums would not stay in registers.
 */
const FENCE = SUMS + ROWS * COLUMNS;

/** What is added to the sums of a tile's columns, where they are not added to what is there. */
const BIAS = FENCE + 1;

/** Where the operands begin. */
const A = 64;
const B = A + SPACE_A;

/** A tile at the edge reads past the last row and column, and what it makes of that is dropped. */
const buffer = new Float64Array(B + SPACE_B + COLUMNS);

/** An operand of up to so many numbers is read as it lies: whatever its steps, the cache holds it. */
const SMALL = 16384;

/** Whether copying costs little beside the product, and the buffer can hold it. */
export function packsWell(rows: number, columns: number, depth: number): boolean {
	return rows >= 4 && columns >= 4 && depth >= 4 && rows * columns * depth >= 512 && depth <= SPACE_A / ROWS;
}

/** Copies `count` rows of a, from the element at `start` on, as panels of ROWS rows, the last padded with 0. */
function packA(from: Float64Array, step: number, sumStep: number, start: number, count: number, depth: number): void {
	let to = A;
	for (let panel = 0; panel < count; panel += ROWS) {
		let p0 = (start + panel * step) | 0;
		let p1 = (p0 + step) | 0;
		const end = (to + depth * ROWS) | 0;
		const isWhole = panel + 1 < count;
		while (to < end) {
			buffer[to] = from[p0];
			buffer[(to + 1) | 0] = isWhole ? from[p1] : 0;
			p0 = (p0 + sumStep) | 0;
			p1 = (p1 + sumStep) | 0;
			to = (to + ROWS) | 0;
		}
	}
}

function packAt(from: Float64Array, p0: number, p1: number, p2: number, p3: number, to: number): void {
	buffer[to] = from[p0];
	buffer[(to + 1) | 0] = from[p1];
	buffer[(to + 2) | 0] = from[p2];
	buffer[(to + 3) | 0] = from[p3];
}

/** The same of b, in panels of COLUMNS. */
function packB(from: Float64Array, step: number, sumStep: number, start: number, count: number, depth: number): void {
	let to = B;
	for (let panel = 0; panel < count; panel += COLUMNS) {
		let p0 = (start + panel * step) | 0;
		let p1 = (p0 + step) | 0;
		let p2 = (p1 + step) | 0;
		let p3 = (p2 + step) | 0;
		const end = (to + depth * COLUMNS) | 0;
		const present = count - panel;
		if (present >= COLUMNS) {
			// Two at once share what looking the operand up costs.
			for (const inPairs = (end - COLUMNS) | 0; to < inPairs; to = (to + 2 * COLUMNS) | 0) {
				packAt(from, p0, p1, p2, p3, to);
				p0 = (p0 + sumStep) | 0;
				p1 = (p1 + sumStep) | 0;
				p2 = (p2 + sumStep) | 0;
				p3 = (p3 + sumStep) | 0;
				packAt(from, p0, p1, p2, p3, (to + COLUMNS) | 0);
				p0 = (p0 + sumStep) | 0;
				p1 = (p1 + sumStep) | 0;
				p2 = (p2 + sumStep) | 0;
				p3 = (p3 + sumStep) | 0;
			}
			if (to < end) {
				packAt(from, p0, p1, p2, p3, to);
				to = end;
			}
			continue;
		}
		while (to < end) {
			buffer[to] = from[p0];
			buffer[(to + 1) | 0] = present > 1 ? from[p1] : 0;
			buffer[(to + 2) | 0] = present > 2 ? from[p2] : 0;
			buffer[(to + 3) | 0] = 0;
			p0 = (p0 + sumStep) | 0;
			p1 = (p1 + sumStep) | 0;
			p2 = (p2 + sumStep) | 0;
			to = (to + COLUMNS) | 0;
		}
	}
}

/**
 * Makes the sums of one tile. a's rows lie `aStep` apart and its steps of the sum `aSumStep`; b's columns lie side by
 * side. Nothing but the loop stands here: code optimised while it runs would be thrown away at each end of it.
 */
function tile(aAt: number, aStep: number, aSumStep: number, bAt: number, bSumStep: number, depth: number): void {
	const row = aStep | 0;
	const aNext = aSumStep | 0;
	const bNext = bSumStep | 0;
	let t00 = 0;
	let t01 = 0;
	let t02 = 0;
	let t03 = 0;
	let t10 = 0;
	let t11 = 0;
	let t12 = 0;
	let t13 = 0;
	let p = aAt | 0;
	let q = bAt | 0;
	const end = (q + depth * bNext) | 0;
	while (q < end) {
		const a0 = buffer[p];
		const a1 = buffer[(p + row) | 0];
		const b0 = buffer[q];
		const b1 = buffer[(q + 1) | 0];
		t00 += a0 * b0;
		t10 += a1 * b0;
		t01 += a0 * b1;
		t11 += a1 * b1;
		buffer[FENCE] = a0;
		const b2 = buffer[(q + 2) | 0];
		const b3 = buffer[(q + 3) | 0];
		t02 += a0 * b2;
		t12 += a1 * b2;
		t03 += a0 * b3;
		t13 += a1 * b3;
		p = (p + aNext) | 0;
		q = (q + bNext) | 0;
	}
	buffer[SUMS] = t00;
	buffer[SUMS + 1] = t01;
	buffer[SUMS + 2] = t02;
	buffer[SUMS + 3] = t03;
	buffer[SUMS + 4] = t10;
	buffer[SUMS + 5] = t11;
	buffer[SUMS + 6] = t12;
	buffer[SUMS + 7] = t13;
}

/** Half a tile, where no more than two columns are left. */
function narrowTile(aAt: number, aStep: number, aSumStep: number, bAt: number, bSumStep: number, depth: number): void {
	const row = aStep | 0;
	const aNext = aSumStep | 0;
	const bNext = bSumStep | 0;
	let t00 = 0;
	let t01 = 0;
	let t10 = 0;
	let t11 = 0;
	let p = aAt | 0;
	let q = bAt | 0;
	const end = (q + depth * bNext) | 0;
	while (q < end) {
		const a0 = buffer[p];
		const a1 = buffer[(p + row) | 0];
		const b0 = buffer[q];
		const b1 = buffer[(q + 1) | 0];
		t00 += a0 * b0;
		t10 += a1 * b0;
		t01 += a0 * b1;
		t11 += a1 * b1;
		p = (p + aNext) | 0;
		q = (q + bNext) | 0;
	}
	buffer[SUMS] = t00;
	buffer[SUMS + 1] = t01;
	buffer[SUMS + 4] = t10;
	buffer[SUMS + 5] = t11;
}

/** Brings the sums of a whole tile to where they belong. */
function put(out: Float64Array, at: number, columns: number, add: boolean): void {
	const second = (at + columns) | 0;
	if (add) {
		out[at] += buffer[SUMS];
		out[(at + 1) | 0] += buffer[SUMS + 1];
		out[(at + 2) | 0] += buffer[SUMS + 2];
		out[(at + 3) | 0] += buffer[SUMS + 3];
		out[second] += buffer[SUMS + 4];
		out[(second + 1) | 0] += buffer[SUMS + 5];
		out[(second + 2) | 0] += buffer[SUMS + 6];
		out[(second + 3) | 0] += buffer[SUMS + 7];
	} else {
		const b0 = buffer[BIAS];
		const b1 = buffer[BIAS + 1];
		const b2 = buffer[BIAS + 2];
		const b3 = buffer[BIAS + 3];
		out[at] = buffer[SUMS] + b0;
		out[(at + 1) | 0] = buffer[SUMS + 1] + b1;
		out[(at + 2) | 0] = buffer[SUMS + 2] + b2;
		out[(at + 3) | 0] = buffer[SUMS + 3] + b3;
		out[second] = buffer[SUMS + 4] + b0;
		out[(second + 1) | 0] = buffer[SUMS + 5] + b1;
		out[(second + 2) | 0] = buffer[SUMS + 6] + b2;
		out[(second + 3) | 0] = buffer[SUMS + 7] + b3;
	}
}

/** Of a tile at the edge only `height` × `width` elements exist. */
function putEdge(out: Float64Array, at: number, columns: number, add: boolean, height: number, width: number): void {
	for (let m = 0; m < height; m++) {
		for (let n = 0; n < width; n++) {
			const made = buffer[SUMS + m * COLUMNS + n];
			const to = at + m * columns + n;
			out[to] = (add ? out[to] : buffer[BIAS + n]) + made;
		}
	}
}

/** Lays down the biases of the columns from `column` on; 0, which changes no sum, where there are none. */
function takeBiases(biases: Float64Array | null, column: number, width: number): void {
	for (let n = 0; n < COLUMNS; n++) buffer[BIAS + n] = biases !== null && n < width ? biases[column + n] : 0;
}

/** As {@link plainProduct}, for sizes of which {@link packsWell} holds. Biases are added to whole sums, and only where `add` is not set. */
export function packedProduct(
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
	biases: Float64Array | null = null,
): void {
	const liesA = a.length <= SMALL;
	const liesB = b.length <= SMALL && bStep === 1;
	if (liesA) buffer.set(a, A);
	if (liesB) buffer.set(b, B);
	const blockColumns = liesB ? columns : Math.floor(SPACE_B / depth / COLUMNS) * COLUMNS;
	const blockRows = liesA ? rows : Math.floor(SPACE_A / depth / ROWS) * ROWS;
	const row = liesA ? aStep : 1;
	const aNext = liesA ? aSumStep : ROWS;
	const rowStep = liesA ? aStep : depth;
	const bNext = liesB ? bSumStep : COLUMNS;
	const columnStep = liesB ? 1 : depth;
	for (let n = 0; n < columns; n += blockColumns) {
		const ownColumns = Math.min(blockColumns, columns - n);
		if (!liesB) packB(b, bStep, bSumStep, n * bStep, ownColumns, depth);
		for (let m = 0; m < rows; m += blockRows) {
			const ownRows = Math.min(blockRows, rows - m);
			if (!liesA) packA(a, aStep, aSumStep, m * aStep, ownRows, depth);
			for (let j = 0; j < ownColumns; j += COLUMNS) {
				const width = ownColumns - j;
				const bAt = B + j * columnStep;
				if (!add) takeBiases(biases, n + j, width);
				for (let i = 0; i < ownRows; i += ROWS) {
					const height = ownRows - i;
					const at = (m + i) * columns + n + j;
					if (width > 2) tile(A + i * rowStep, row, aNext, bAt, bNext, depth);
					else narrowTile(A + i * rowStep, row, aNext, bAt, bNext, depth);
					if (width >= COLUMNS && height >= ROWS) put(out, at, columns, add);
					else putEdge(out, at, columns, add, Math.min(ROWS, height), Math.min(COLUMNS, width));
				}
			}
		}
	}
}
