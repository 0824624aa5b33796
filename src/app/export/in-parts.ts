import type { TextPart } from "../../formats/export/parts.ts";
import type { Task } from "./task.ts";

/** So long the page does nothing else, in milliseconds. */
const AT_ONCE = 12;
/** Parts are joined to texts of about this many characters. */
const TEXT = 2 ** 20;

/**
 * A long text that is written part by part, as a list of texts; between the parts the page answers what a reader does.
 * @throws the signal's reason once it is aborted
 */
export async function inParts(parts: Iterable<TextPart>, { signal, progress }: Task): Promise<string[]> {
	const texts: string[] = [];
	let open: string[] = [];
	let length = 0;
	let since = performance.now();
	for (const { text, done, of } of parts) {
		open.push(text);
		length += text.length;
		if (length > TEXT) {
			texts.push(open.join(""));
			open = [];
			length = 0;
		}
		if (performance.now() - since < AT_ONCE) continue;
		progress(done, of);
		await new Promise((next) => setTimeout(next));
		signal.throwIfAborted();
		since = performance.now();
	}
	return [...texts, open.join("")];
}
