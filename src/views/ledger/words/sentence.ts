import type { NumberFormat } from "../../../explain/number-text.ts";
import type { Reading } from "../../../explain/reading.ts";

/** A number within a sentence, in few digits. */
export interface Inserted {
	readonly reading: Reading;
	readonly format: NumberFormat;
}

/**
 * A sentence of the catalogue with numbers in it: where each stands the text holds a sign of its own. So every number
 * that is read keeps its reading, and the same sentence can be spoken.
 */
export interface Sentence {
	readonly text: string;
	readonly numbers: readonly Inserted[];
}

/** Signs of Unicode's private use area: no text of ours holds them. */
const FIRST = 0xe000;

/** A name put into a Chinese sentence may itself be Chinese: there no space stands, as there does beside other letters. */
const closed = (text: string) => text.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, "");

export const plainSentence = (text: string): Sentence => ({ text: closed(text), numbers: [] });

/** Collects the numbers of one sentence; `put` gives the sign that holds a number's place in the text. */
export class Numbers {
	readonly #numbers: Inserted[] = [];

	put(reading: Reading, digits = 2): string {
		this.#numbers.push({ reading, format: { digits } });
		return String.fromCharCode(FIRST + this.#numbers.length - 1);
	}

	sentence(text: string): Sentence {
		return { text: closed(text), numbers: this.#numbers };
	}
}

/** A sentence in pieces: texts, and the numbers between them. */
export function piecesOf({ text, numbers }: Sentence): readonly (string | Inserted)[] {
	const pieces: (string | Inserted)[] = [];
	let plain = "";
	for (const sign of text) {
		const inserted = numbers[(sign.codePointAt(0) ?? 0) - FIRST];
		if (inserted === undefined) plain += sign;
		else {
			if (plain !== "") pieces.push(plain);
			pieces.push(inserted);
			plain = "";
		}
	}
	if (plain !== "") pieces.push(plain);
	return pieces;
}

/** A sentence as text, its numbers as `write` writes them. */
export function sentenceText(sentence: Sentence, write: (inserted: Inserted) => string): string {
	return piecesOf(sentence)
		.map((piece) => (typeof piece === "string" ? piece : write(piece)))
		.join("");
}
