import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import type { EngineProblem } from "../../engine/problem.ts";
import { formatNumber, parseTypedNumber } from "../../explain/number-text.ts";
import { useText } from "../../store/hooks.ts";
import { type Problem, refusalText } from "../../store/problem-text.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import styles from "./editor.module.css";
import { Refusal, useReport } from "./refusal.tsx";

export interface NumberFieldProps {
	readonly label: string;
	/** How formulas write it, after the label. */
	readonly symbol?: string;
	readonly value: number;
	/** Returns why the value is refused. */
	readonly onCommit: (value: number) => Promise<EngineProblem | null>;
	readonly whole?: boolean;
	/** In a table: the label is only spoken, a refusal is said under the table. */
	readonly bare?: boolean;
	/** After the field, in small. */
	readonly note?: string;
}

/** A number that can be typed. Enter keeps it, Esc brings the former back; what is refused is said right there. */
export function NumberField({ label, symbol, value, onCommit, whole, bare, note }: NumberFieldProps) {
	const text = useText();
	const format = useNumberFormat();
	const id = useId();
	const report = useReport();
	const busy = useRef(false);
	const input = useRef<HTMLInputElement>(null);
	const [focused, setFocused] = useState(false);
	const [draft, setDraft] = useState<string | null>(null);
	const [problem, setProblem] = useState<Problem | null>(null);
	const former = formatNumber(value, { ...format, full: true });
	// All digits where one types, the usual few where one reads.
	const shown = focused ? former : formatNumber(value, format);
	useLayoutEffect(() => {
		if (focused) input.current?.select();
	}, [focused]);
	const typed = draft === null ? null : parseTypedNumber(draft);
	const echo = !bare && draft?.includes("/") && typed?.ok ? `= ${formatNumber(typed.value, format)}` : (note ?? "");

	function refuse(found: Problem | null): void {
		setProblem(found);
		if (!bare) return;
		report(found === null ? null : `${label}: ${sentence(found)}`);
	}
	const sentence = (found: Problem) => `${refusalText(text, found, format)} ${text.problems.kept(former)}`;

	async function commit(): Promise<void> {
		if (typed === null || busy.current) return;
		if (!typed.ok || typed.value === value) {
			refuse(typed.ok ? null : typed.problem);
			if (typed.ok) setDraft(null);
			return;
		}
		busy.current = true;
		const refused = await onCommit(typed.value);
		busy.current = false;
		refuse(refused);
		if (refused === null) setDraft(null);
	}

	function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
		if (event.nativeEvent.isComposing) return;
		if (event.key === "Enter") void commit();
		if (event.key !== "Escape" || (draft === null && problem === null)) return;
		event.stopPropagation();
		setDraft(null);
		refuse(null);
	}

	function onBlur(): void {
		setFocused(false);
		// What is refused does not stay in the field as if it held; the sentence stays.
		void commit().then(() => setDraft(null));
	}

	const element = (
		<input
			ref={input}
			id={id}
			type="text"
			inputMode={whole ? "numeric" : "text"}
			enterKeyHint="done"
			autoComplete="off"
			autoCapitalize="off"
			spellCheck={false}
			maxLength={60}
			className={bare ? styles.cellInput : styles.input}
			value={draft ?? shown}
			title={former}
			aria-invalid={problem !== null}
			{...(bare ? { "aria-label": label } : {})}
			{...(problem !== null && !bare ? { "aria-describedby": `${id}-refusal` } : {})}
			onChange={(event) => {
				setDraft(event.target.value);
				if (problem !== null) refuse(null);
			}}
			onFocus={() => setFocused(true)}
			onKeyDown={onKeyDown}
			onBlur={onBlur}
		/>
	);
	if (bare) return element;
	return (
		<div className={styles.field}>
			<label htmlFor={id}>
				{label} {symbol !== undefined && <span className={styles.symbol}>{symbol}</span>}
			</label>
			<div className={styles.fieldRow}>
				{element}
				{echo !== "" && <span className={styles.note}>{echo}</span>}
			</div>
			<div role="alert">{problem !== null && <Refusal id={`${id}-refusal`} sentence={sentence(problem)} />}</div>
		</div>
	);
}
