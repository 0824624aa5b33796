/**
 * Products in tiles of ROWS × COLUMNS whose sums stay in registers, over operands packed so that a tile reads them one
 * after the other. The packing buffers have a fixed size and place, which spares the inner loop all looking up.
 *
 * Each sum runs over ascending k; where the depth is cut into blocks, a tile goes on from the sum so far.
 */
const ROWS = 2;
const COLUMNS = 4;

const packedA = new Float64Array(32768);
const packedB = new Float64Array(65536);
/** What a tile at the edge made, before the part that exists is taken from it. */
const edge = new Float64Array(ROWS * COLUMNS);

/** More than this much of the sum at once would not stay in a processor's nearest cache. */
const DEPTH = 512;

/** Whether packing costs little beside the product, and the buffers can hold it. */
export function packsWell(rows: number, columns: number, depth: number): boolean {
	return rows >= 4 && columns >= 4 && depth >= 4 && rows * columns * depth >= 512 && depth <= packedA.length / ROWS;
}

/** Copies `count` rows of a, from the element at `start` on, as panels of ROWS rows, the last padded with 0. */
function packA(from: Float64Array, step: number, sumStep: number, start: number, count: number, depth: number): void {
	let to = 0;
	for (let panel = 0; panel < count; panel += ROWS) {
		let p0 = (start + panel * step) | 0;
		let p1 = (p0 + step) | 0;
		const end = (to + depth * ROWS) | 0;
		const isWhole = panel + 1 < count;
		while (to < end) {
			packedA[to] = from[p0];
			packedA[(to + 1) | 0] = isWhole ? from[p1] : 0;
			p0 = (p0 + sumStep) | 0;
			p1 = (p1 + sumStep) | 0;
			to = (to + ROWS) | 0;
		}
	}
}

/** The same of b, in panels of COLUMNS. */
function packB(from: Float64Array, step: number, sumStep: number, start: number, count: number, depth: number): void {
	let to = 0;
	for (let panel = 0; panel < count; panel += COLUMNS) {
		let p0 = (start + panel * step) | 0;
		let p1 = (p0 + step) | 0;
		let p2 = (p1 + step) | 0;
		let p3 = (p2 + step) | 0;
		const end = (to + depth * COLUMNS) | 0;
		const present = count - panel;
		if (present >= COLUMNS) {
			while (to < end) {
				packedB[to] = from[p0];
				packedB[(to + 1) | 0] = from[p1];
				packedB[(to + 2) | 0] = from[p2];
				packedB[(to + 3) | 0] = from[p3];
				p0 = (p0 + sumStep) | 0;
				p1 = (p1 + sumStep) | 0;
				p2 = (p2 + sumStep) | 0;
				p3 = (p3 + sumStep) | 0;
				to = (to + COLUMNS) | 0;
			}
			continue;
		}
		while (to < end) {
			packedB[to] = from[p0];
			packedB[(to + 1) | 0] = present > 1 ? from[p1] : 0;
			packedB[(to + 2) | 0] = present > 2 ? from[p2] : 0;
			packedB[(to + 3) | 0] = 0;
			p0 = (p0 + sumStep) | 0;
			p1 = (p1 + sumStep) | 0;
			p2 = (p2 + sumStep) | 0;
			to = (to + COLUMNS) | 0;
		}
	}
}

