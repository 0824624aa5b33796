import { inspect } from "../../store/actions.ts";
import { NumberText } from "../marks/number-text.tsx";
import styles from "./ledger.module.css";
import { type Inserted, piecesOf, type Sentence } from "./words/sentence.ts";

/** A sign that no line may begin with: it stays with the number before it. */
const PERCENT = " %";

/** A sentence, each of its numbers open to the question where it comes from. */
export function SentenceText({ sentence }: { readonly sentence: Sentence }) {
	const pieces = piecesOf(sentence);
	return pieces.map((piece, place) => {
		const [before, next] = [pieces[place - 1], pieces[place + 1]];
		if (typeof piece === "string") {
			const rest = typeof before === "object" && piece.startsWith(PERCENT) ? piece.slice(PERCENT.length) : piece;
			// biome-ignore lint/suspicious/noArrayIndexKey: a sentence's pieces stand in a fixed order
			return <span key={place}>{rest.replaceAll(PERCENT, "\u00a0%")}</span>;
		}
		const percent = typeof next === "string" && next.startsWith(PERCENT);
		return (
			// biome-ignore lint/suspicious/noArrayIndexKey: a sentence's pieces stand in a fixed order
			<span key={place} className={percent ? styles.together : undefined}>
				<InSentence {...piece} />
				{percent && PERCENT}
			</span>
		);
	});
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
