import { useEffect, useId, useRef, useState } from "react";
import { formatNumber, parseTypedNumber } from "../../explain/number-text.ts";
import type { Symbol } from "../../explain/symbol.ts";
import { useText } from "../../store/hooks.ts";
import { type Problem, refusalText } from "../../store/problem-text.ts";
import { keepProposal, proposeValue } from "../../store/proposal.ts";
import type { Proposal } from "../../store/session.ts";
import { lineRange } from "../marks/line-range.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { classes } from "../marks/reading-attributes.ts";
import { signOf } from "../marks/scales.ts";
import { NumberLine } from "./number-line.tsx";
import { SymbolImage } from "./symbol-image.tsx";
import styles from "./what-if.module.css";

interface ValueFormProps {
	/** The id by which a button elsewhere submits it. */
	readonly form: string;
	readonly proposal: Proposal;
	readonly symbol: Symbol;
	/** What stands in the field, while it is a number: for the title. */
	readonly onTyped: (text: string | null) => void;
}

/** The proposed value, typed or dragged. Enter keeps it. */
export function ValueForm({ form, proposal, symbol, onTyped }: ValueFormProps) {
	const text = useText();
	const texts = text.editor.whatIf;
	const format = useNumberFormat();
	const id = useId();
	const field = useRef<HTMLInputElement>(null);
	const [draft, setDraft] = useState<string | null>(null);
	const [problem, setProblem] = useState<Problem | null>(null);
	const { editable, former, value } = proposal;
	const range = lineRange(editable, former, value);
	useEffect(() => {
		// Dragged on the stage: a keyboard that slides in would take the edge from under the finger.
		if (document.querySelector("[data-dragging='touch']") !== null) return;
		field.current?.focus({ preventScroll: true });
		field.current?.select();
	}, []);

	// Dragged on the stage after something was typed: what was typed is out of date, unless it was refused.
	const typedValue = draft === null ? null : parseTypedNumber(draft);
	const outdated = problem === null && typedValue?.ok === true && typedValue.value !== value;
	const shown = draft === null || outdated ? formatNumber(value, { ...format, full: true }) : draft;

	function type(next: string): void {
		const typed = parseTypedNumber(next);
		setDraft(next);
		// Half a number is no mistake yet: it is refused when it is to be kept.
		setProblem(typed.ok ? proposeValue(typed.value) : null);
		onTyped(typed.ok ? next.trim() : null);
	}

	function drag(next: number): void {
		setDraft(null);
		onTyped(null);
		setProblem(proposeValue(next));
	}

	async function keep(): Promise<void> {
		const typed = outdated ? null : typedValue;
		if (typed?.ok === false) setProblem(typed.problem);
		else setProblem((typed === null ? null : proposeValue(typed.value)) ?? (await keepProposal()));
	}

	return (
		<form
			id={form}
			className={styles.form}
			onSubmit={(event) => {
				event.preventDefault();
				void keep();
			}}
			onKeyDown={(event) => {
				if (event.key !== "Enter" || !(event.target instanceof Element) || event.target.role !== "slider") return;
				// The focus moves on, and the key must not press what it moves to.
				event.preventDefault();
				void keep();
			}}
		>
			<div className={styles.fieldRow}>
				<label htmlFor={id} className={styles.fieldSymbol}>
					<span className="sr-only">{texts.field}: </span>
					<SymbolImage symbol={symbol} />
				</label>
				<input
					ref={field}
					id={id}
					type="text"
					inputMode={range.step === 1 ? "numeric" : "text"}
					enterKeyHint="done"
					autoComplete="off"
					autoCapitalize="off"
					spellCheck={false}
					maxLength={60}
					className={styles.input}
					value={shown}
					aria-invalid={problem !== null}
					aria-describedby={`${id}-note`}
					onChange={(event) => type(event.target.value)}
				/>
				<output htmlFor={id} className={classes(styles.echo, styles[signOf(value)])}>
					= {formatNumber(value, format)}
				</output>
			</div>
			<NumberLine label={texts.line} value={value} former={former} range={range} onChange={drag} />
			<div id={`${id}-note`} role="alert">
				{problem !== null && (
					<p className={styles.refusal}>
						{refusalText(text, problem, format)} {text.problems.kept(formatNumber(value, format))}
					</p>
				)}
			</div>
		</form>
	);
}
