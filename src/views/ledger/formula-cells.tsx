import type { Formula as Columns, FormulaPart } from "../../explain/formula.ts";
import type { FormulaCell } from "../../explain/formula-cell.ts";
import { LARGEST } from "../../explain/formula-columns.ts";
import { operator } from "../../explain/math.ts";
import { notations } from "../../explain/notation.ts";
import { type Subject, subjectText } from "../../explain/reading.ts";
import { symbolText } from "../../explain/symbol.ts";
import { setHovered, useIsHovered } from "../../store/hover.ts";
import type { View } from "../../store/view.ts";
import { classes, signOfReading } from "../marks/reading-attributes.ts";
import styles from "./ledger.module.css";
import { MathView, NamedMath } from "./math.tsx";
import { useLedgerTexts } from "./texts.ts";

/** What every cell of a formula gets. */
export interface Shared {
	readonly view: View;
	readonly caption: (part: FormulaPart) => string | null;
	readonly onOpen: (subject: Subject) => void;
	readonly onMore: (terms: number) => void;
	readonly terms: number;
}

export const EQUALS = operator("=");

export function Equals({ shown }: { readonly shown: boolean }) {
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

export function SymbolsCell({ cell, view, onOpen, onMore, terms }: CellProps) {
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

export function NumbersCell({ cell, view, onOpen }: CellProps) {
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
export function Parts({ columns, view, caption }: Shared & { readonly columns: Columns }) {
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
