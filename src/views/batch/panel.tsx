import { type KeyboardEvent, useRef } from "react";
import { notations } from "../../explain/notation.ts";
import type { Reading } from "../../explain/reading.ts";
import { symbolLine, symbolText } from "../../explain/symbol.ts";
import { inspect, selectSample } from "../../store/actions.ts";
import { useSession, useText, useView } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { NumberText } from "../marks/number-text.tsx";
import { NetBar } from "../marks/pile.tsx";
import { classes } from "../marks/reading-attributes.ts";
import { linearScale } from "../marks/scales.ts";
import { SymbolMath } from "../marks/symbol-math.tsx";
import { unitBase } from "../timeline/names.ts";
import styles from "./batch.module.css";
import { Card } from "./card.tsx";
import { type BatchColumn, type BatchModel, type BatchTotal, batchModel, type Heading } from "./model.ts";

/** So many samples stand in the table at once. */
const PAGE = 24;
const BAR = 84;

/** The batch, one row a sample: what each of them adds to the number that the step is about. */
export default function BatchPanel() {
	const view = useView();
	return view === null ? null : <BatchPage view={view} />;
}

function explain(reading: Reading) {
	if (reading.subject !== null) inspect(reading.subject);
}

function BatchPage({ view }: { readonly view: View }) {
	const text = useText();
	const inspected = useSession((state) => state.inspected);
	const body = useRef<HTMLTableSectionElement>(null);
	const model = batchModel(view, inspected);
	const texts = text.batch;
	const begin = Math.floor(view.sample / PAGE) * PAGE;
	const rows = Array.from({ length: Math.min(PAGE, model.samples - begin) }, (_, row) => begin + row);
	const barred = model.columns.findLast(({ bar }) => bar !== null) ?? null;
	const passes = view.trace.passes.length;
	function toFront(sample: number) {
		selectSample(sample);
		body.current?.querySelector<HTMLElement>(`[data-sample="${sample}"]`)?.focus({ preventScroll: true });
	}
	function onKeyDown(event: KeyboardEvent) {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step === undefined) return;
		event.preventDefault();
		event.stopPropagation();
		toFront((view.sample + step + model.samples) % model.samples);
	}
	return (
		<div className={styles.panel} data-panel="batch">
			<div className={styles.scroller}>
				<table className={styles.table}>
					<caption className="sr-only">{texts.caption}</caption>
					<thead>
						<tr>
							<th scope="col">{texts.sample}</th>
							{model.columns.map((column) => (
								<th key={headingKey(column.heading)} scope="col">
									<HeadingText view={view} heading={column.heading} />
								</th>
							))}
							{barred !== null && (
								<th scope="col">
									<span className="sr-only">{texts.bar}</span>
								</th>
							)}
						</tr>
					</thead>
					<tbody ref={body}>
						{rows.map((sample) => (
							<tr key={sample} data-front={sample === view.sample}>
								<th scope="row">
									<button
										type="button"
										className={`card ${styles.card}`}
										aria-pressed={sample === view.sample}
										aria-label={texts.bringToFront(sample + unitBase(view.notation))}
										tabIndex={sample === view.sample ? 0 : -1}
										data-sample={sample}
										onClick={() => selectSample(sample)}
										onKeyDown={onKeyDown}
									>
										<span className={styles.place}>{sample + unitBase(view.notation)}</span>
										<Card view={view} sample={sample} />
									</button>
								</th>
								{model.columns.map((column, place) => (
									<Value
										key={headingKey(column.heading)}
										reading={column.readings[sample]}
										signed={column.heading.kind !== "loss"}
										strong={place === model.columns.length - 1}
									/>
								))}
								{barred !== null && <Bar column={barred} reading={barred.readings[sample]} look="part" />}
							</tr>
						))}
					</tbody>
					<tfoot>
						{model.totals.map((total) => (
							<tr key={total.kind}>
								<th scope="row" colSpan={Math.max(1, model.columns.length)}>
									{totalName(view, texts, total, model)}
								</th>
								<Value reading={total.reading} signed={total.kind !== "loss" && total.kind !== "lossAfter"} strong />
								{barred !== null && total.kind === "sum" && (
									<Bar column={barred} reading={total.reading} look="solid" />
								)}
							</tr>
						))}
					</tfoot>
				</table>
				<p className={styles.sentence}>{sentence(view, texts, model)}</p>
				{passes > 1 && <p className={styles.note}>{texts.pass(view.pass + 1, passes)}</p>}
				{model.samples > PAGE && (
					<div className={styles.pages}>
						<button type="button" className="button" disabled={begin === 0} onClick={() => selectSample(begin - PAGE)}>
							{texts.earlier}
						</button>
						<span>
							{texts.range(
								begin + unitBase(view.notation),
								begin + rows.length - 1 + unitBase(view.notation),
								model.samples,
							)}
						</span>
						<button
							type="button"
							className="button"
							disabled={begin + PAGE >= model.samples}
							onClick={() => selectSample(begin + PAGE)}
						>
							{texts.later}
						</button>
					</div>
				)}
			</div>
		</div>
	);
}

