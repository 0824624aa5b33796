import { inspect } from "../../store/actions.ts";
import { NumberText } from "../marks/number-text.tsx";
import styles from "./ledger.module.css";
import { type Inserted, piecesOf, type Sentence } from "./words/sentence.ts";

/** A sentence, each of its numbers open to the question where it comes from. */
export function SentenceText({ sentence }: { readonly sentence: Sentence }) {
	return piecesOf(sentence).map((piece, place) =>
		// biome-ignore lint/suspicious/noArrayIndexKey: a sentence's pieces stand in a fixed order
		typeof piece === "string" ? <span key={place}>{piece}</span> : <InSentence key={place} {...piece} />,
	);
}

function InSentence({ reading, format }: Inserted) {
	const { subject } = reading;
	return (
		<NumberText
			reading={reading}
			format={format}
			className={styles.inSentence}
			{...(subject === null ? {} : { onExplain: () => inspect(subject) })}
		/>
	);
}
