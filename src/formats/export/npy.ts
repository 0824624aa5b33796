import { countOf, type Shape } from "../../engine/shape.ts";

/** An array of doubles with its shape. */
export interface NumberArray {
	readonly shape: Shape;
	readonly values: ArrayLike<number>;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
/** NumPy wants the data to begin at a multiple of this. */
const ALIGNMENT = 64;

/** An array as a .npy file, version 1.0: a header in ASCII, then little-endian doubles in C order. */
export function writeNpy({ shape, values }: NumberArray): Uint8Array {
	const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
	const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${sizes}), }`;
	const start = Math.ceil((MAGIC.length + 2 + header.length + 1) / ALIGNMENT) * ALIGNMENT;
	const padded = `${header.padEnd(start - MAGIC.length - 3)}\n`;
	const count = countOf(shape);
	const bytes = new Uint8Array(start + 8 * count);
	const view = new DataView(bytes.buffer);
	bytes.set(MAGIC);
	view.setUint16(MAGIC.length, padded.length, true);
	bytes.set(new TextEncoder().encode(padded), MAGIC.length + 2);
	for (let k = 0; k < count; k++) view.setFloat64(start + 8 * k, values[k], true);
	return bytes;
}
