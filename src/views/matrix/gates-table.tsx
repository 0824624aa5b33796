import type { ScalarReference } from "../../engine/reference.ts";
import { parameterName } from "../../explain/notations/places.ts";
import type { BlockReading, Reading } from "../../explain/reading.ts";
import { inspect } from "../../store/actions.ts";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { groupScalar } from "../../timeline/structure.ts";
import { NumberText } from "../marks/number-text.tsx";
import { placeTiles } from "../marks/tile-geometry.ts";
import { blockMaximumOf, Tiles } from "../marks/tiles.tsx";
import { quantityName } from "../timeline/names.ts";
import styles from "./layer.module.css";
import type { LayerSpot } from "./window-model.ts";

type Internal = Extract<ScalarReference, { readonly kind: "internal" }>;

const open = ({ subject }: Reading) => {
	if (subject !== null) inspect(subject);
};

/**
 * The rows of the weights that a unit's sums are made of, under what they weigh: input now, and state of the step before.
 * Going back the same rows, each with the δ of its sum, and what came back to the unit's state.
 */
export function GatesTable({ view, spot }: { readonly view: View; readonly spot: LayerSpot }) {
	const text = useText();
	const { panel } = text.layers;
	const { structure } = view.timeline;
	const { group, unit, sample, side } = spot;
	const { head, units } = group;
	const { iteration } = view.cursor;
	const back = side === "diff";
	const [source] = structure.sourceGroups(group);
	const slots = head.run.parameters.map((_, slot) => parameterName(group, slot));
	const recurrent = slots.findIndex((name) => name === "W_hc" || name === "W_hh");
	const lstm = head.type === "LSTM";
	const sumName = lstm ? "gate_input" : "h_neuron_input";
	const parts = lstm ? [0, 1, 2, 3] : [0];
	const internal = (name: string, part: number, all: number): Internal => ({
		kind: "internal",
		iteration,
		pass: view.pass,
		layer: head.name,
		name,
		side: "data",
		index: (sample * all + part) * units + unit,
	});
	const parameter = (slot: number, index: number) =>
		({ kind: "parameter", iteration, layer: head.name, slot, moment: "before", index }) as const;
	const weights = (slot: number, row: number) => {
		const { count, shape } = head.run.parameters[slot];
		const columns = count / shape[0];
		return view.block(parameter(slot, row * columns), columns);
	};
	const at = { iteration, pass: view.pass, side: "data" } as const;
	const input = source === undefined ? null : view.block(groupScalar(source, "a", at, sample, 0), source.units);
	const before = view.block({ ...internal("h_conted", 0, 1), index: sample * units }, units);
	const rows = parts.map((part) => ({
		part,
		row: part * units + unit,
		sum: internal(sumName, part, parts.length),
		value: lstm ? internal("gates", part, parts.length) : internal("h", 0, 1),
	}));
	const states = lstm ? (["c", "h"] as const) : (["h"] as const);
	const figures = back ? 2 : 3;
	return (
		<table className={styles.gates} data-gates={side}>
			<thead>
				<tr>
					<td />
					<th scope="col">{panel.input}</th>
					<th scope="col">{panel.before}</th>
					{!back && <th scope="col">{text.stage.bias}</th>}
					{!back && <th scope="col">{panel.sum}</th>}
					<th scope="col">{lstm ? panel.opening : panel.output}</th>
					{back && <th scope="col">{text.layers.delta(panel.sum)}</th>}
				</tr>
				<tr>
					<td />
					<td>{input !== null && <Row block={input} />}</td>
					<td>
						<Row block={before} />
					</td>
					<td colSpan={figures} />
				</tr>
			</thead>
			<tbody>
				{rows.map(({ part, row, sum, value }) => (
					<tr key={part}>
						<th scope="row">{quantityName(text, structure, value)}</th>
						<td>
							<Row block={weights(0, row)} />
						</td>
						<td>{recurrent >= 0 && <Row block={weights(recurrent, row)} />}</td>
						{!back && <Figure view={view} reference={parameter(1, row)} />}
						{!back && <Figure view={view} reference={sum} />}
						<Figure view={view} reference={value} coloured={part === 3 || !lstm} />
						{back && <Figure view={view} reference={{ ...sum, side }} />}
					</tr>
				))}
				{(lstm || back) &&
					states.map((name) => {
						const reference = { ...internal(name, 0, 1), side };
						return (
							<tr key={name}>
								<th scope="row" colSpan={2 + figures}>
									{quantityName(text, structure, reference)}
								</th>
								<Figure view={view} reference={reference} />
							</tr>
						);
					})}
			</tbody>
		</table>
	);
}

interface FigureProps {
	readonly view: View;
	readonly reference: ScalarReference;
	/** A gate's opening has no sign that matters. */
	readonly coloured?: boolean;
}

function Figure({ view, reference, coloured = true }: FigureProps) {
	return (
		<td>
			<NumberText reading={view.read(reference)} coloured={coloured} onExplain={open} />
		</td>
	);
}

const ROOM = { width: 120, height: 18 };

function Row({ block }: { readonly block: BlockReading }) {
	const shape = { maps: 1, rows: 1, columns: block.count, count: block.count };
	return <Tiles block={block} geometry={placeTiles(shape, ROOM)} maximum={blockMaximumOf(block)} onExplain={inspect} />;
}
