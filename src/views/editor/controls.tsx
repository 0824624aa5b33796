import { type ReactNode, useId } from "react";
import type { EngineProblem } from "../../engine/problem.ts";
import { useText } from "../../store/hooks.ts";
import { refusalText } from "../../store/problem-text.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import styles from "./editor.module.css";
import { useReport } from "./refusal.tsx";

type Commit = () => Promise<EngineProblem | null>;

/** Runs an edit and says under the table or the row why it was refused. */
export function useReported(): (label: string, commit: Commit) => void {
	const text = useText();
	const format = useNumberFormat();
	const report = useReport();
	return (label, commit) => {
		void commit().then((problem) =>
			report(problem === null ? null : `${label}: ${refusalText(text, problem, format)}`),
		);
	};
}

interface EditButtonProps {
	/** Spoken; shown too where there are no children. */
	readonly label: string;
	readonly children?: ReactNode;
	readonly title?: string;
	readonly quiet?: boolean;
	readonly onEdit: Commit;
}

export function EditButton({ label, children, title, quiet, onEdit }: EditButtonProps) {
	const run = useReported();
	return (
		<button
			type="button"
			className="button"
			aria-label={label}
			title={title ?? label}
			{...(quiet ? { "data-variant": "quiet" } : {})}
			onClick={() => run(label, onEdit)}
		>
			{children ?? label}
		</button>
	);
}

interface SelectProps<T extends string> {
	readonly label: string;
	/** In a table: the label is only spoken. */
	readonly bare?: boolean;
	readonly value: T;
	readonly options: readonly { readonly value: T; readonly text: string }[];
	readonly onChoose: (value: T) => Promise<EngineProblem | null>;
	readonly note?: string;
}

/** One of a few, from a list. */
export function Select<T extends string>({ label, bare, value, options, onChoose, note }: SelectProps<T>) {
	const id = useId();
	const run = useReported();
	const select = (
		<select
			id={id}
			className={styles.select}
			value={value}
			{...(bare ? { "aria-label": label } : {})}
			onChange={(event) => {
				const chosen = options.find((option) => option.value === event.target.value);
				if (chosen !== undefined) run(label, () => onChoose(chosen.value));
			}}
		>
			{options.map((option) => (
				<option key={option.value} value={option.value}>
					{option.text}
				</option>
			))}
		</select>
	);
	if (bare) return select;
	return (
		<div className={styles.field}>
			<label htmlFor={id}>{label}</label>
			<div className={styles.fieldRow}>{select}</div>
			{note !== undefined && <p className={styles.note}>{note}</p>}
		</div>
	);
}

interface SwitchProps<T extends string> {
	readonly label: string;
	readonly value: T;
	readonly options: readonly { readonly value: T; readonly text: string }[];
	readonly onChoose: (value: T) => Promise<EngineProblem | null>;
}

/** One of two or three, all in sight. */
export function Switch<T extends string>({ label, value, options, onChoose }: SwitchProps<T>) {
	const id = useId();
	const run = useReported();
	return (
		<div className={styles.field}>
			<span id={id}>{label}</span>
			<div className={styles.fieldRow}>
				{/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a border and a legend of its own */}
				<div role="group" aria-labelledby={id} className="segmented">
					{options.map((option) => (
						<button
							key={option.value}
							type="button"
							aria-pressed={option.value === value}
							onClick={() => run(label, () => onChoose(option.value))}
						>
							{option.text}
						</button>
					))}
				</div>
			</div>
		</div>
	);
}

/** What is either so or not. */
export function Check({
	label,
	checked,
	onChange,
}: {
	readonly label: string;
	readonly checked: boolean;
	readonly onChange: (checked: boolean) => Promise<EngineProblem | null>;
}) {
	const run = useReported();
	return (
		<label className={styles.check}>
			<input
				type="checkbox"
				checked={checked}
				onChange={(event) => {
					const wanted = event.target.checked;
					run(label, () => onChange(wanted));
				}}
			/>
			{label}
		</label>
	);
}
