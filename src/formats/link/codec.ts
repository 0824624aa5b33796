import { StateError } from "../model/problem.ts";
import { explicitWeights, LINK_WEIGHTS, type ModelState, readState, type WrittenState } from "../model/state.ts";
import { crc32 } from "./crc32.ts";

/**
 * A state as one word for a link: `1.d.<base64url of deflated JSON>.<crc32>`, in letters that no chat program changes.
 * `1` is the form of this wrapping, `d` deflate-raw; `j` is plain JSON, for links written by hand.
 */
const FORM = "1";

const LONGEST_TEXT = 32_768;
const LARGEST_JSON = 256 * 1024;

function toBase64url(bytes: Uint8Array): string {
	let binary = "";
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @throws StateError S1: only a text that was cut is no base64 */
function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
	try {
		const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
		return Uint8Array.from(binary, (character) => character.charCodeAt(0));
	} catch {
		throw new StateError({ code: "S1" });
	}
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
	const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Inflates no further than the limit, whatever the bytes promise. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
	const parts: Uint8Array[] = [];
	let length = 0;
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			length += value.length;
			if (length > LARGEST_JSON) {
				void reader.cancel().catch(() => {});
				throw new StateError({ code: "S4", what: "bytes", found: length, limit: LARGEST_JSON });
			}
			parts.push(value);
		}
	} catch (error) {
		throw error instanceof StateError ? error : new StateError({ code: "S1" });
	}
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return new TextDecoder().decode(whole);
}

/** Writes a state for a link. The same state gives the same word. */
export async function encodeState(state: WrittenState): Promise<string> {
	const payload = toBase64url(await deflate(new TextEncoder().encode(JSON.stringify(state))));
	return `${FORM}.d.${payload}.${crc32(payload).toString(36)}`;
}

/**
 * Reads what {@link encodeState} wrote, here or on another machine, now or years ago. Bounded before anything is built.
 * @throws StateError S1 cut, S2 changed, S3 newer, S4 too large, S5 with the path of what cannot be
 */
export async function decodeState(text: string): Promise<ModelState> {
	if (text.length > LONGEST_TEXT) {
		throw new StateError({ code: "S4", what: "characters", found: text.length, limit: LONGEST_TEXT });
	}
	const [form, codec, payload, check, ...rest] = text.split(".");
	if (form !== FORM) {
		const made = Number(form);
		if (Number.isInteger(made) && made > 1) throw new StateError({ code: "S3", made, known: 1 });
		throw new StateError({ code: "S5", path: "s" });
	}
	if (payload === undefined || payload === "" || rest.length > 0) throw new StateError({ code: "S1" });
	if (codec !== "d" && codec !== "j") throw new StateError({ code: "S5", path: "s" });
	if (check === undefined && codec === "d") throw new StateError({ code: "S1" });
	if (check !== undefined && check !== crc32(payload).toString(36)) {
		// A text that was cut has lost the end of its check or all of it; anything else was changed.
		throw new StateError({ code: crc32(payload).toString(36).startsWith(check) ? "S1" : "S2" });
	}
	const bytes = fromBase64url(payload);
	const json = codec === "d" ? await inflate(bytes) : new TextDecoder().decode(bytes);
	let parsed: unknown;
	try {
		parsed = JSON.parse(json);
	} catch {
		throw new StateError({ code: "S5", path: "" });
	}
	const state = readState(parsed);
	const weights = explicitWeights(state);
	if (weights > LINK_WEIGHTS)
		throw new StateError({ code: "S4", what: "weights", found: weights, limit: LINK_WEIGHTS });
	return state;
}
