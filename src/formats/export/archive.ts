import { type Zippable, zipSync } from "fflate";
import { type NumberArray, writeNpy } from "./npy.ts";

/** A file to be saved, alone or in an archive. */
export interface ScriptFile {
	readonly name: string;
	readonly bytes: Uint8Array;
}

/** The archive's date: the same content is the same file, byte for byte. */
const EPOCH = new Date(1980, 0, 1);

/** Files as one .zip. */
export function writeArchive(files: readonly ScriptFile[]): Uint8Array {
	const entries = files.map(({ name, bytes }): [string, Zippable[string]] => [
		name,
		// Doubles hardly shrink, and millions of them would take their time.
		[bytes, { level: /\.np[yz]$/.test(name) ? 0 : 6, mtime: EPOCH }],
	]);
	return zipSync(Object.fromEntries(entries));
}

/** Arrays as one .npz, as `numpy.load` reads it: a .npy file for each under its name. */
export function writeNpz(arrays: Readonly<Record<string, NumberArray>>): Uint8Array {
	return writeArchive(Object.entries(arrays).map(([name, array]) => ({ name: `${name}.npy`, bytes: writeNpy(array) })));
}

export const textFile = (name: string, text: string): ScriptFile => ({ name, bytes: new TextEncoder().encode(text) });
