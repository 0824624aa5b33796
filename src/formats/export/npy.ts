import { countOf, type Shape } from "../../engine/shape.ts";
import type { Pieces } from "./parts.ts";

/** An array of doubles with its shape. */
export interface NumberArray {
	readonly shape: Shape;
	readonly values: ArrayLike<number>;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
/** NumPy wants the data to begin at a multiple of this. */
const ALIGNMENT = 64;

/** So many numbers are written in one go. */
const AT_ONCE = 2 ** 14;

function* numbersOf(values: ArrayLike<number>, count: number): Generator<Uint8Array<ArrayBuffer>> {
	for (let from = 0; from < count; from += AT_ONCE) {
		const length = Math.min(AT_ONCE, count - from);
		const bytes = new Uint8Array(8 * length);
		const view = new DataView(bytes.buffer);
		for (let k = 0; k < length; k++) view.setFloat64(8 * k, values[from + k], true);
		yield bytes;
	}
}

function headerOf(shape: Shape): Uint8Array<ArrayBuffer> {
	const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
	const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${sizes}), }`;
	const length = Math.ceil((MAGIC.length + 2 + header.length + 1) / ALIGNMENT) * ALIGNMENT;
	const padded = `${header.padEnd(length - MAGIC.length - 3)}\n`;
	const bytes = new Uint8Array(length);
	bytes.set(MAGIC);
	new DataView(bytes.buffer).setUint16(MAGIC.length, padded.length, true);
	bytes.set(new TextEncoder().encode(padded), MAGIC.length + 2);
	return bytes;
}

function* written(header: Uint8Array<ArrayBuffer>, values: ArrayLike<number>, count: number) {
	yield header;
	yield* numbersOf(values, count);
}

/** An array as a .npy file, version 1.0: a header in ASCII, then little-endian doubles in C order. */
export function npyPieces({ shape, values }: NumberArray): Pieces {
	const count = countOf(shape);
	const header = headerOf(shape);
	return { size: header.length + 8 * count, pieces: written(header, values, count) };
}
