import { useEffect, useMemo, useRef, useState } from "react";
import { inspect } from "../../store/actions.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import { NumberText } from "../marks/number-text.tsx";
import { largestWeights } from "./band-model.ts";
import { places } from "./columns.ts";
import type { Bundle } from "./connections.ts";
import { layerName } from "./names.ts";
import styles from "./parts.module.css";
import { unitReference } from "./readings.ts";
import { unitLabel } from "./symbols.ts";

const PAGE = 20;

export interface BandDialogProps {
	readonly view: View;
	readonly bundle: Bundle;
	readonly onClose: () => void;
}

/** A band opened: every unit of its two layers can be brought into the lens, every weight be asked about. */
export function BandDialog({ view, bundle, onClose }: BandDialogProps) {
	const texts = useText().stage;
	const notation = useSettings((settings) => settings.notation);
	const dialog = useRef<HTMLDialogElement>(null);
	const [shown, setShown] = useState(PAGE);
	useEffect(() => dialog.current?.showModal(), []);
	const { structure } = view.timeline;
	const { source, target } = bundle;
	const name = (group: Group) => layerName(texts, structure, group);
	const count = source.group.units * target.group.units;
	const sorted = useMemo(() => largestWeights(view, bundle, shown), [view, bundle, shown]);
	const errors = view.leaf.phase?.name === "backward";
	const close = () => dialog.current?.close();
	return (
		<dialog ref={dialog} className={styles.dialog} aria-labelledby="band-title" onClose={onClose}>
			<header className={styles.dialogHead}>
				<h2 id="band-title">{texts.bandTitle(name(source.group), name(target.group))}</h2>
				<button type="button" className="button" onClick={close}>
					{texts.close}
				</button>
			</header>
			<div className={styles.dialogBody}>
				{[source.group, target.group]
					.filter(({ role }) => role !== "input")
					.map((group) => (
						<section key={group.index} aria-label={`${texts.bandUnits}: ${name(group)}`}>
							<h3>
								{texts.bandUnits}: {name(group)}
							</h3>
							<UnitChoice
								units={group.units}
								label={(unit) => unitLabel(notation, unit)}
								onChoose={(unit) => {
									close();
									inspect(
										unitReference(view, group, errors && group.hasDelta ? "z" : "a", errors ? "diff" : "data", unit),
									);
								}}
							/>
						</section>
					))}
				<h3>{texts.bandWeights}</h3>
				<div>
					{sorted.map(({ input, unit, reading }) => (
						<div key={`${input}-${unit}`} className={styles.row}>
							<span>{texts.bandTitle(unitLabel(notation, input), unitLabel(notation, unit))}</span>
							<NumberText
								reading={reading}
								coloured
								onExplain={({ subject }) => {
									close();
									if (subject !== null) inspect(subject);
								}}
							/>
						</div>
					))}
				</div>
				{shown < count && (
					<button type="button" className="button" onClick={() => setShown(shown + 5 * PAGE)}>
						{texts.showMore(count - shown)}
					</button>
				)}
			</div>
		</dialog>
	);
}

/** More units than this are not listed one by one. */
const MOST_LISTED = 64;

interface UnitChoiceProps {
	readonly units: number;
	readonly label: (unit: number) => string;
	readonly onChoose: (unit: number) => void;
}

/** The units of a layer as buttons; of a large one any of them by its number. */
function UnitChoice({ units, label, onChoose }: UnitChoiceProps) {
	const { layers } = useText();
	const [draft, setDraft] = useState(label(0));
	if (units <= MOST_LISTED) {
		return (
			<div className={styles.choices}>
				{places(units).map((unit) => (
					<button key={unit} type="button" className="button" onClick={() => onChoose(unit)}>
						{label(unit)}
					</button>
				))}
			</div>
		);
	}
	const first = Number(label(0));
	return (
		<form
			className={styles.choices}
			onSubmit={(event) => {
				event.preventDefault();
				const typed = Math.round(Number(draft)) - first;
				if (Number.isFinite(typed)) onChoose(Math.min(units - 1, Math.max(0, typed)));
			}}
		>
			<label className={styles.unitNumber}>
				{layers.unitNumber}
				<input
					type="number"
					inputMode="numeric"
					min={first}
					max={first + units - 1}
					value={draft}
					onChange={({ target }) => setDraft(target.value)}
				/>
			</label>
			<button type="submit" className="button">
				{layers.open}
			</button>
		</form>
	);
}
