import type { WindowGeometry } from "./im2col.ts";

/**
 * Where a window's elements stand: under row r of the columns (channel, kernel element) and place p of the window lies
 * element `offsets[r] + bases[p]` of the image with its padding.
 */
export interface WindowTable {
	readonly offsets: Int32Array;
	readonly bases: Int32Array;
	/** Elements of the image with its padding. */
	readonly size: number;
	/** First element of each row of the image, within its padding; null where there is none. */
	readonly rowStarts: Int32Array | null;
}

/** Flat places of a grid's points, the last axis fastest; `steps`: how far one index along each axis goes. */
function gridPlaces(counts: readonly number[], steps: readonly number[]): Int32Array {
	let places = [0];
	counts.forEach((count, axis) => {
		places = places.flatMap((place) => Array.from({ length: count }, (_, index) => place + index * steps[axis]));
	});
	return Int32Array.from(places);
}

export function windowTable({ channels, image, out, kernel, stride, pad, dilation }: WindowGeometry): WindowTable {
	const steps: number[] = [];
	let size = 1;
	for (let axis = image.length - 1; axis >= 0; axis--) {
		steps[axis] = size;
		size *= image[axis] + 2 * pad[axis];
	}
	const first = pad.reduce((sum, width, axis) => sum + width * steps[axis], 0);
	const isPadded = pad.some((width) => width > 0);
	return {
		offsets: gridPlaces([channels, ...kernel], [size, ...steps.map((step, axis) => step * dilation[axis])]),
		bases: gridPlaces(
			out,
			steps.map((step, axis) => step * stride[axis]),
		),
		size: channels * size,
		rowStarts: isPadded
			? gridPlaces([channels, ...image.slice(0, -1)], [size, ...steps.slice(0, -1)]).map((start) => start + first)
			: null,
	};
}

/** Copies an image into the middle of its padding. */
export function padImage(image: Float64Array, rowStarts: Int32Array, padded: Float64Array): void {
	const width = image.length / rowStarts.length;
	for (let row = 0, from = 0; row < rowStarts.length; row++) {
		const start = rowStarts[row];
		for (let x = 0; x < width; x++, from++) padded[start + x] = image[from];
	}
}

/** Copies an image out of its padding. */
export function unpadImage(padded: Float64Array, rowStarts: Int32Array, image: Float64Array): void {
	const width = image.length / rowStarts.length;
	for (let row = 0, to = 0; row < rowStarts.length; row++) {
		const start = rowStarts[row];
		for (let x = 0; x < width; x++, to++) image[to] = padded[start + x];
	}
}
