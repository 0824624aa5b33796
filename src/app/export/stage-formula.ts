import type { NumberFormat } from "../../explain/number-text.ts";
import type { Subject } from "../../explain/reading.ts";
import { type FormulaTexts, formulaTexts, type SetFormula, setFormula } from "../../formats/export/formulas.ts";
import type { View } from "../../store/view.ts";
import { focusOf } from "../../views/ledger/focus.ts";

/** Formulas are set within this many em. */
const WIDTH = 34;

export interface StageFormulas {
	readonly formulas: readonly SetFormula[];
	readonly texts: FormulaTexts;
}

/** What the ledger explains where one stands, or what was asked for, to be set elsewhere. */
export function stageFormulas(view: View, inspected: Subject | null, format: NumberFormat): StageFormulas {
	const told = inspected === null ? focusOf(view).formulas : [{ subject: inspected, whole: false }];
	return {
		texts: formulaTexts(view.explain, format),
		formulas: told.map(({ subject, whole = false }) => {
			const { status } = subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject);
			const known = status === "known" || status === "not-finite";
			return setFormula(view.explain, subject, { format, known, whole, width: WIDTH });
		}),
	};
}
