/**
 * Products of one matrix, packed once and held, with one after the other, in tiles of ROWS × COLUMNS sums. Each row and
 * each column of a tile has a buffer of its own, of fixed size and place: an inner loop then looks up one index for all
 * of them. The compiler makes all products of a turn before the first of its sums: six of each fit the registers, eight
 * would not.
 *
 * Each sum runs over ascending k.
 */
const ROWS = 2;
const COLUMNS = 3;

const HELD = 24576;
export const held0 = new Float64Array(HELD);
export const held1 = new Float64Array(HELD);
export const held2 = new Float64Array(HELD);

const PACKED = 16384;
export const packed0 = new Float64Array(PACKED);
export const packed1 = new Float64Array(PACKED);

/** What a tile at an edge made, before the part that exists is taken from it. */
const edge = new Float64Array(ROWS * COLUMNS);

/** Whether the buffers can hold it, and enough of each tile exists. */
export function canHold(rows: number, columns: number, depth: number): boolean {
	return (
		rows > 1 && Math.ceil(rows / ROWS) * depth <= PACKED && columns > 1 && Math.ceil(columns / COLUMNS) * depth <= HELD
	);
}

/** Columns rounded up to whole panels. */
export function wholePanels(columns: number): number {
	return Math.ceil(columns / COLUMNS) * COLUMNS;
}

/** Places that so many columns take where they are held. */
export function heldSize(columns: number, depth: number): number {
	return Math.ceil(columns / COLUMNS) * depth;
}

function holdAt(b: Float64Array, q0: number, q1: number, q2: number, to: number): void {
	held0[to] = b[q0];
	held1[to] = b[q1];
	held2[to] = b[q2];
}

/** Packs b from `heldFrom` on. Columns that are none are packed as the last one once more: their sums are never read. */
export function hold(
	b: Float64Array,
	columnStep: number,
	sumStep: number,
	columns: number,
	depth: number,
	heldFrom: number,
): void {
	const next = sumStep | 0;
	let to = heldFrom | 0;
	for (let column = 0; column < columns; column += COLUMNS) {
		let q0 = (column * columnStep) | 0;
		let q1 = (Math.min(column + 1, columns - 1) * columnStep) | 0;
		let q2 = (Math.min(column + 2, columns - 1) * columnStep) | 0;
		const end = (to + depth) | 0;
		// Two at once share what looking the arrays up costs.
		for (const inPairs = end - 1; to < inPairs; to = (to + 2) | 0) {
			holdAt(b, q0, q1, q2, to);
			holdAt(b, (q0 + next) | 0, (q1 + next) | 0, (q2 + next) | 0, (to + 1) | 0);
			q0 = (q0 + 2 * next) | 0;
			q1 = (q1 + 2 * next) | 0;
			q2 = (q2 + 2 * next) | 0;
		}
		if (to < end) holdAt(b, q0, q1, q2, to);
		to = end;
	}
}

function packAt(a: Float64Array, p0: number, p1: number, to: number): void {
	packed0[to] = a[p0];
	packed1[to] = a[p1];
}

/** Packs rows from `packedFrom` on. A row that is none is packed as the last one once more. */
export function packRows(
	a: Float64Array,
	from: number,
	rowStep: number,
	sumStep: number,
	rows: number,
	depth: number,
	packedFrom = 0,
): void {
	const next = sumStep | 0;
	let to = packedFrom | 0;
	for (let row = 0; row < rows; row += ROWS) {
		let p0 = (from + row * rowStep) | 0;
		let p1 = (from + Math.min(row + 1, rows - 1) * rowStep) | 0;
		const end = (to + depth) | 0;
		for (const inFours = end - 3; to < inFours; to = (to + 4) | 0) {
			packAt(a, p0, p1, to);
			packAt(a, (p0 + next) | 0, (p1 + next) | 0, (to + 1) | 0);
			packAt(a, (p0 + 2 * next) | 0, (p1 + 2 * next) | 0, (to + 2) | 0);
			packAt(a, (p0 + 3 * next) | 0, (p1 + 3 * next) | 0, (to + 3) | 0);
			p0 = (p0 + 4 * next) | 0;
			p1 = (p1 + 4 * next) | 0;
		}
		for (; to < end; to = (to + 1) | 0) {
			packAt(a, p0, p1, to);
			p0 = (p0 + next) | 0;
			p1 = (p1 + next) | 0;
		}
	}
}

/**
 * All tiles of what is packed with what is held; the element of row m and column n is at
 * `from + m · rowStep + n · columnStep`. `heldDepth`: terms that each panel holds, of which `depth` are taken.
 */
export function tiles(
	out: Float64Array,
	from: number,
	rowStep: number,
	columnStep: number,
	rows: number,
	columns: number,
	depth: number,
	heldFrom: number,
	add: boolean,
	heldDepth = depth,
): void {
	let heldAt = heldFrom;
	for (let column = 0; column < columns; column += COLUMNS) {
		const isWhole = column + COLUMNS <= columns;
		let packedAt = 0;
		for (let row = 0; row < rows; row += ROWS) {
			const at = from + row * rowStep + column * columnStep;
			if (isWhole && row + 1 < rows) tile(packedAt, heldAt, depth, out, at, rowStep, columnStep, add);
			else {
				tile(packedAt, heldAt, depth, edge, 0, COLUMNS, 1, false);
				const height = Math.min(ROWS, rows - row);
				takeEdge(out, at, rowStep, columnStep, height, Math.min(COLUMNS, columns - column), add);
			}
			packedAt += depth;
		}
		heldAt += heldDepth;
	}
}

function takeEdge(
	out: Float64Array,
	at: number,
	rowStep: number,
	columnStep: number,
	height: number,
	width: number,
	add: boolean,
): void {
	for (let m = 0; m < height; m++) {
		for (let n = 0; n < width; n++) {
			const to = at + m * rowStep + n * columnStep;
			const made = edge[m * COLUMNS + n];
			out[to] = add ? out[to] + made : made;
		}
	}
}

function tile(
	packedAt: number,
	heldAt: number,
	depth: number,
	out: Float64Array,
	at: number,
	rowStep: number,
	columnStep: number,
	add: boolean,
): void {
	let t00 = 0;
	let t01 = 0;
	let t02 = 0;
	let t10 = 0;
	let t11 = 0;
	let t12 = 0;
	let p = packedAt | 0;
	let q = heldAt | 0;
	const end = (heldAt + depth) | 0;
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
	const at1 = (at + columnStep) | 0;
	const at2 = (at1 + columnStep) | 0;
	if (add) {
		out[at] += t00;
		out[at1] += t01;
		out[at2] += t02;
		out[(at + rowStep) | 0] += t10;
		out[(at1 + rowStep) | 0] += t11;
		out[(at2 + rowStep) | 0] += t12;
	} else {
		out[at] = t00;
		out[at1] = t01;
		out[at2] = t02;
		out[(at + rowStep) | 0] = t10;
		out[(at1 + rowStep) | 0] = t11;
		out[(at2 + rowStep) | 0] = t12;
	}
}
