import { type CSSProperties, useContext } from "react";
import type { Formula as Columns, FormulaPart } from "../../explain/formula.ts";
import { breakLines } from "../../explain/lines.ts";
import { type MathNode, mathWidth, type NumberWidth, symbolNode } from "../../explain/math.ts";
import { notations } from "../../explain/notation.ts";
import { formatReading } from "../../explain/number-text.ts";
import { type Reading, type Subject, subjectText } from "../../explain/reading.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { classes, signOfReading } from "../marks/reading-attributes.ts";
import { EQUALS, Equals, NumbersCell, Parts, type Shared, SymbolsCell } from "./formula-cells.tsx";
import styles from "./ledger.module.css";
import { MathView, ReadingMath, readingAt, ViewContext } from "./math.tsx";
import { type Printed, SIZE } from "./printed.ts";

/** Widths are estimated: so much of the line is filled. */
const ROOM = 0.96;

/** A name that takes more of the line than this stands above it. */
const MOST_LEFT = 0.28;

export interface FormulaProps {
	readonly printed: Printed;
	/** So many terms of a long sum are written. */
	readonly terms: number;
	/** The width at hand, in pixels. */
	readonly width: number;
	/** What is said below a part of the third line. */
	readonly caption: (part: FormulaPart) => string | null;
	readonly label: string;
	readonly onOpen: (subject: Subject) => void;
	readonly onMore: (terms: number) => void;
}

export function Formula({
	printed: {
		told: { subject, brief },
		columns,
	},
	terms,
	width,
	caption,
	label,
	onOpen,
	onMore,
}: FormulaProps) {
	const view = useContext(ViewContext);
	if (view === null) return null;
	const left =
		subject.kind === "derived" ? null : symbolNode(notations[view.notation].symbol(view.timeline.structure, subject));
	const result = subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject);
	const shared = { view, caption, onOpen, onMore, terms };
	return (
		// biome-ignore lint/a11y/useSemanticElements: a formula is no field of a form
		<div role="group" aria-label={label} className={styles.formula} data-formula={subjectText(subject)}>
			{columns === null ? (
				<Given left={left} result={result} />
			) : brief ? (
				<Brief left={left} columns={columns} result={result} />
			) : (
				<Lines left={left} columns={columns} result={result} width={width} {...shared} />
			)}
		</div>
	);
}

function Given({ left, result }: { readonly left: MathNode | null; readonly result: Reading }) {
	return (
		<div className={styles.brief}>
			{left !== null && <MathView node={left} />}
			<MathView node={EQUALS} />
			<Result reading={result} />
		</div>
	);
}

/** a = f(1.015) = 1/(1 + e^−1.015) = 0.7339 */
function Brief({ left, columns, result }: { left: MathNode | null; columns: Columns; result: Reading }) {
	const cells = columns.parts.flatMap((part) => part.cells);
	return (
		<div className={styles.brief}>
			{left !== null && <MathView node={left} />}
			<MathView node={EQUALS} />
			{cells.map((cell, place) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a formula's cells stand in a fixed order
				<MathView key={place} node={cell.numbers} />
			))}
			<MathView node={EQUALS} />
			<Result reading={result} />
		</div>
	);
}

function Result({ reading }: { readonly reading: Reading }) {
	return (
		<span className={classes(styles.result, signOfReading(reading))}>
			<math>
				<ReadingMath reading={reading} />
			</math>
		</span>
	);
}

interface LinesProps extends Shared {
	readonly left: MathNode | null;
	readonly columns: Columns;
	readonly result: Reading;
	readonly width: number;
}

function Lines({ left, columns, result, width, ...shared }: LinesProps) {
	const format = useNumberFormat();
	const { view } = shared;
	const number: NumberWidth = (node) => Math.max(1.4, formatReading(readingAt(view, node), format).length * 0.5);
	const leftWidth = left === null ? 0 : mathWidth(left, number);
	const above = leftWidth > MOST_LEFT * (width / SIZE);
	const lines = breakLines(columns, (width * ROOM) / SIZE, (above ? 0 : leftWidth) + 1.6, number);
	const single = lines.length === 1;
	const written = lines.map((cells, number) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: a formula's lines stand in a fixed order
		<div key={number} className={styles.line} style={{ "--columns": cells.length } as CSSProperties}>
			<span className={styles.left}>{number === 0 && left !== null && !above && <MathView node={left} />}</span>
			<div className={styles.body} data-aligned>
				<Equals shown={number === 0} />
				{cells.map((cell, place) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a formula's cells stand in a fixed order
					<SymbolsCell key={place} cell={cell} {...shared} />
				))}
				<Equals shown={number === 0} />
				{cells.map((cell, place) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a formula's cells stand in a fixed order
					<NumbersCell key={place} cell={cell} {...shared} />
				))}
				{single && columns.collapses && <Parts columns={columns} {...shared} />}
				{number === lines.length - 1 && (
					<div className={styles.last}>
						{!single && columns.collapses && (
							<>
								<Equals shown />
								{columns.parts.map((part, place) => (
									// biome-ignore lint/suspicious/noArrayIndexKey: a formula's parts stand in a fixed order
									<MathView key={place} node={part.whole} />
								))}
							</>
						)}
						<Equals shown />
						<Result reading={result} />
					</div>
				)}
			</div>
		</div>
	));
	if (!above || left === null) return written;
	return (
		<>
			<div className={styles.brief}>
				<MathView node={left} />
			</div>
			{written}
		</>
	);
}