/** One tile into `out` at `at`; `goesOn`: from the sums that stand there; `add`: its sums are added to what stands there. */
function tile(
	aAt: number,
	bAt: number,
	depth: number,
	out: Float64Array,
	at: number,
	columns: number,
	goesOn: boolean,
	add: boolean,
): void {
	const second = (at + columns) | 0;
	let t00 = 0;
	let t01 = 0;
	let t02 = 0;
	let t03 = 0;
	let t10 = 0;
	let t11 = 0;
	let t12 = 0;
	let t13 = 0;
	if (goesOn) {
		t00 = out[at];
		t01 = out[at + 1];
		t02 = out[at + 2];
		t03 = out[at + 3];
		t10 = out[second];
		t11 = out[second + 1];
		t12 = out[second + 2];
		t13 = out[second + 3];
	}
	let p = aAt | 0;
	let q = bAt | 0;
	const end = (bAt + depth * COLUMNS) | 0;
	while (q < end) {
		const a0 = packedA[p];
		const a1 = packedA[(p + 1) | 0];
		const b0 = packedB[q];
		const b1 = packedB[(q + 1) | 0];
		const b2 = packedB[(q + 2) | 0];
		const b3 = packedB[(q + 3) | 0];
		t00 += a0 * b0;
		t10 += a1 * b0;
		t01 += a0 * b1;
		t11 += a1 * b1;
		t02 += a0 * b2;
		t12 += a1 * b2;
		t03 += a0 * b3;
		t13 += a1 * b3;
		p = (p + ROWS) | 0;
		q = (q + COLUMNS) | 0;
	}
	if (add) {
		out[at] += t00;
		out[at + 1] += t01;
		out[at + 2] += t02;
		out[at + 3] += t03;
		out[second] += t10;
		out[second + 1] += t11;
		out[second + 2] += t12;
		out[second + 3] += t13;
	} else {
		out[at] = t00;
		out[at + 1] = t01;
		out[at + 2] = t02;
		out[at + 3] = t03;
		out[second] = t10;
		out[second + 1] = t11;
		out[second + 2] = t12;
		out[second + 3] = t13;
	}
}

/** A tile of which only `height` × `width` elements exist. */
function edgeTile(
	aAt: number,
	bAt: number,
	depth: number,
	out: Float64Array,
	at: number,
	columns: number,
	height: number,
	width: number,
	goesOn: boolean,
	add: boolean,
): void {
	if (goesOn) {
		for (let m = 0; m < height; m++) for (let n = 0; n < width; n++) edge[m * COLUMNS + n] = out[at + m * columns + n];
	}
	tile(aAt, bAt, depth, edge, 0, COLUMNS, goesOn, false);
	for (let m = 0; m < height; m++) {
		for (let n = 0; n < width; n++) {
			const made = edge[m * COLUMNS + n];
			out[at + m * columns + n] = add ? out[at + m * columns + n] + made : made;
		}
	}
}

/** As {@link plainProduct}, for sizes of which {@link packsWell} holds. */
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
): void {
	// Sums that are added as a whole cannot be left half-made in `out`.
	const blocks = add ? 1 : Math.ceil(depth / DEPTH);
	const blockDepth = Math.ceil(depth / blocks);
	const blockColumns = Math.floor(packedB.length / blockDepth / COLUMNS) * COLUMNS;
	const blockRows = Math.floor(packedA.length / blockDepth / ROWS) * ROWS;
	for (let k = 0; k < depth; k += blockDepth) {
		const ownDepth = Math.min(blockDepth, depth - k);
		for (let n = 0; n < columns; n += blockColumns) {
			const ownColumns = Math.min(blockColumns, columns - n);
			packB(b, bStep, bSumStep, n * bStep + k * bSumStep, ownColumns, ownDepth);
			for (let m = 0; m < rows; m += blockRows) {
				const ownRows = Math.min(blockRows, rows - m);
				packA(a, aStep, aSumStep, m * aStep + k * aSumStep, ownRows, ownDepth);
				for (let j = 0; j < ownColumns; j += COLUMNS) {
					const width = Math.min(COLUMNS, ownColumns - j);
					for (let i = 0; i < ownRows; i += ROWS) {
						const height = Math.min(ROWS, ownRows - i);
						const at = (m + i) * columns + n + j;
						if (width === COLUMNS && height === ROWS) {
							tile(i * ownDepth, j * ownDepth, ownDepth, out, at, columns, k > 0, add);
						} else {
							edgeTile(i * ownDepth, j * ownDepth, ownDepth, out, at, columns, height, width, k > 0, add);
						}
					}
				}
			}
		}
	}
}
