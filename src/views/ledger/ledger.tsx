import { useState } from "react";
import { presetById } from "../../data/presets/index.ts";
import { referenceText, type ScalarReference } from "../../engine/reference.ts";
import { type Subject, subjectText } from "../../explain/reading.ts";
import { closeInspection, follow, goBack, goTo } from "../../store/actions.ts";
import { useSession, useSettings, useText, useView } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { DEPTHS, nodeAt } from "../../timeline/cursor.ts";
import { stageLine } from "../timeline/names.ts";
import { focusOf } from "./focus.ts";
import { Formula } from "./formula.tsx";
import styles from "./ledger.module.css";
import { Operands } from "./operands.tsx";
import { wordsOf } from "./words.ts";

/** Where we are, why, the formula in symbols and numbers, and where each number came from. */
export default function Ledger() {
	const view = useView();
	if (view === null) return null;
	return <LedgerPage view={view} />;
}

function LedgerPage({ view }: { readonly view: View }) {
	const text = useText();
	const notation = useSettings((settings) => settings.notation);
	const inspected = useSession((state) => state.inspected);
	const trail = useSession((state) => state.trail.length);
	const [shown, setShown] = useState({ key: "", count: 0 });
	const focus = inspected === null ? focusOf(view) : { subjects: [inspected], next: false };
	const main = focus.subjects.at(-1);
	const key = focus.subjects.map(subjectText).join(" ");
	const count = shown.key === key ? shown.count : 0;
	const show = (next: number) => setShown({ key, count: next });
	if (main === undefined) return null;
	const words = wordsOf(view, notation, text.ledger, main, focus.next);
	const go = (reference: ScalarReference) => void follow(reference);
	return (
		<div className={styles.page} data-focus={subjectText(main)}>
			<Breadcrumb view={view} />
			{(inspected !== null || trail > 0) && (
				<div className={styles.ways}>
					{trail > 0 && (
						<button type="button" className="button" data-back onClick={() => void goBack()}>
							‹ {text.ledger.back}
						</button>
					)}
					<button type="button" className="button" data-variant="quiet" onClick={closeInspection}>
						{text.ledger.closeExplanation}
					</button>
				</div>
			)}
			<h2 className={styles.title}>{words.title}</h2>
			<p className={styles.why}>{words.why}</p>
			{focus.next && <p className={styles.note}>{text.ledger.next}</p>}
			<div className={styles.formulas}>
				{focus.subjects.map((subject) => (
					<Formula
						key={subjectText(subject)}
						view={view}
						subject={subject}
						whole={count > 0}
						onFollow={go}
						onShowAll={() => show(200)}
					/>
				))}
			</div>
			<Published view={view} subjects={focus.subjects} />
			<Operands view={view} subjects={focus.subjects} shown={count} onFollow={go} onShow={show} />
			{words.convention !== "" && <p className={styles.convention}>{words.convention}</p>}
			{focus.next && view.cursor.iteration === 1 && (
				<p className={styles.convention}>
					<strong>{text.ledger.whatToSee}</strong> {text.presets[view.experiment.preset].see.join(" ")}
				</p>
			)}
		</div>
	);
}

/** The published figures beside the page's own, where the preset has them. */
function Published({ view, subjects }: { readonly view: View; readonly subjects: readonly Subject[] }) {
	const { ledger } = useText();
	const { published } = presetById(view.experiment.preset);
	if (published === undefined || view.experiment.edits.length > 0) return null;
	const found = subjects.flatMap((reference) => {
		const digits = reference.kind === "derived" ? undefined : published[referenceText(reference)];
		return reference.kind === "derived" || digits === undefined || view.read(reference).status !== "known"
			? []
			: [{ reference, digits }];
	});
	return found.map(({ reference, digits }) => {
		const decimals = digits.split(".")[1]?.length ?? 0;
		const same = view.value(reference).toFixed(decimals) === digits;
		return (
			<p key={referenceText(reference)} className={styles.published} data-published={same}>
				{ledger.publishedIs(digits)} {same ? "✓" : "✗"}
			</p>
		);
	});
}

function Breadcrumb({ view }: { readonly view: View }) {
	const text = useText();
	const notation = useSettings((settings) => settings.notation);
	const { timeline, cursor } = view;
	const nodes = DEPTHS.slice(1, view.depth === "term" ? 5 : 4).map((depth) => nodeAt(timeline, cursor.leaf, depth));
	return (
		<nav aria-label={text.ledger.breadcrumb} className={styles.crumbs}>
			<button type="button" onClick={() => void goTo({ iteration: cursor.iteration, leaf: 0 })}>
				{text.ledger.iteration(cursor.iteration)}
			</button>
			{nodes.map((node, place) => {
				const name =
					node.depth === "phase" && node.phase !== null
						? text.app.phases[node.phase.name]
						: stageLine(text, timeline.structure, node, notation);
				return place === nodes.length - 1 ? (
					<b key={node.depth}>{name}</b>
				) : (
					<button
						key={node.depth}
						type="button"
						onClick={() => void goTo({ iteration: cursor.iteration, leaf: node.last })}
					>
						{name}
					</button>
				);
			})}
		</nav>
	);
}
