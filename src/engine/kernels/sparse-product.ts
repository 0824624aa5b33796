import type { WindowTable } from "./window-table.ts";

/**
 * A convolution's way back through a diff that is mostly zeros: what max pooling or ReLU sends. Each sum runs over the
 * numbers that are not 0, in ascending order; the products left out would add 0, so that it has the bits of the whole
 * sum as long as the other factors are finite ({@link allFinite}).
 *
 * The other factor is packed in panels of WIDTH in one buffer of fixed size and place, for the same reason as the
 * operands of the dense products.
 */
const WIDTH = 8;

/** Room for what is packed of an image, and behind it as much for the weights. */
const ROOM = 131072;
const packed = new Float64Array(2 * ROOM);

/** The numbers that are not 0, row after row; WIDTH times their columns; where each row begins. */
const LISTED = 65536;
const values = new Float64Array(LISTED);
const columnsOf = new Int32Array(LISTED);
const starts = new Int32Array(LISTED + 1);

const sums = new Float64Array(WIDTH);

/** A group of a convolution over one image: its diff is `[outputs, places]`, its weight `[outputs, rows]`. */
export interface SparseSizes {
	readonly outputs: number;
	readonly places: number;
	readonly rows: number;
}

/** Whether the buffers can hold it. */
export function fitsSparse({ outputs, places, rows }: SparseSizes): boolean {
	const panels = Math.ceil(rows / WIDTH);
	return places * WIDTH <= ROOM && panels * WIDTH * outputs <= ROOM && outputs * places <= LISTED;
}

/** Whether no number is infinite or none: only then a product with 0 adds nothing. */
export function allFinite(numbers: Float64Array): boolean {
	let t0 = 0;
	let t1 = 0;
	let t2 = 0;
	let t3 = 0;
	let i = 0;
	for (const inFours = numbers.length - 3; i < inFours; i = (i + 4) | 0) {
		t0 += numbers[i] * 0;
		t1 += numbers[(i + 1) | 0] * 0;
		t2 += numbers[(i + 2) | 0] * 0;
		t3 += numbers[(i + 3) | 0] * 0;
	}
	for (; i < numbers.length; i = (i + 1) | 0) t0 += numbers[i] * 0;
	return t0 + t1 + t2 + t3 === 0;
}

/** Whether less than half of the numbers are other than 0: beyond, whole products in tiles are faster. */
export function isSparse(numbers: Float64Array): boolean {
	let others = 0;
	for (let i = 0; i < numbers.length; i++) others = (others + Number(numbers[i] !== 0)) | 0;
	return 2 * others < numbers.length;
}

/** Lists what is not 0 in a matrix whose element (r, c) stands at r · rowStep + c · columnStep. */
function list(matrix: Float64Array, rows: number, rowStep: number, columns: number, columnStep: number): void {
	let count = 0;
	const end = (columns * WIDTH) | 0;
	for (let r = 0; r < rows; r++) {
		starts[r] = count;
		let at = (r * rowStep) | 0;
		for (let column = 0; column < end; column = (column + WIDTH) | 0) {
			const value = matrix[at];
			values[count] = value;
			columnsOf[count] = column;
			// No branch: where the zeros stand cannot be foretold.
			count = (count + Number(value !== 0)) | 0;
			at = (at + columnStep) | 0;
		}
	}
	starts[rows] = count;
}

/** `sums[i] = Σ value · element i of the panel's row` over what is listed from `from` to `end`. */
function sumPanel(panel: number, from: number, end: number): void {
	let t0 = 0;
	let t1 = 0;
	let t2 = 0;
	let t3 = 0;
	let t4 = 0;
	let t5 = 0;
	let t6 = 0;
	let t7 = 0;
	for (let l = from | 0; l < end; l = (l + 1) | 0) {
		const value = values[l];
		const q = (panel + columnsOf[l]) | 0;
		t0 += value * packed[q];
		t1 += value * packed[(q + 1) | 0];
		t2 += value * packed[(q + 2) | 0];
		t3 += value * packed[(q + 3) | 0];
		t4 += value * packed[(q + 4) | 0];
		t5 += value * packed[(q + 5) | 0];
		t6 += value * packed[(q + 6) | 0];
		t7 += value * packed[(q + 7) | 0];
	}
	sums[0] = t0;
	sums[1] = t1;
	sums[2] = t2;
	sums[3] = t3;
	sums[4] = t4;
	sums[5] = t5;
	sums[6] = t6;
	sums[7] = t7;
}

