import { type CSSProperties, useContext } from "react";
import { type Formula as Columns, type FormulaPart, printFormula } from "../../explain/formula.ts";
import type { FormulaCell } from "../../explain/formula-cell.ts";
import { LARGEST, operandCount } from "../../explain/formula-columns.ts";
import { breakLines, cellsWidth } from "../../explain/lines.ts";
import { type MathNode, mathWidth, type NumberWidth, operator, symbolNode } from "../../explain/math.ts";
import { notations } from "../../explain/notation.ts";
import { formatReading } from "../../explain/number-text.ts";
import { type Reading, type Subject, subjectText } from "../../explain/reading.ts";
import { symbolText } from "../../explain/symbol.ts";
import { setHovered, useIsHovered } from "../../store/hover.ts";
import type { View } from "../../store/view.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { classes, signOfReading } from "../marks/reading-attributes.ts";
import styles from "./ledger.module.css";
import { MathView, NamedMath, ReadingMath, readingAt, ViewContext } from "./math.tsx";
import { told, writerFor } from "./telling.ts";
import { useLedgerTexts } from "./texts.ts";

/** The formula's type, in pixels; the same as in the style sheet. */
const SIZE = 18.4;

/** Where a step adds up term by term, the sum's numbers are known one after the other from this leaf on. */
export interface Told {
	readonly subject: Subject;
	/** All the solver's steps in one. */
	readonly whole?: boolean;
	/** The leaf of the sum's first term, where one goes term by term. */
	readonly termsFrom?: number | null;
	/** The place of the term that this step adds. */
	readonly current?: number | null;
	/** On one line, where another formula has put in the numbers already. */
	readonly brief?: boolean;
}

/** Widths are estimated: so much of the line is filled. */
const ROOM = 0.96;

/** So many operands never fit one by one. */
const MOST_APART = 9;

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

/** Of −1.173: which form fits must not depend on the numbers, or it would change from unit to unit. */
const usualWidth = () => 3.1;

/** A formula with the columns that it is printed in; none where it is given. */
export interface Printed {
	readonly told: Told;
	readonly columns: Columns | null;
}

/** A formula's columns for the width at hand: products apart, or as one term each where these would not fit. */
export function printed(view: View, formula: Told, terms: number, width: number): Printed {
	const { subject, whole, termsFrom = null, current = null } = formula;
	const expression = told(view, subject, whole);
	if (expression === null) return { told: formula, columns: null };
	const { status } = subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject);
	const known = status === "known" || status === "not-finite";
	const print = (merge: boolean) =>
		printFormula(expression, writerFor(view, expression, { merge, terms, termsFrom, current, known }));
	if (operandCount(expression, terms, MOST_APART) >= MOST_APART) return { told: formula, columns: print(true) };
	const apart = print(false);
	const cells = apart.parts.flatMap((part) => part.cells);
	const fits = cellsWidth(cells, usualWidth) <= width / SIZE - 3;
	return { told: formula, columns: fits ? apart : print(true) };
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

const EQUALS = operator("=");

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

interface Shared {
	readonly view: View;
	readonly caption: FormulaProps["caption"];
	readonly onOpen: FormulaProps["onOpen"];
	readonly onMore: FormulaProps["onMore"];
	readonly terms: number;
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

function Equals({ shown }: { readonly shown: boolean }) {
	return <span className={styles.equals}>{shown && <MathView node={EQUALS} />}</span>;
}

function useLight(subject: Subject | null) {
	const lit = useIsHovered(subject);
	const light = () => setHovered(subject);
	const dim = () => setHovered(null);
	return {
		lit: lit && subject !== null,
		handlers: subject === null ? {} : { onPointerEnter: light, onPointerLeave: dim, onFocus: light, onBlur: dim },
	};
}

/** Values that flow forward, and settings, stand in ink: what has a sign that matters is a weight, an error or a product. */
export function isTinted(subject: Subject): boolean {
	if (subject.kind === "derived") return subject.expression.kind !== "named";
	if (subject.kind === "top") return subject.side === "diff";
	return subject.kind === "parameter" || subject.kind === "share";
}

function signOf(view: View, subject: Subject | null): string {
	if (subject === null || !isTinted(subject)) return "";
	return signOfReading(subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject));
}

interface CellProps extends Shared {
	readonly cell: FormulaCell;
}

function SymbolsCell({ cell, view, onOpen, onMore, terms }: CellProps) {
	const texts = useLedgerTexts();
	const { lit, handlers } = useLight(cell.subject);
	const { subject, symbols, span } = cell;
	if (span === 0) return null;
	if (cell.kind === "more") {
		return (
			<button type="button" className={styles.more} data-more={cell.count} onClick={() => onMore(nextPage(terms))}>
				{texts.more(cell.count)}
			</button>
		);
	}
	const style = span > 1 ? { gridColumn: `span ${span}` } : undefined;
	if (symbols === null) return <span />;
	if (subject === null || span > 1) {
		return (
			<span className={styles.cell} style={style}>
				<MathView node={symbols} />
			</span>
		);
	}
	return (
		<button
			type="button"
			className={classes(styles.cell, styles.operand, signOf(view, subject), lit && styles.lit)}
			data-operand={subjectText(subject)}
			onClick={() => onOpen(subject)}
			{...handlers}
		>
			<NamedMath node={symbols} />
		</button>
	);
}

function NumbersCell({ cell, view, onOpen }: CellProps) {
	const { lit, handlers } = useLight(cell.subject);
	const { subject, numbers } = cell;
	const look = classes(styles.cell, signOf(view, subject), lit && styles.lit);
	// Below a Σ the numbers are the links.
	if (subject !== null && cell.kind === "operand" && (cell.symbols === null || cell.span > 1)) {
		return (
			<button
				type="button"
				className={classes(look, styles.operand)}
				data-operand={subjectText(subject)}
				onClick={() => onOpen(subject)}
				{...handlers}
			>
				<MathView node={numbers} />
				<span className="sr-only">{nameOf(view, subject)}</span>
			</button>
		);
	}
	return (
		<span className={look} {...handlers}>
			<MathView node={numbers} />
		</span>
	);
}

/** What the link below a Σ is called: its share. */
const nameOf = (view: View, subject: Subject) =>
	subject.kind === "derived" ? "" : symbolText(notations[view.notation].symbol(view.timeline.structure, subject));

/** The third line: each part as one number, below its columns. */
function Parts({ columns, view, caption }: Shared & { readonly columns: Columns }) {
	return (
		<>
			<Equals shown />
			{columns.parts.map((part, place) => {
				const words = part.role === "operator" ? null : caption(part);
				const { expression } = part;
				const tinted = expression !== null && part.role !== "slope" && part.cells.length > 1;
				const sign = tinted ? signOfReading(view.derive(expression)) : "";
				return (
					<span
						// biome-ignore lint/suspicious/noArrayIndexKey: a formula's parts stand in a fixed order
						key={place}
						className={classes(styles.part, sign)}
						style={{ gridColumn: `span ${part.cells.length}` }}
					>
						<MathView node={part.whole} />
						{words !== null && <small className={styles.caption}>{words}</small>}
					</span>
				);
			})}
		</>
	);
}

/** How many terms stand after "n more" was pressed. */
export function nextPage(terms: number): number {
	return terms <= LARGEST ? 12 : terms + 24;
}
