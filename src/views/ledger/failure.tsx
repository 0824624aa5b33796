import { useEffect, useState } from "react";
import { notations } from "../../explain/notation.ts";
import { formatNumber } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import { symbolText } from "../../explain/symbol.ts";
import { commitExperiment } from "../../store/history.ts";
import { useText } from "../../store/hooks.ts";
import { type FailureRemedy, lossAfter, remediesFor } from "../../store/remedies.ts";
import type { View } from "../../store/view.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { NumberText } from "../marks/number-text.tsx";
import styles from "./ledger.module.css";

/** How far each remedy is tried. */
const ITERATIONS = 30;

/** What to try where the iteration had to stop, each with what it leads to. */
export function Failure({ view }: { readonly view: View }) {
	const { failure } = useText().ledger;
	const format = useNumberFormat();
	const { experiment, trace } = view;
	const { baseLr } = trace.settings;
	const [losses, setLosses] = useState<readonly Reading[]>([]);
	const remedies = remediesFor(experiment, baseLr);
	useEffect(() => {
		let wanted = true;
		setLosses([]);
		async function tryAll() {
			for (const remedy of remediesFor(experiment, baseLr)) {
				const loss = await lossAfter(remedy.experiment, ITERATIONS);
				if (!wanted) return;
				setLosses((known) => [...known, loss]);
			}
		}
		void tryAll();
		return () => {
			wanted = false;
		};
	}, [experiment, baseLr]);
	const rate = symbolText(
		notations[view.notation].symbol(view.timeline.structure, {
			kind: "solver",
			iteration: view.cursor.iteration,
			name: "rate",
		}),
	);
	const nameOf = ({ kind, value }: FailureRemedy) =>
		kind === "rate" ? failure.rate(rate, formatNumber(value, format)) : failure.clip(formatNumber(value, format));
	return (
		<section className={styles.failure} aria-label={failure.whatToTry}>
			<div className={styles.failureHead}>
				<h3>{failure.whatToTry}</h3>
				<small>{failure.lossAfter(ITERATIONS)}</small>
			</div>
			<div className={styles.remedies}>
				{remedies.map((remedy, place) => (
					<button
						key={nameOf(remedy)}
						type="button"
						className={styles.remedy}
						data-remedy={remedy.kind}
						onClick={() => void commitExperiment(remedy.experiment)}
					>
						<b>{nameOf(remedy)}</b>
						<RemedyLoss reading={losses[place]} />
					</button>
				))}
			</div>
			<p className={styles.convention}>{failure.overshot(rate, formatNumber(baseLr, format))}</p>
		</section>
	);
}

function RemedyLoss({ reading }: { readonly reading: Reading | undefined }) {
	const { failure } = useText().ledger;
	if (reading === undefined) return <span>{failure.working}</span>;
	return reading.status === "not-finite" ? (
		<span>{failure.fails}</span>
	) : (
		<NumberText reading={reading} format={{ digits: 3 }} />
	);
}
