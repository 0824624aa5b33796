import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { type NumberArray, npyPieces } from "./npy.ts";
import type { BytePart, Pieces } from "./parts.ts";

/** A file to be saved, alone or in an archive. */
export interface ScriptFile {
	readonly name: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file of an archive. */
export interface ArchiveEntry extends Pieces {
	readonly name: string;
}

/** The archive's date: the same content is the same file, byte for byte. */
const EPOCH = new Date(1980, 0, 1);

/** So many bytes are packed in one go. */
const AT_ONCE = 2 ** 16;

function* slicesOf(bytes: Uint8Array<ArrayBuffer>): Generator<Uint8Array<ArrayBuffer>> {
	for (let from = 0; from < bytes.length; from += AT_ONCE) yield bytes.subarray(from, from + AT_ONCE);
}

/** Doubles hardly shrink, and millions of them would take their time. */
const isNumbers = (name: string) => /\.(np[yz]|caffemodel)$/.test(name);

/** Files as one .zip, part by part. */
export function* archiveParts(entries: readonly ArchiveEntry[]): Generator<BytePart> {
	const of = entries.reduce((sum, { size }) => sum + size, 0);
	let done = 0;
	let packed: Uint8Array<ArrayBuffer>[] = [];
	const zip = new Zip((error, bytes) => {
		if (error !== null) throw error;
		packed.push(bytes);
	});
	function* taken(): Generator<BytePart> {
		const parts = packed;
		packed = [];
		for (const bytes of parts) yield { bytes, done: Math.min(done, of), of };
	}
	for (const { name, pieces } of entries) {
		const file = isNumbers(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
		file.mtime = EPOCH;
		zip.add(file);
		for (const piece of pieces) {
			done += piece.length;
			file.push(piece);
			yield* taken();
		}
		file.push(new Uint8Array(), true);
	}
	zip.end();
	yield* taken();
}

/** A file of an archive that is there already. */
export const fileEntry = ({ name, bytes }: ScriptFile): ArchiveEntry => ({
	name,
	size: bytes.length,
	pieces: slicesOf(bytes),
});

/** Arrays as one .npz, as `numpy.load` reads it: a .npy file for each under its name. */
export function npzParts(arrays: Readonly<Record<string, NumberArray>>): Generator<BytePart> {
	return archiveParts(Object.entries(arrays).map(([name, array]) => ({ name: `${name}.npy`, ...npyPieces(array) })));
}

function* bytesOf(parts: Iterable<BytePart>): Generator<Uint8Array<ArrayBuffer>> {
	for (const { bytes } of parts) yield bytes;
}

/** Arrays as an .npz in another archive. */
export const npzEntry = (name: string, arrays: Readonly<Record<string, NumberArray>>): ArchiveEntry => ({
	name,
	size: Object.values(arrays).reduce((sum, array) => sum + npyPieces(array).size, 0),
	pieces: bytesOf(npzParts(arrays)),
});

export const textFile = (name: string, text: string): ScriptFile => ({ name, bytes: new TextEncoder().encode(text) });
