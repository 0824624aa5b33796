import { type FormEvent, useId, useState } from "react";
import { inspect } from "../../store/actions.ts";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { groupScalar, mapPlace } from "../../timeline/structure.ts";
import { unitBase } from "../timeline/names.ts";
import styles from "./layer.module.css";
import type { LayerSpot } from "./window-model.ts";

interface Field {
	readonly label: string;
	readonly value: number;
	readonly count: number;
}

/** Any unit of a layer by its numbers: channel, row and column of a layer of maps, else its place. */
export function UnitPicker({ view, spot }: { readonly view: View; readonly spot: LayerSpot }) {
	const { layers } = useText();
	const { group, unit } = spot;
	const place = mapPlace(group, unit);
	const { shape } = group.head.run.tops[group.slot];
	const fields: readonly Field[] =
		place === null
			? [{ label: layers.unitNumber, value: unit, count: group.units }]
			: [
					{ label: layers.channel, value: place.channel, count: shape[1] },
					{ label: layers.row, value: place.row, count: shape[2] },
					{ label: layers.column, value: place.column, count: shape[3] },
				];
	const choose = (values: readonly number[]) => {
		const chosen = values.reduce((index, value, which) => index * fields[which].count + value, 0);
		const at = { iteration: view.cursor.iteration, pass: view.pass, side: spot.side } as const;
		const what = spot.side === "diff" || group.elementwise.length === 0 ? "z" : "a";
		inspect(groupScalar(group, what, at, spot.sample, chosen));
	};
	return <PickerForm key={`${group.index} ${unit}`} fields={fields} base={unitBase(view.notation)} onChoose={choose} />;
}

interface FormProps {
	readonly fields: readonly Field[];
	readonly base: number;
	readonly onChoose: (values: readonly number[]) => void;
}

function PickerForm({ fields, base, onChoose }: FormProps) {
	const { layers } = useText();
	const id = useId();
	const [drafts, setDrafts] = useState(() => fields.map(({ value }) => String(value + base)));
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const values = drafts.map((draft, which) => {
			const typed = Math.round(Number(draft)) - base;
			return Number.isFinite(typed) ? Math.min(fields[which].count - 1, Math.max(0, typed)) : fields[which].value;
		});
		onChoose(values);
	};
	return (
		<form className={styles.picker} aria-label={layers.pick} onSubmit={submit}>
			{fields.map(({ label, count }, which) => (
				<label key={label} htmlFor={`${id}-${which}`}>
					<span>{label}</span>
					<input
						id={`${id}-${which}`}
						type="number"
						inputMode="numeric"
						min={base}
						max={count - 1 + base}
						value={drafts[which]}
						onChange={({ target }) => setDrafts(drafts.map((draft, other) => (other === which ? target.value : draft)))}
					/>
				</label>
			))}
			<button type="submit" className="button">
				{layers.open}
			</button>
		</form>
	);
}
