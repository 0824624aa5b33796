import { useEffect, useState } from "react";
import type { EngineProblem } from "../engine/problem.ts";
import { loadWhole } from "../i18n/en/opening.ts";
import { useText } from "../store/hooks.ts";

const plain = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * An error in the reader's words. The words are fetched, since few pages ever need them; until then, and where they
 * cannot be, the error's own message stands.
 */
export function useTold(error: unknown, problem: EngineProblem | null = null): string {
	const text = useText();
	const [told, setTold] = useState("");
	useEffect(() => {
		let current = true;
		const tell = (words: string) => {
			if (current) setTold(words);
		};
		tell(problem === null ? plain(error) : "");
		Promise.all([import("../store/problem-text.ts"), loadWhole()]).then(
			([{ errorText, problemText }]) => tell(problem === null ? errorText(text, error) : problemText(text, problem)),
			() => {},
		);
		return () => {
			current = false;
		};
	}, [text, error, problem]);
	return told;
}
