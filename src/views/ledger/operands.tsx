import { type ReactNode, useContext } from "react";
import { referencesOf } from "../../engine/evaluate.ts";
import type { Expression } from "../../engine/expression.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import { LARGEST, WHOLE_SUM } from "../../explain/formula-columns.ts";
import { INNER, inline } from "../../explain/inline.ts";
import { flat, type MathNode, symbolNode } from "../../explain/math.ts";
import { notations } from "../../explain/notation.ts";
import { type Subject, subjectText } from "../../explain/reading.ts";
import { useText } from "../../store/hooks.ts";
import { setHovered, useIsHovered } from "../../store/hover.ts";
import type { View } from "../../store/view.ts";
import { NumberText } from "../marks/number-text.tsx";
import { classes } from "../marks/reading-attributes.ts";
import { isTinted, nextPage } from "./formula-cells.tsx";
import { productKind } from "./kinds.ts";
import styles from "./ledger.module.css";
import { MathView, NamedMath, ViewContext } from "./math.tsx";
import { OperandIcon } from "./operand-icon.tsx";
import { originOf } from "./origin.ts";
import type { Printed } from "./printed.ts";
import { PublishedTick } from "./published.tsx";
import { readingOf, told, writerFor } from "./telling.ts";

interface Row {
	readonly subject: Subject;
	readonly symbol: MathNode;
	/** The leaf that comes to it, where one goes term by term. */
	readonly from?: number | undefined;
}

interface Rows {
	readonly rows: readonly Row[];
	/** Terms that are not listed, and what they add up to. */
	readonly more: readonly {
		readonly count: number;
		readonly subject: Subject;
		readonly from?: number | undefined;
	}[];
	/** So many scalars within one piece of the formula are not listed. */
	readonly hidden: number;
}

/** What the formulas' columns are about, each once; what is being explained itself is left out. */
function rowsOf(view: View, formulas: readonly Printed[], terms: number): Rows {
	const rows = new Map<string, Row>();
	const more: Rows["more"][number][] = [];
	for (const { columns } of formulas) {
		for (const cell of columns?.parts.flatMap((part) => part.cells) ?? []) {
			const { subject, symbols } = cell;
			if (subject === null) continue;
			const from = cell.numbers.tag === "number" ? cell.numbers.from : undefined;
			if (cell.kind === "more") more.push({ count: cell.count, subject, from });
			else rows.set(subjectText(subject), { subject, symbol: rowSymbol(view, subject, symbols), from });
		}
	}
	for (const { told: formula } of formulas) rows.delete(subjectText(formula.subject));
	if (rows.size > 0 || formulas.length > 1) return { rows: [...rows.values()], more, hidden: 0 };
	return insideRows(view, formulas, terms);
}

/** A formula that is one piece, such as a softmax: the scalars in it, the largest first. */
function insideRows(view: View, formulas: readonly Printed[], terms: number): Rows {
	const found = new Map<string, ScalarReference>();
	for (const { told: formula } of formulas) {
		const expression = told(view, formula.subject);
		for (const reference of expression === null ? [] : referencesOf(expression)) {
			found.set(subjectText(reference), reference);
		}
	}
	const all = [...found.values()];
	const size = (reference: ScalarReference) =>
		view.read(reference).status === "known" ? Math.abs(view.shown(reference)) : 0;
	const shown = all.toSorted((a, b) => size(b) - size(a)).slice(0, Math.max(WHOLE_SUM, terms));
	const rows = shown.map((subject): Row => ({ subject, symbol: rowSymbol(view, subject, null) }));
	return { rows, more: [], hidden: all.length - rows.length };
}

function rowSymbol(view: View, subject: Subject, symbols: MathNode | null): MathNode {
	const expression = subject.kind === "share" ? told(view, subject) : null;
	// Of one sample: a sum in it counts places, by the letter that they have in the formula.
	if (expression !== null) {
		return flat(inline(expression, { ...plainWriter(view, expression, true), index: INNER }, "symbols"));
	}
	if (subject.kind !== "derived") {
		return symbolNode(notations[view.notation].symbol(view.timeline.structure, subject), true);
	}
	const signed = subject.expression.kind === "negative";
	return flat(signed || symbols === null ? joined(view, subject.expression) : symbols);
}

const plainWriter = (view: View, expression: Expression, merge: boolean) =>
	writerFor(view, expression, { merge, terms: LARGEST, termsFrom: null });

const joined = (view: View, expression: Expression) =>
	inline(expression, plainWriter(view, expression, true), "symbols");

