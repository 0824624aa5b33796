import { useState } from "react";
import { countOf } from "../../engine/shape.ts";
import { withDataValue, withoutSample, withSampleAdded } from "../../store/data-edits.ts";
import { applyEdit } from "../../store/edits.ts";
import type { Experiment } from "../../store/experiment.ts";
import { useText } from "../../store/hooks.ts";
import { withBatch } from "../../store/net-edits.ts";
import type { Group, Structure } from "../../timeline/structure.ts";
import { EditButton } from "./controls.tsx";
import styles from "./editor.module.css";
import { AddIcon, RemoveIcon } from "./icons.tsx";
import { NumberField } from "./number-field.tsx";
import { Pager } from "./pager.tsx";
import { RefusalArea } from "./refusal.tsx";

/** So many numbers of a sample stand in one row; more become a block of their own, one sample at a time. */
const COLUMNS = 8;
const ROWS = 8;

interface Column {
	readonly blob: string;
	readonly index: number;
	readonly name: string;
	readonly whole: boolean;
}

function columnsOf(structure: Structure, experiment: Experiment, texts: ReturnType<typeof useText>["editor"]["data"]) {
	const given = structure.groups.filter(({ role }) => role === "input" || role === "target");
	return given.flatMap((group): readonly Column[] => {
		const blob = group.head.topNames[group.slot];
		const count = countOf(experiment.data.source.blobs[blob]?.sampleShape ?? [0]);
		const whole = isLabel(structure, group);
		return Array.from({ length: count }, (_, index) => ({
			blob,
			index,
			whole,
			name: whole ? texts.label : group.role === "input" ? texts.input(index + 1) : texts.target(index + 1),
		}));
	});
}

function isLabel(structure: Structure, group: Group): boolean {
	return group.role === "target" && structure.consumers(group).some(({ head }) => head.type === "SoftmaxWithLoss");
}

/** The samples, as a table to type in, and how many of them a pass takes. */
export function DataSection({
	structure,
	experiment,
}: {
	readonly structure: Structure;
	readonly experiment: Experiment;
}) {
	const { editor } = useText();
	const texts = editor.data;
	const { samples } = experiment.data.source;
	const columns = columnsOf(structure, experiment, texts);
	const batch = structure.groups[0]?.samples ?? 1;
	return (
		<RefusalArea key={experiment.data.id}>
			<div className={styles.fields}>
				<NumberField
					whole
					label={texts.batch}
					value={batch}
					note={texts.batchNote(samples)}
					onCommit={(value) => applyEdit((before) => withBatch(before, value))}
				/>
			</div>
			{columns.length > COLUMNS ? (
				<SampleBlock experiment={experiment} columns={columns} />
			) : (
				<SampleTable experiment={experiment} columns={columns} />
			)}
		</RefusalArea>
	);
}

interface SamplesProps {
	readonly experiment: Experiment;
	readonly columns: readonly Column[];
}

function ValueField({ experiment, column, sample }: { experiment: Experiment; column: Column; sample: number }) {
	const { editor } = useText();
	const { sampleShape, values } = experiment.data.source.blobs[column.blob];
	return (
		<NumberField
			bare
			whole={column.whole}
			label={editor.data.valueOf(column.name, sample + 1)}
			value={values[sample * countOf(sampleShape) + column.index]}
			onCommit={(value) => applyEdit((before) => withDataValue(before, column.blob, sample, column.index, value))}
		/>
	);
}

function AddSample() {
	const { editor } = useText();
	return (
		<EditButton label={editor.data.addHint} onEdit={() => applyEdit(withSampleAdded)}>
			<AddIcon /> {editor.data.add}
		</EditButton>
	);
}

function SampleTable({ experiment, columns }: SamplesProps) {
	const { editor } = useText();
	const texts = editor.data;
	const { samples } = experiment.data.source;
	const [page, setPage] = useState(0);
	const first = Math.min(page, Math.ceil(samples / ROWS) - 1) * ROWS;
	const shown = Array.from({ length: Math.min(ROWS, samples - first) }, (_, k) => first + k);
	return (
		<>
			<div className={styles.scroll}>
				<table className={styles.table} aria-label={texts.table}>
					<thead>
						<tr>
							<th scope="col">{texts.sample}</th>
							{columns.map((column) => (
								<th key={`${column.blob} ${column.index}`} scope="col">
									{column.name}
								</th>
							))}
							<td />
						</tr>
					</thead>
					<tbody>
						{shown.map((sample) => (
							<tr key={sample}>
								<th scope="row">{sample + 1}</th>
								{columns.map((column) => (
									<td key={`${column.blob} ${column.index}`}>
										<ValueField experiment={experiment} column={column} sample={sample} />
									</td>
								))}
								<td>
									{samples > 1 && (
										<EditButton
											quiet
											label={texts.remove(sample + 1)}
											onEdit={() => applyEdit((before) => withoutSample(before, sample))}
										>
											<RemoveIcon />
										</EditButton>
									)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			</div>
			<div className={styles.row}>
				<AddSample />
				{samples > ROWS && (
					<Pager
						text={texts.rows(first + 1, first + shown.length, samples)}
						page={first / ROWS}
						pages={Math.ceil(samples / ROWS)}
						onPage={setPage}
					/>
				)}
			</div>
		</>
	);
}

/** One sample with many numbers: its image, or rows of eight. */
function SampleBlock({ experiment, columns }: SamplesProps) {
	const { editor } = useText();
	const texts = editor.data;
	const { source, card } = experiment.data;
	const { samples } = source;
	const [chosen, setChosen] = useState(0);
	const sample = Math.min(chosen, samples - 1);
	const width = card.kind === "image" ? card.width : COLUMNS;
	return (
		<>
			<div className={styles.row}>
				<NumberField
					whole
					label={texts.sample}
					value={sample + 1}
					note={texts.ofMany(samples)}
					onCommit={async (value) => {
						if (value < 1 || value > samples) {
							const expected = `integer 1 … ${samples}`;
							return { code: "setting", layer: "data", setting: "sample", expected, found: String(value) };
						}
						setChosen(value - 1);
						return null;
					}}
				/>
				<Pager page={sample} pages={samples} onPage={setChosen} />
			</div>
			<div className={styles.scroll}>
				<div className={styles.block} style={{ "--columns": width }}>
					{columns.map((column) => (
						<ValueField
							key={`${column.blob} ${column.index} ${sample}`}
							experiment={experiment}
							column={column}
							sample={sample}
						/>
					))}
				</div>
			</div>
			<div className={styles.row}>
				<AddSample />
				<EditButton
					label={texts.remove(sample + 1)}
					onEdit={() => applyEdit((before) => withoutSample(before, sample))}
				>
					<RemoveIcon /> {editor.net.remove}
				</EditButton>
			</div>
		</>
	);
}
