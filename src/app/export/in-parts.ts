import { yieldToPage } from "../../engine/yield-to-page.ts";
import type { TextPart } from "../../formats/export/parts.ts";
import type { Task } from "./task.ts";

/** So long the thread does nothing else, in milliseconds. */
const AT_ONCE = 12;
/** Parts become one piece of the file at about this many characters: each is taken over by itself, in no time. */
const PIECE = 2 ** 19;

/**
 * A long text that is written part by part, as a file that is never in one piece in memory; between the parts the
 * thread answers what else is asked of it.
 * @throws the signal's reason once it is aborted
 */
export async function inParts(parts: Iterable<TextPart>, { signal, progress }: Task): Promise<Blob> {
	const pieces: Blob[] = [];
	let open: string[] = [];
	let length = 0;
	let since = performance.now();
	for (const { text, done, of } of parts) {
		open.push(text);
		length += text.length;
		if (length > PIECE) {
			pieces.push(new Blob(open));
			open = [];
			length = 0;
		}
		if (performance.now() - since < AT_ONCE) continue;
		progress(done, of);
		await yieldToPage();
		signal.throwIfAborted();
		since = performance.now();
	}
	return new Blob([...pieces, ...open]);
}
