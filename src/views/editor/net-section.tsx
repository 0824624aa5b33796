import { Fragment } from "react";
import { EDIT_LIMITS } from "../../store/edit-limits.ts";
import { applyEdit } from "../../store/edits.ts";
import { useSession, useText } from "../../store/hooks.ts";
import {
	ACTIVATIONS,
	type Activation,
	LOSSES,
	withActivation,
	withLayerBefore,
	withLoss,
	withoutLayer,
	withUnits,
} from "../../store/net-edits.ts";
import type { Group, Structure } from "../../timeline/structure.ts";
import { EditButton, Select } from "./controls.tsx";
import styles from "./editor.module.css";
import { AddIcon, RemoveIcon } from "./icons.tsx";
import { NumberField } from "./number-field.tsx";
import { RefusalArea } from "./refusal.tsx";
import { RemarksRow } from "./remarks.tsx";

function activationOf(group: Group): Activation | null {
	if (group.elementwise.length > 1) return null;
	const type = group.elementwise[0]?.type ?? "linear";
	return ACTIVATIONS.find((known) => known === type) ?? null;
}

/** The layers, what they are made of, and the loss at their end. */
export function NetSection({ structure }: { readonly structure: Structure }) {
	const { editor } = useText();
	const texts = editor.net;
	const preset = useSession(({ run }) => run?.experiment.preset);
	const loss = structure.groups.find(({ role }) => role === "loss");
	const layers = structure.groups.filter(
		({ role, slot }) => (role === "input" && slot === 0) || role === "hidden" || role === "output",
	);
	const lossType = LOSSES.find((known) => known === loss?.head.type);
	const output = layers.find(({ role }) => role === "output");
	return (
		<RefusalArea key={preset}>
			<table className={styles.table}>
				<thead>
					<tr>
						<th scope="col">{texts.layer}</th>
						<th scope="col">{texts.units}</th>
						<th scope="col">{texts.activation}</th>
						<td />
					</tr>
				</thead>
				<tbody>
					{layers.map((group) => (
						<Fragment key={group.head.name}>
							<LayerRow group={group} fused={lossType !== undefined && lossType !== "EuclideanLoss"} />
							<RemarksRow structure={structure} group={group} />
						</Fragment>
					))}
					{loss !== undefined && <RemarksRow structure={structure} group={loss} />}
				</tbody>
			</table>
			<div className={styles.row}>
				{output?.head.type === "InnerProduct" && layers.length <= EDIT_LIMITS.layers && (
					<EditButton
						label={texts.addBefore(output.head.name)}
						onEdit={() => applyEdit((experiment) => withLayerBefore(experiment, output.head.name))}
					>
						<AddIcon /> {texts.add}
					</EditButton>
				)}
				{lossType !== undefined && (
					<Select
						label={texts.loss}
						value={lossType}
						options={LOSSES.map((value) => ({ value, text: texts.losses[value] }))}
						onChoose={(type) => applyEdit((experiment) => withLoss(experiment, type))}
					/>
				)}
			</div>
		</RefusalArea>
	);
}

function LayerRow({ group, fused }: { readonly group: Group; readonly fused: boolean }) {
	const { editor } = useText();
	const texts = editor.net;
	const { name, type } = group.head;
	const isDense = type === "InnerProduct";
	// An input with channels or an image's axes has a shape, and no number of units to type.
	const isFlat = group.role === "input" && group.head.run.tops[0].shape.length === 2;
	const activation = activationOf(group);
	return (
		<tr>
			<th scope="row">
				{name} {group.role === "input" && name !== texts.input && <span className={styles.note}>{texts.input}</span>}
			</th>
			<td>
				{isDense || isFlat ? (
					<NumberField
						bare
						whole
						label={texts.unitsOf(name)}
						value={group.units}
						onCommit={(units) => applyEdit((experiment) => withUnits(experiment, name, units))}
					/>
				) : (
					group.units
				)}
			</td>
			<td>
				{group.role === "output" && fused ? (
					<span className={styles.note}>{texts.fused}</span>
				) : (
					isDense &&
					activation !== null && (
						<Select
							bare
							label={texts.activationOf(name)}
							value={activation}
							options={ACTIVATIONS.map((value) => ({ value, text: texts.activations[value] }))}
							onChoose={(chosen) => applyEdit((experiment) => withActivation(experiment, name, chosen))}
						/>
					)
				)}
			</td>
			<td>
				{group.role === "hidden" && isDense && (
					<EditButton
						quiet
						label={texts.removeLayer(name)}
						onEdit={() => applyEdit((experiment) => withoutLayer(experiment, name))}
					>
						<RemoveIcon />
					</EditButton>
				)}
			</td>
		</tr>
	);
}
