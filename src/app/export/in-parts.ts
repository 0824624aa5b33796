import { yieldToPage } from "../../engine/yield-to-page.ts";
import type { BytePart, TextPart } from "../../formats/export/parts.ts";
import type { Task } from "./task.ts";

/** So long the thread does nothing else, in milliseconds. */
const AT_ONCE = 12;
/** Parts become one piece of the file at about this many characters or bytes: each is taken over by itself, in no time. */
const PIECE = 2 ** 19;

/**
 * A long file that is written part by part, so that it is never in one piece in memory; between the parts the
 * thread answers what else is asked of it.
 * @throws the signal's reason once it is aborted
 */
export async function inParts(parts: Iterable<TextPart | BytePart>, { signal, progress }: Task): Promise<Blob> {
	const pieces: Blob[] = [];
	let open: (string | Uint8Array<ArrayBuffer>)[] = [];
	let length = 0;
	let since = performance.now();
	for (const part of parts) {
		const content = "text" in part ? part.text : part.bytes;
		open.push(content);
		length += content.length;
		if (length > PIECE) {
			pieces.push(new Blob(open));
			open = [];
			length = 0;
		}
		if (performance.now() - since < AT_ONCE) continue;
		progress(part.done, part.of);
		await yieldToPage();
		signal.throwIfAborted();
		since = performance.now();
	}
	return new Blob([...pieces, ...open]);
}
