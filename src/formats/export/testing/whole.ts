import { npzParts } from "../archive.ts";
import type { NumberArray } from "../npy.ts";
import type { BytePart, TextPart } from "../parts.ts";

/** A text that comes in parts. */
export const wholeText = (parts: Iterable<TextPart>): string => Array.from(parts, ({ text }) => text).join("");

/** A file that comes in parts. */
export function wholeBytes(parts: Iterable<BytePart>): Uint8Array<ArrayBuffer> {
	const pieces = Array.from(parts, ({ bytes }) => bytes);
	const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}

export const wholeNpz = (arrays: Readonly<Record<string, NumberArray>>) => wholeBytes(npzParts(arrays));
