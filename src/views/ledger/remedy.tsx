import { presetById } from "../../data/presets/index.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import { symbolNode } from "../../explain/math.ts";
import { notations } from "../../explain/notation.ts";
import { formatNumber } from "../../explain/number-text.ts";
import { symbolText } from "../../explain/symbol.ts";
import { type Edit, withEdit } from "../../store/experiment.ts";
import { commitExperiment } from "../../store/history.ts";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import styles from "./ledger.module.css";
import { MathView } from "./math.tsx";

/** A preset's remedy as edits that take effect before the iteration shown. */
function editsOf(view: View): readonly Extract<Edit, { readonly kind: "parameter" }>[] {
	const { preset, name } = view.experiment;
	const { remedy = {} } = name === undefined ? presetById(preset) : {};
	return Object.entries(remedy).map(([key, value]) => {
		const [layer, slot, index] = key.split("/");
		const { iteration } = view.cursor;
		return { kind: "parameter", iteration, layer, slot: Number(slot), index: Number(index), value };
	});
}

/** The one click that a preset offers: symmetry breaks. */
export function Remedy({ view }: { readonly view: View }) {
	const { ledger } = useText();
	const format = useNumberFormat();
	const edits = editsOf(view);
	const [first] = edits;
	if (first === undefined) return null;
	const done = view.experiment.edits.some(
		(edit) =>
			edit.kind === "parameter" &&
			edit.iteration <= view.cursor.iteration &&
			edits.some(({ layer, slot, index }) => edit.layer === layer && edit.slot === slot && edit.index === index),
	);
	if (done) return <p className={styles.note}>{ledger.remedyDone}</p>;
	const { iteration, layer, slot, index, value } = first;
	const reference: ScalarReference = { kind: "parameter", iteration, layer, slot, moment: "before", index };
	const symbol = notations[view.notation].symbol(view.timeline.structure, reference);
	const shown = formatNumber(value, format);
	return (
		<p>
			<button
				type="button"
				className="button"
				data-remedy="preset"
				aria-label={`${ledger.remedy(symbolText(symbol))} ${shown}`}
				onClick={() => void commitExperiment(edits.reduce(withEdit, view.experiment))}
			>
				{ledger.remedyStart} <MathView node={symbolNode(symbol)} /> = {shown}
			</button>
		</p>
	);
}
