import { type KeyboardEvent, useId, useState } from "react";
import type { EngineProblem } from "../../engine/problem.ts";
import { useText } from "../../store/hooks.ts";
import { refusalText } from "../../store/problem-text.ts";
import styles from "./editor.module.css";
import { Refusal } from "./refusal.tsx";

interface StepValuesFieldProps {
	readonly values: readonly number[];
	readonly onCommit: (values: readonly number[]) => Promise<EngineProblem | null>;
}

function parseWholeNumbers(text: string): readonly number[] | null {
	const parts = text.split(/[\s,;，；]+/).filter((part) => part !== "");
	return parts.every((part) => /^\d{1,9}$/.test(part)) ? parts.map(Number) : null;
}

/** The iterations at which a multistep rate drops, in one line. */
export function StepValuesField({ values, onCommit }: StepValuesFieldProps) {
	const text = useText();
	const id = useId();
	const [draft, setDraft] = useState<string | null>(null);
	const [sentence, setSentence] = useState<string | null>(null);
	const former = values.join(" ");

	async function commit(): Promise<void> {
		if (draft === null || draft === former) return;
		const parsed = parseWholeNumbers(draft);
		const refused = parsed === null ? null : await onCommit(parsed.toSorted((a, b) => a - b));
		if (parsed !== null && refused === null) {
			setDraft(null);
			setSentence(null);
			return;
		}
		const why = refused === null ? text.problems.typed.notAList(draft.slice(0, 40)) : refusalText(text, refused);
		setSentence(`${why} ${text.problems.kept(former)}`);
	}

	function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
		if (event.key === "Enter" && !event.nativeEvent.isComposing) void commit();
		if (event.key !== "Escape" || (draft === null && sentence === null)) return;
		event.stopPropagation();
		setDraft(null);
		setSentence(null);
	}

	return (
		<div className={styles.field}>
			<label htmlFor={id}>{text.editor.solver.stepValues}</label>
			<div className={styles.fieldRow}>
				<input
					id={id}
					type="text"
					inputMode="numeric"
					autoComplete="off"
					maxLength={200}
					className={styles.input}
					placeholder={text.editor.solver.stepValuesHint}
					value={draft ?? former}
					aria-invalid={sentence !== null}
					onChange={(event) => setDraft(event.target.value)}
					onKeyDown={onKeyDown}
					onBlur={() => void commit().then(() => setDraft(null))}
				/>
			</div>
			<div role="alert">{sentence !== null && <Refusal sentence={sentence} />}</div>
		</div>
	);
}
