/** Receives copies of buffers. */
export interface Sink {
	/** A copy of the values as they are now. */
	readonly keep: (values: Float64Array) => Float64Array;
	/** Numbers kept so far. */
	readonly kept: number;
}

const SMALLEST_PAGE = 1024;

/** Up to so many numbers an array needs no buffer at all. */
const TINY = 8;

/**
 * A sink whose copies lie one after the other in one buffer, which costs less than a buffer for each.
 *
 * @param expected how many numbers will come; more are taken, in buffers of their own
 */
export function createSink(expected: number): Sink {
	let page: Float64Array | null = null;
	let used = 0;
	let kept = 0;
	return {
		keep(values) {
			const { length } = values;
			if (length <= TINY) return values.slice();
			if (page === null || used + length > page.length) {
				page = new Float64Array(page === null ? Math.max(expected, length) : Math.max(SMALLEST_PAGE, length));
				used = 0;
			}
			const copy = new Float64Array(page.buffer, 8 * used, length);
			copy.set(values);
			used += length;
			kept += length;
			return copy;
		},
		get kept() {
			return kept;
		},
	};
}

/** A copy of a stretch of one buffer; every array that lies in the stretch has its part in the copy. */
export interface StretchCopy {
	readonly part: (values: Float64Array) => Float64Array;
}

/** One copy for all arrays of a stretch, which costs less than one for each. */
export function copyStretch(stretch: Float64Array): StretchCopy {
	const { buffer } = new Float64Array(stretch);
	const { byteOffset } = stretch;
	return { part: (values) => new Float64Array(buffer, values.byteOffset - byteOffset, values.length) };
}
