import { type NotationId, notations } from "../../explain/notation.ts";
import { formatNumber, type NumberFormat } from "../../explain/number-text.ts";
import { symbolText } from "../../explain/symbol.ts";
import { removeEdit } from "../../store/edits.ts";
import type { Edit } from "../../store/experiment.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { Structure } from "../../timeline/structure.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { EditButton } from "./controls.tsx";
import styles from "./editor.module.css";
import { RefusalArea } from "./refusal.tsx";

type Texts = ReturnType<typeof useText>["editor"]["solver"];

function settingName(texts: Texts, name: string): string {
	const words: Readonly<Record<string, string>> = {
		baseLr: texts.rate,
		lrPolicy: texts.policy,
		gamma: texts.gamma,
		power: texts.power,
		stepSize: texts.stepSize,
		stepValues: texts.stepValues,
		maxIter: texts.maxIter,
		momentum: texts.momentum,
		weightDecay: texts.decay,
		regularization: texts.decayKind,
		iterSize: texts.iterSize,
		clipGradients: texts.clip,
	};
	return words[name] ?? name;
}

function settingValue(texts: Texts, name: string, value: unknown, format: NumberFormat): string {
	if (name === "clipGradients" && typeof value === "number" && value < 0) return texts.off;
	if (typeof value === "number") return formatNumber(value, format);
	return Array.isArray(value) ? value.join(" ") : String(value);
}

/** An entry of the log in a few words: W(2)11 = 0.5; Learning rate 0.1. */
function editWords(structure: Structure, notation: NotationId, texts: Texts, edit: Edit, format: NumberFormat): string {
	if (edit.kind === "parameter") {
		const symbol = notations[notation].symbol(structure, { ...edit, moment: "before" });
		return `${symbolText(symbol)} = ${formatNumber(edit.value, format)}`;
	}
	return Object.entries(edit.change)
		.map(([name, value]) => `${settingName(texts, name)} ${settingValue(texts, name, value, format)}`)
		.join(", ");
}

/** Values and settings that were edited, each with the iteration it takes effect in. */
export function LogSection({ structure, edits }: { readonly structure: Structure; readonly edits: readonly Edit[] }) {
	const { editor } = useText();
	const texts = editor.log;
	const notation = useSettings((page) => page.notation);
	const format = useNumberFormat();
	if (edits.length === 0) return <p className={styles.note}>{texts.none}</p>;
	const ordered = edits.toSorted((a, b) => a.iteration - b.iteration);
	return (
		<RefusalArea>
			<ul className={styles.log}>
				{ordered.map((edit) => {
					const words = editWords(structure, notation, editor.solver, edit, format);
					return (
						<li key={`${edit.iteration} ${words}`}>
							<span>{texts.iteration(edit.iteration)}</span>
							<b>{words}</b>
							<EditButton quiet label={texts.remove(words)} onEdit={() => removeEdit(edit)}>
								{texts.removeShort}
							</EditButton>
						</li>
					);
				})}
			</ul>
		</RefusalArea>
	);
}