/** Panels of what lies under rows `first … end − 1`, place by place. */
function packImage(image: Float64Array, { offsets, bases }: WindowTable, first: number, end: number): void {
	let to = 0;
	for (let row = first; row < end; row += WIDTH) {
		// A panel's last rows may not exist: what stands there is never read.
		const last = end - 1;
		const o0 = offsets[row];
		const o1 = offsets[Math.min(row + 1, last)];
		const o2 = offsets[Math.min(row + 2, last)];
		const o3 = offsets[Math.min(row + 3, last)];
		const o4 = offsets[Math.min(row + 4, last)];
		const o5 = offsets[Math.min(row + 5, last)];
		const o6 = offsets[Math.min(row + 6, last)];
		const o7 = offsets[Math.min(row + 7, last)];
		for (let place = 0; place < bases.length; place++) {
			const base = bases[place];
			packed[to] = image[(base + o0) | 0];
			packed[(to + 1) | 0] = image[(base + o1) | 0];
			packed[(to + 2) | 0] = image[(base + o2) | 0];
			packed[(to + 3) | 0] = image[(base + o3) | 0];
			packed[(to + 4) | 0] = image[(base + o4) | 0];
			packed[(to + 5) | 0] = image[(base + o5) | 0];
			packed[(to + 6) | 0] = image[(base + o6) | 0];
			packed[(to + 7) | 0] = image[(base + o7) | 0];
			to = (to + WIDTH) | 0;
		}
	}
}

/** `gradient[o, r] += Σ_p diff[o, p] · (what lies under row r and place p)`. */
export function addSparseGradient(
	{ outputs, places, rows }: SparseSizes,
	table: WindowTable,
	diff: Float64Array,
	image: Float64Array,
	gradient: Float64Array,
): void {
	list(diff, outputs, places, places, 1);
	const size = places * WIDTH;
	const atOnce = Math.floor(ROOM / size) * WIDTH;
	for (let first = 0; first < rows; first += atOnce) {
		const end = Math.min(rows, first + atOnce);
		packImage(image, table, first, end);
		for (let row = first, panel = 0; row < end; row += WIDTH, panel += size) {
			const width = Math.min(WIDTH, end - row);
			for (let output = 0; output < outputs; output++) {
				sumPanel(panel, starts[output], starts[output + 1]);
				const at = output * rows + row;
				if (width === WIDTH) {
					gradient[at] += sums[0];
					gradient[at + 1] += sums[1];
					gradient[at + 2] += sums[2];
					gradient[at + 3] += sums[3];
					gradient[at + 4] += sums[4];
					gradient[at + 5] += sums[5];
					gradient[at + 6] += sums[6];
					gradient[at + 7] += sums[7];
				} else for (let i = 0; i < width; i++) gradient[at + i] += sums[i];
			}
		}
	}
}

/** Packs the weight for {@link addSparsePullBack}: panels of rows, output by output. */
export function packWeight({ outputs, rows }: SparseSizes, weight: Float64Array): void {
	for (let row = 0, panel = ROOM; row < rows; row += WIDTH, panel += outputs * WIDTH) {
		const width = Math.min(WIDTH, rows - row);
		for (let output = 0; output < outputs; output++) {
			for (let i = 0; i < width; i++) packed[panel + output * WIDTH + i] = weight[output * rows + row + i];
		}
	}
}

/**
 * Adds `Σ_o weight[o, r] · diff[o, p]` to the image's diff under row r and place p, for all of them; the weight is the one
 * packed last. Places run backwards: an element of the image then gets its windows in the order of the kernel's elements.
 */
export function addSparsePullBack(
	{ outputs, places, rows }: SparseSizes,
	{ offsets, bases }: WindowTable,
	diff: Float64Array,
	imageDiff: Float64Array,
): void {
	list(diff, places, 1, outputs, places);
	for (let row = 0, panel = ROOM; row < rows; row += WIDTH, panel += outputs * WIDTH) {
		const width = Math.min(WIDTH, rows - row);
		for (let place = places - 1; place >= 0; place--) {
			const from = starts[place];
			const end = starts[place + 1];
			if (from === end) continue;
			sumPanel(panel, from, end);
			const base = bases[place];
			if (width === WIDTH) {
				imageDiff[(base + offsets[row]) | 0] += sums[0];
				imageDiff[(base + offsets[row + 1]) | 0] += sums[1];
				imageDiff[(base + offsets[row + 2]) | 0] += sums[2];
				imageDiff[(base + offsets[row + 3]) | 0] += sums[3];
				imageDiff[(base + offsets[row + 4]) | 0] += sums[4];
				imageDiff[(base + offsets[row + 5]) | 0] += sums[5];
				imageDiff[(base + offsets[row + 6]) | 0] += sums[6];
				imageDiff[(base + offsets[row + 7]) | 0] += sums[7];
			} else for (let i = 0; i < width; i++) imageDiff[base + offsets[row + i]] += sums[i];
		}
	}
}