interface OperandsProps {
	readonly formulas: readonly Printed[];
	readonly terms: number;
	readonly onOpen: (subject: Subject) => void;
	readonly onMore: (terms: number) => void;
}

/** The numbers that a formula is made of, each a way on to where it was computed; the largest where there are many. */
export function Operands({ formulas, terms, onOpen, onMore }: OperandsProps) {
	const text = useText();
	const view = useContext(ViewContext);
	if (view === null) return null;
	const { rows, more, hidden } = rowsOf(view, formulas, terms);
	if (rows.length === 0) return null;
	return (
		<ul className={styles.operands} aria-label={text.ledger.operands}>
			{rows.map((row, place) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a row of the same shape keeps its elements from stage to stage
				<OperandRow key={place} row={row} view={view} onOpen={onOpen} />
			))}
			{more.map(({ count, subject, from }, place) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a formula's sums stand in a fixed order
				<MoreRow key={place} count={count} onMore={() => onMore(nextPage(terms))}>
					<NumberText reading={readingOf(view, expressionOf(subject), from)} coloured />
				</MoreRow>
			))}
			{hidden > 0 && <MoreRow count={hidden} onMore={() => onMore(nextPage(terms))} />}
		</ul>
	);
}

interface MoreProps {
	readonly count: number;
	readonly onMore: () => void;
	readonly children?: ReactNode;
}

/** The smaller operands, counted; one press lists more of them. */
function MoreRow({ count, onMore, children }: MoreProps) {
	const { ledger } = useText();
	return (
		<li>
			<button type="button" className={styles.operandRow} data-more={count} onClick={onMore}>
				<span />
				<span className={styles.operandMore}>{ledger.more(count)}</span>
				<span className={styles.operandValue}>{children}</span>
				<span className={styles.operandOrigin}>{ledger.showMore}</span>
				<span aria-hidden="true">⌄</span>
			</button>
		</li>
	);
}

const expressionOf = (subject: Subject) =>
	subject.kind === "derived" ? subject.expression : ({ kind: "scalar", reference: subject } as const);

interface RowProps {
	readonly row: Row;
	readonly view: View;
	readonly onOpen: (subject: Subject) => void;
}

function OperandRow({ row: { subject, symbol, from }, view, onOpen }: RowProps) {
	const lit = useIsHovered(subject);
	const light = () => setHovered(subject);
	const dim = () => setHovered(null);
	return (
		<li>
			<button
				type="button"
				className={classes(styles.operandRow, lit && styles.lit)}
				data-follow={subjectText(subject)}
				onClick={() => onOpen(subject)}
				onPointerEnter={light}
				onPointerLeave={dim}
				onFocus={light}
				onBlur={dim}
			>
				<OperandIcon view={view} subject={subject} from={from} />
				<span className={styles.operandSymbol}>
					<NamedMath node={symbol} />
				</span>
				<span className={styles.operandValue}>
					<NumberText reading={readingOf(view, expressionOf(subject), from)} coloured={isTinted(subject)} />
				</span>
				<span className={styles.operandOrigin}>
					<Origin subject={subject} view={view} />
				</span>
				<span aria-hidden="true">›</span>
			</button>
		</li>
	);
}

function Origin({ subject, view }: { readonly subject: Subject; readonly view: View }) {
	const text = useText();
	if (subject.kind === "derived") return <PartOrigin expression={subject.expression} view={view} />;
	const share = subject.kind === "share" && subject.slot === 0 ? told(view, subject) : null;
	return (
		<>
			<span className={styles.link}>{originOf(view, text, subject)}</span>
			{share !== null && <NumbersOf expression={share} view={view} />}
			<PublishedTick view={view} reference={subject} />
		</>
	);
}

interface PartProps {
	readonly expression: Expression;
	readonly view: View;
}

function PartOrigin({ expression, view }: PartProps) {
	const text = useText();
	const slope = expression.kind === "named" ? expression : null;
	const from = productKind(expression)?.from ?? (slope?.at?.kind === "scalar" ? slope.at.reference : null);
	return (
		<>
			{from !== null && <span className={styles.link}>{originOf(view, text, from)}</span>}
			<NumbersOf expression={slope?.value ?? expression} view={view} alone={from === null} />
		</>
	);
}

function NumbersOf({ expression, view, alone = false }: PartProps & { readonly alone?: boolean }) {
	const node = inline(expression, plainWriter(view, expression, false), "numbers");
	return (
		<>
			{alone ? "" : ": "}
			<MathView node={node} />
		</>
	);
}
