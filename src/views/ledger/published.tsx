import { presetById } from "../../data/presets/index.ts";
import { parseReference, referenceText, type ScalarReference } from "../../engine/reference.ts";
import { symbolNode } from "../../explain/math.ts";
import { notations } from "../../explain/notation.ts";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { NumberText } from "../marks/number-text.tsx";
import styles from "./ledger.module.css";
import { MathView } from "./math.tsx";

const decimalsOf = (digits: string) => digits.split(".")[1]?.length ?? 0;

/** The digits that were published for a scalar, where its preset has them and nothing was changed. */
function publishedDigits({ experiment }: View, reference: ScalarReference): string | null {
	// A net that came from outside may have layers of the same names.
	if (experiment.edits.length > 0 || experiment.name !== undefined) return null;
	return presetById(experiment.preset).published?.[referenceText(reference)] ?? null;
}

const agrees = (view: View, reference: ScalarReference, digits: string) =>
	view.value(reference).toFixed(decimalsOf(digits)) === digits;

/** `0.75136507 ✓` behind an operand. */
export function PublishedTick({ view, reference }: { readonly view: View; readonly reference: ScalarReference }) {
	const digits = publishedDigits(view, reference);
	if (digits === null || view.read(reference).status !== "known") return null;
	const same = agrees(view, reference, digits);
	return (
		<span className={styles.tick} data-published={same}>
			; {digits} {same ? "✓" : "✗"}
		</span>
	);
}

/** Published figures, each beside the page's own to the same number of digits. */
export function Published({
	view,
	references,
}: {
	readonly view: View;
	readonly references: readonly ScalarReference[];
}) {
	const { ledger } = useText();
	const found = references.flatMap((reference) => {
		const digits = publishedDigits(view, reference);
		return digits === null || view.read(reference).status !== "known" ? [] : [{ reference, digits }];
	});
	if (found.length === 0) return null;
	return (
		<ul className={styles.published} aria-label={ledger.publishedTitle}>
			{found.map(({ reference, digits }) => {
				const same = agrees(view, reference, digits);
				const symbol = notations[view.notation].symbol(view.timeline.structure, reference);
				return (
					<li key={referenceText(reference)} data-published={same}>
						<MathView node={symbolNode(symbol)} />
						<NumberText reading={view.read(reference)} format={{ decimals: decimalsOf(digits) }} />
						<span>{same ? ledger.asPublished : ledger.publishedIs(digits)}</span>
					</li>
				);
			})}
		</ul>
	);
}

/** All published figures of an iteration, in the order of the preset's file. */
export function publishedReferences(view: View): readonly ScalarReference[] {
	const { preset, name } = view.experiment;
	const texts = name === undefined ? Object.keys(presetById(preset).published ?? {}) : [];
	return texts.flatMap((text) => {
		const reference = parseReference(text);
		return reference === null || reference.iteration !== view.cursor.iteration ? [] : [reference];
	});
}
