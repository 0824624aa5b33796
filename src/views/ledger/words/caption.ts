import type { FormulaPart } from "../../../explain/formula.ts";
import type { Catalogue } from "../../../i18n/catalogue.ts";
import type { View } from "../../../store/view.ts";
import { errorWord, openingOf, openingWord, valueIn } from "./case.ts";

/** What stands below a part of the third line: a large error, a valve; null where there is nothing to say. */
export function captionOf(view: View, text: Catalogue, { role, expression, cells }: FormulaPart): string | null {
	const { captions } = text.ledger;
	if (expression === null || view.derive(expression).status !== "known") return null;
	if (role === "slope" && expression.kind === "named") return captions.valve(openingWord(openingOf(view, expression)));
	if (role === "gap") return errorWord(valueIn(view, expression)) === "large" ? captions.largeError : null;
	return expression.kind === "sum" && expression.terms.length > 1 && cells.length > 1 ? captions.sum : null;
}
