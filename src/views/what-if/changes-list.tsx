import { useState } from "react";
import { notations } from "../../explain/notation.ts";
import { type Change, changesOf, largestChanges } from "../../store/changes.ts";
import { useText } from "../../store/hooks.ts";
import type { Proposal } from "../../store/session.ts";
import type { View } from "../../store/view.ts";
import { NumberText } from "../marks/number-text.tsx";
import { unitWord } from "../timeline/names.ts";
import { SymbolImage } from "./symbol-image.tsx";
import styles from "./what-if.module.css";

interface ChangesListProps {
	readonly view: View;
	readonly proposed: View;
	readonly proposal: Proposal;
}

/** So many stand in the list before it says "n more". */
const FIRST = 7;
const ALL = 200;

/** Old → new for every number that the edit changes and that is known where one stands. */
export function ChangesList({ view, proposed, proposal }: ChangesListProps) {
	const { editor } = useText();
	const texts = editor.whatIf;
	const [all, setAll] = useState(false);
	const changes = changesOf(view, proposed, proposal);
	const shown = largestChanges(changes, all ? ALL : FIRST, proposed, view);
	const rest = changes.length - shown.length;
	if (changes.length === 0) return null;
	return (
		<>
			<table className={styles.changes} aria-label={texts.changes}>
				<tbody>
					{shown.map((change) => (
						<ChangeRow key={change.before.id} view={view} change={change} />
					))}
				</tbody>
			</table>
			{changes.length === 1 && <p className={styles.note}>{texts.unchanged}</p>}
			{rest > 0 && (
				<button type="button" className={styles.more} onClick={() => setAll(true)}>
					{texts.more(rest)}
				</button>
			)}
		</>
	);
}

function ChangeRow({ view, change }: { readonly view: View; readonly change: Change }) {
	const text = useText();
	const texts = text.editor.whatIf;
	const { reference, before, after, size, direction } = change;
	const isEdited = reference.kind === "parameter" && reference.moment === "before";
	const turned = change.turns && !isEdited ? [texts.turned] : [];
	const symbol = notations[view.notation].symbol(view.timeline.structure, reference);
	// The loss has no sign to be coloured by.
	const coloured = reference.kind !== "loss";
	return (
		<tr>
			<th scope="row">
				<SymbolImage symbol={symbol} />
			</th>
			<td className={styles.was}>
				<NumberText reading={before} />
			</td>
			<td aria-hidden="true" className={styles.arrow}>
				→
			</td>
			<td className={styles.becomes}>
				<NumberText reading={after} coloured={coloured} />
			</td>
			<td className={styles.by}>
				<span aria-hidden="true">{direction === "up" ? "▲" : "▼"}</span>
				<span className="sr-only">{direction === "up" ? texts.up : texts.down}</span>{" "}
				<NumberText reading={size} format={{ digits: 3 }} />
			</td>
			<td className={styles.where}>{[placeOf(view, text, change), ...turned].join(", ")}</td>
		</tr>
	);
}

/** Which unit or which stage the number belongs to, in a few words. */
function placeOf(view: View, text: ReturnType<typeof useText>, { reference }: Change): string {
	const { structure } = view.timeline;
	if (reference.kind === "loss") return reference.pass === "again" ? text.app.phases.again : text.app.groups.loss;
	if (reference.kind === "top") {
		const group = structure.groupOf(reference.layer, reference.slot);
		if (group.role === "input" || group.role === "target") return text.editor.whatIf.edited;
		return unitWord(text, structure, group, reference.index % group.units, view.notation);
	}
	if (reference.kind === "parameter") {
		if (reference.moment === "before") return text.editor.whatIf.edited;
		return reference.moment === "gradient" ? text.app.phases.gradients : text.app.phases.solver;
	}
	return reference.kind === "internal" ? text.app.groups.output : text.editor.whatIf.edited;
}
