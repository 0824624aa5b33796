import { referencesOf } from "../../engine/evaluate.ts";
import { referenceText, type ScalarReference } from "../../engine/reference.ts";
import { expandSubject } from "../../explain/expand.ts";
import { notations } from "../../explain/notation.ts";
import { type Subject, subjectText } from "../../explain/reading.ts";
import { symbolText } from "../../explain/symbol.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { NumberText } from "../marks/number-text.tsx";
import styles from "./ledger.module.css";
import { SymbolMath } from "./symbol.tsx";
import { originOf } from "./words.ts";

/** So many operands stand in the list before it says "n more"; so many more a page. */
const FIRST = 5;

interface OperandsProps {
	readonly view: View;
	readonly subjects: readonly Subject[];
	readonly shown: number;
	readonly onFollow: (reference: ScalarReference) => void;
	readonly onShow: (count: number) => void;
}

/** The numbers that a formula is made of, each a way on to where it was computed; the largest first where there are many. */
export function Operands({ view, subjects, shown, onFollow, onShow }: OperandsProps) {
	const text = useText();
	const notation = useSettings((settings) => settings.notation);
	const distinct = new Map<string, ScalarReference>();
	for (const subject of subjects) {
		const expression = expandSubject(view.explain, subject);
		for (const operand of expression === null ? [] : referencesOf(expression))
			distinct.set(referenceText(operand), operand);
	}
	for (const subject of subjects) distinct.delete(subjectText(subject));
	const all = [...distinct.values()];
	const ordered = all.length > FIRST ? all.toSorted((a, b) => Math.abs(view.shown(b)) - Math.abs(view.shown(a))) : all;
	const visible = ordered.slice(0, Math.max(FIRST, shown));
	const rest = all.length - visible.length;
	if (all.length === 0) return null;
	return (
		<ul className={styles.operands} aria-label={text.ledger.operands}>
			{visible.map((operand) => {
				const symbol = notations[notation].symbol(view.timeline.structure, operand);
				return (
					<li key={referenceText(operand)}>
						<button
							type="button"
							className={styles.operandRow}
							data-follow={referenceText(operand)}
							aria-label={text.ledger.follow(symbolText(symbol))}
							onClick={() => onFollow(operand)}
						>
							<span className={styles.operandSymbol}>
								<math>
									<SymbolMath symbol={symbol} />
								</math>
							</span>
							<span className={styles.operandValue}>
								<NumberText reading={view.read(operand)} coloured />
							</span>
							<span className={styles.operandOrigin}>{originOf(view, text, notation, operand)}</span>
							<span aria-hidden="true">›</span>
						</button>
					</li>
				);
			})}
			{rest > 0 && (
				<li>
					<button type="button" className={styles.operandRow} onClick={() => onShow(visible.length + 20)}>
						{text.ledger.more(rest)}
					</button>
				</li>
			)}
		</ul>
	);
}
