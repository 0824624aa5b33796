import { useMemo, useState } from "react";
import { applyEdit } from "../../store/edits.ts";
import type { Experiment } from "../../store/experiment.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import { currentStart, type Start, withSeed, withStart } from "../../store/net-edits.ts";
import { type StartValues, startValues, withStartValue } from "../../store/start-values.ts";
import type { Structure } from "../../timeline/structure.ts";
import { parameterSymbol } from "../timeline/names.ts";
import { EditButton, Select } from "./controls.tsx";
import styles from "./editor.module.css";
import { NumberField } from "./number-field.tsx";
import { Pager } from "./pager.tsx";
import { RefusalArea } from "./refusal.tsx";

const KINDS: readonly Start["kind"][] = ["gaussian", "uniform", "constant", "xavier", "msra"];

/** A kind of start with the number that shows what it does. */
function usual(kind: Start["kind"]): Start {
	switch (kind) {
		case "gaussian":
			return { kind, deviation: 0.5 };
		case "uniform":
			return { kind, bound: 0.5 };
		case "constant":
			return { kind, value: 0.5 };
		default:
			return { kind };
	}
}

/** What the parameters are before iteration 1: drawn from a seed, or given one by one. */
export function StartSection({
	structure,
	experiment,
}: {
	readonly structure: Structure;
	readonly experiment: Experiment;
}) {
	const { editor } = useText();
	const texts = editor.start;
	const start = currentStart(experiment.net);
	const given = startValues(experiment).every(({ explicit }) => explicit);
	return (
		<RefusalArea key={experiment.preset}>
			<div className={styles.fields}>
				<NumberField
					whole
					label={texts.seed}
					value={experiment.seed}
					onCommit={(seed) => applyEdit((before) => withSeed(before, seed))}
				/>
				<Select
					label={texts.drawn}
					value={given ? "given" : start.kind}
					options={[
						...KINDS.map((value) => ({ value, text: texts.kinds[value] })),
						...(given ? [{ value: "given" as const, text: texts.explicit }] : []),
					]}
					onChoose={async (kind) => (kind === "given" ? null : applyEdit((before) => withStart(before, usual(kind))))}
				/>
				{!given && <Spread start={start} />}
			</div>
			<Values structure={structure} experiment={experiment} />
		</RefusalArea>
	);
}

function Spread({ start }: { readonly start: Start }) {
	const { editor } = useText();
	const texts = editor.start;
	const commit = (next: Start) => applyEdit((before) => withStart(before, next));
	switch (start.kind) {
		case "gaussian":
			return (
				<NumberField
					label={texts.deviation}
					value={start.deviation}
					onCommit={(deviation) => commit({ kind: "gaussian", deviation })}
				/>
			);
		case "uniform":
			return (
				<NumberField label={texts.bound} value={start.bound} onCommit={(bound) => commit({ kind: "uniform", bound })} />
			);
		case "constant":
			return (
				<NumberField
					label={texts.value}
					value={start.value}
					onCommit={(value) => commit({ kind: "constant", value })}
				/>
			);
		default:
			return null;
	}
}

/** Wider matrices are shown a row at a time. */
const COLUMNS = 8;
const ROWS = 8;

function Values({ structure, experiment }: { readonly structure: Structure; readonly experiment: Experiment }) {
	const { editor } = useText();
	const texts = editor.start;
	const notation = useSettings((settings) => settings.notation);
	const all = useMemo(() => startValues(experiment), [experiment]);
	const [chosen, setChosen] = useState("");
	const keyOf = ({ layer, slot }: StartValues) => `${layer}/${slot}`;
	const parameter = all.find((candidate) => keyOf(candidate) === chosen) ?? all[0];
	if (parameter === undefined) return null;
	const name = parameterSymbol(structure, parameter.layer, parameter.slot, notation);
	return (
		<>
			<div className={styles.row}>
				<Select
					label={texts.values}
					value={keyOf(parameter)}
					options={all.map((candidate) => ({
						value: keyOf(candidate),
						text: parameterSymbol(structure, candidate.layer, candidate.slot, notation),
					}))}
					onChoose={async (key) => {
						setChosen(key);
						return null;
					}}
				/>
				<span className={styles.note}>{parameter.explicit ? texts.explicit : texts.drawnValues}</span>
				{all.some(({ explicit }) => explicit) && (
					<EditButton label={texts.back} onEdit={() => applyEdit((before) => withSeed(before, before.seed))} />
				)}
			</div>
			<Matrix key={keyOf(parameter)} name={name} parameter={parameter} />
		</>
	);
}

function Matrix({ name, parameter }: { readonly name: string; readonly parameter: StartValues }) {
	const { editor } = useText();
	const [page, setPage] = useState(0);
	const { shape, values, layer, slot } = parameter;
	const columns = shape.length > 1 ? values.length / shape[0] : 1;
	const rows = values.length / columns;
	const rowsShown = columns > COLUMNS ? 1 : ROWS;
	const first = page * rowsShown;
	const count = Math.min(rowsShown, rows - first) * columns;
	return (
		<>
			<div className={styles.scroll}>
				<div className={styles.block} style={{ "--columns": Math.min(columns, COLUMNS) }}>
					{Array.from({ length: count }, (_, k) => {
						const index = first * columns + k;
						return (
							<NumberField
								key={index}
								bare
								label={editor.start.valueOf(name, Math.floor(index / columns) + 1, (index % columns) + 1)}
								value={values[index]}
								onCommit={(value) => applyEdit((before) => withStartValue(before, layer, slot, index, value))}
							/>
						);
					})}
				</div>
			</div>
			{rows > rowsShown && (
				<Pager
					text={editor.data.rows(first + 1, Math.min(rows, first + rowsShown), rows)}
					page={page}
					pages={Math.ceil(rows / rowsShown)}
					onPage={setPage}
				/>
			)}
		</>
	);
}
