import { unzipSync } from "fflate";
import { countOf, type Shape } from "../../engine/shape.ts";
import { ImportError } from "./problem.ts";

/** One array of a NumPy archive. */
export interface NamedArray {
	readonly name: string;
	readonly shape: Shape;
	/** In C order, whatever the order in the file. */
	readonly values: Float64Array;
}

const LARGEST_INFLATED = 512 * 2 ** 20;
const MAGIC = "\u0093NUMPY";

type Read = (view: DataView, at: number, little: boolean) => number;

/** IEEE half precision. */
function halfAt(view: DataView, at: number, little: boolean): number {
	const bits = view.getUint16(at, little);
	const sign = bits & 0x8000 ? -1 : 1;
	const exponent = (bits >> 10) & 31;
	const fraction = bits & 1023;
	if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
	return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

const READERS: Readonly<Record<string, { readonly size: number; readonly read: Read }>> = {
	f8: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
	f4: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
	f2: { size: 2, read: halfAt },
	i8: { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
	u8: { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
	i4: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
	u4: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
	i2: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
	u2: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
	i1: { size: 1, read: (view, at) => view.getInt8(at) },
	u1: { size: 1, read: (view, at) => view.getUint8(at) },
	b1: { size: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
};

/** Values that lie column by column, put into C order. */
function fromFortran(values: Float64Array, shape: Shape): Float64Array {
	const ordered = new Float64Array(values.length);
	const index = shape.map(() => 0);
	for (const value of values) {
		ordered[index.reduce((flat, at, axis) => flat * shape[axis] + at, 0)] = value;
		for (let axis = 0; axis < shape.length; axis++) {
			if (++index[axis] < shape[axis]) break;
			index[axis] = 0;
		}
	}
	return ordered;
}

/**
 * Reads one `.npy`: numbers of any size and byte order, in any order of axes.
 * @throws ImportError with the array's name
 */
export function readNpy(bytes: Uint8Array, name: string): NamedArray {
	const header = new ImportError({ code: "npy-header", name });
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 12 || String.fromCharCode(...bytes.subarray(0, 6)) !== MAGIC) throw header;
	const wide = bytes[6] >= 2;
	const start = wide ? 12 : 10;
	const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
	if (start + length > bytes.length) throw header;
	const text = new TextDecoder("latin1").decode(bytes.subarray(start, start + length));
	const shapeText = /'shape'\s*:\s*\(([\d\s,L]*)\)/.exec(text);
	const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
	const type = /'descr'\s*:\s*'([^']*)'/.exec(text);
	if (shapeText === null || order === null || type === null) throw header;
	const shape = (shapeText[1].match(/\d+/g) ?? []).map(Number);
	const descr = /^([<>|=])(\w\d+)$/.exec(type[1]);
	const reader = descr === null || !Object.hasOwn(READERS, descr[2]) ? undefined : READERS[descr[2]];
	if (descr === null || reader === undefined) throw new ImportError({ code: "npy-type", name, found: type[1] });
	const count = countOf(shape);
	const found = (bytes.length - start - length) / reader.size;
	if (count !== found) throw new ImportError({ code: "npy-length", name, expected: count, found: Math.floor(found) });
	const values = new Float64Array(count);
	for (let k = 0; k < count; k++) values[k] = reader.read(view, start + length + k * reader.size, descr[1] !== ">");
	return { name, shape, values: order[1] === "True" ? fromFortran(values, shape) : values };
}

/**
 * Reads a NumPy archive. What the archive promises to unpack to is bounded before anything is unpacked.
 * @throws ImportError where it is broken, too large, or holds other things than arrays of numbers
 */
export function readNpz(bytes: Uint8Array): readonly NamedArray[] {
	let promised = 0;
	let files: Record<string, Uint8Array>;
	try {
		files = unzipSync(bytes, {
			filter: ({ name, originalSize }) => {
				if (!name.endsWith(".npy")) return false;
				promised += originalSize;
				if (promised > LARGEST_INFLATED) {
					throw new ImportError({ code: "file-too-large", found: promised, limit: LARGEST_INFLATED });
				}
				return true;
			},
		});
	} catch (error) {
		throw error instanceof ImportError ? error : new ImportError({ code: "npz-broken" });
	}
	const arrays = Object.entries(files).map(([file, content]) => readNpy(content, file.slice(0, -".npy".length)));
	if (arrays.length === 0) throw new ImportError({ code: "npz-broken" });
	return arrays;
}