type Texts = ReturnType<typeof useText>["batch"];

interface ValueProps {
	readonly reading: Reading;
	/** A loss has no sign to show. */
	readonly signed: boolean;
	readonly strong: boolean;
}

function Value({ reading, signed, strong }: ValueProps) {
	return (
		<td className={strong ? styles.strong : ""}>
			<NumberText reading={reading} coloured={signed} onExplain={explain} />
		</td>
	);
}

interface BarProps {
	readonly column: BatchColumn;
	readonly reading: Reading;
	readonly look: "part" | "solid";
}

function Bar({ column, reading, look }: BarProps) {
	return (
		<td className={classes(styles.bar, column.heading.kind === "loss" && styles.ink)}>
			<svg width={BAR} height={22} aria-hidden="true">
				<line x1={BAR / 2} x2={BAR / 2} y1={0} y2={22} className={styles.axis} />
				<NetBar
					reading={reading}
					scale={linearScale(column.bar ?? 1, BAR / 2 - 2)}
					x={BAR / 2}
					y={4}
					width={14}
					direction="level"
					look={look}
				/>
			</svg>
		</td>
	);
}

function headingKey(heading: Heading): string {
	if (heading.kind === "loss") return heading.again ? "again" : "loss";
	return JSON.stringify(heading);
}

function HeadingText({ view, heading }: { readonly view: View; readonly heading: Heading }) {
	const texts = useText().batch;
	const symbol = (reference: Parameters<(typeof notations)["ufldl"]["symbol"]>[1]) =>
		notations[view.notation].symbol(view.timeline.structure, reference);
	if (heading.kind === "loss") return heading.again ? texts.lossAfter : texts.lossOfSample;
	if (heading.kind === "scalar") return <SymbolMath symbol={symbol(heading.reference)} />;
	return heading.factors.map((factor, place) => (
		<span key={symbolText(symbol(factor))}>
			{place > 0 && " · "}
			<SymbolMath symbol={symbol(factor)} />
		</span>
	));
}

function totalName(view: View, texts: Texts, total: BatchTotal, model: BatchModel): string {
	const passes = view.trace.passes.length;
	switch (total.kind) {
		case "sum":
			return passes > 1 ? texts.totals.sumOfPass(view.pass + 1, passes) : texts.totals.sum;
		case "mean":
			return texts.totals.mean(model.samples);
		default:
			return texts.totals[total.kind];
	}
}

/** What the samples want, in words. */
function sentence(view: View, texts: Texts, { votes, samples, totals, columns }: BatchModel): string {
	if (columns.length === 0 && totals.length > 0) return texts.noShares;
	if (votes === null) return "";
	const { lower, higher, element } = votes;
	const parameter =
		element.kind === "parameter"
			? symbolLine(notations[view.notation].symbol(view.timeline.structure, { ...element, moment: "before" }))
			: "";
	const said = texts.votes(parameter, lower, higher);
	const rest = samples - lower - higher;
	return rest > 0 && rest < samples ? texts.votesWithRest(said, rest) : said;
}
