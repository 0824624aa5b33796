import { ImportError } from "./problem.ts";

/** What came in: as text where it is one, as bytes where it holds weights. */
export type Recognised =
	| { readonly kind: "state" | "link" | "net" | "solver" | "csv"; readonly text: string }
	| { readonly kind: "npz" | "caffemodel"; readonly bytes: Uint8Array };

/** Larger than any file of weights that a page can hold. */
export const LARGEST_FILE = 512 * 2 ** 20;
export const LONGEST_TEXT = 32 * 2 ** 20;

const LINK = /(?:^|[#?&]s=)(1\.[dj]\.[\w-]+(?:\.\w+)?)/;
const SOLVER = /^[ \t]*(?:base_lr|lr_policy|solver_type|solver_mode|train_net)[ \t]*:/m;
const NET = /^[ \t]*(?:layers?[ \t]*:?[ \t]*[{<]|input[ \t]*:|input_shape|name[ \t]*:)/m;

const startsWith = (bytes: Uint8Array, start: readonly number[]) => start.every((byte, k) => bytes[k] === byte);

/** The text in the bytes: UTF-8, or UTF-16 as spreadsheets write it; null where they are no text. */
function textOf(bytes: Uint8Array): string | null {
	const encoding = startsWith(bytes, [0xff, 0xfe])
		? "utf-16le"
		: startsWith(bytes, [0xfe, 0xff])
			? "utf-16be"
			: "utf-8";
	try {
		const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
		return text.includes("\0") ? null : text;
	} catch {
		return null;
	}
}

/**
 * What a text is, by what stands in it.
 * @throws ImportError `file-too-large`, and `unknown-kind` where it can be none of them
 */
export function recogniseText(text: string, name = ""): Recognised {
	if (text.length > LONGEST_TEXT) {
		throw new ImportError({ code: "file-too-large", found: text.length, limit: LONGEST_TEXT });
	}
	const start = text.trimStart();
	if (start.startsWith("{")) return { kind: "state", text };
	const link = start.length < 40_000 ? LINK.exec(start.trim()) : null;
	if (link !== null) return { kind: "link", text: link[1] };
	if (SOLVER.test(text)) return { kind: "solver", text };
	if (NET.test(text) || /\.(?:prototxt|pbtxt)$/i.test(name)) return { kind: "net", text };
	if (/\d/.test(text)) return { kind: "csv", text };
	throw new ImportError({ code: "unknown-kind" });
}

/**
 * What a file is, by its bytes; its name only helps.
 * @throws ImportError `file-too-large` before anything is read, `unknown-kind`
 */
export function recognise(bytes: Uint8Array, name = ""): Recognised {
	if (bytes.length > LARGEST_FILE) {
		throw new ImportError({ code: "file-too-large", found: bytes.length, limit: LARGEST_FILE });
	}
	if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return { kind: "npz", bytes };
	if (/\.caffemodel$/i.test(name)) return { kind: "caffemodel", bytes };
	const text = textOf(bytes);
	if (text !== null) return recogniseText(text, name);
	// A protobuf message of a net begins with its name or a layer, as a field with a length.
	if (bytes[0] === 0x0a || bytes[0] === 0x12 || startsWith(bytes, [0xa2, 0x06])) return { kind: "caffemodel", bytes };
	throw new ImportError({ code: "unknown-kind" });
}
