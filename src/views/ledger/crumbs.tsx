import { notations } from "../../explain/notation.ts";
import { gateRow } from "../../explain/notations/places.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { goTo } from "../../store/actions.ts";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { nodeAt } from "../../timeline/cursor.ts";
import { internalAt } from "../../timeline/internal-stage.ts";
import { type Group, mapPlace } from "../../timeline/structure.ts";
import type { StageGroup } from "../../timeline/timeline.ts";
import { gateName, groupLabel, quantityName, rowIsMap } from "../timeline/names.ts";
import styles from "./ledger.module.css";
import { layerName } from "./names.ts";

interface Crumb {
	readonly name: string;
	readonly leaf: number;
}

function groupCrumb(view: View, text: Catalogue, stage: StageGroup): string {
	const { crumbs } = text.ledger;
	switch (stage.subject.kind) {
		case "input":
			return text.ledger.layers.input;
		case "decay":
			return crumbs.decay;
		case "clip":
			return crumbs.clip;
		case "group":
			return stage.phase === "loss" ? crumbs.data : layerName(view, text, stage.subject.group);
		default:
			return groupLabel(text, view.timeline.structure, stage, view.notation).symbol;
	}
}

/** A row of a layer's weights: a kernel by its map, a gate by its name. */
function rowCrumb(text: Catalogue, group: Group, row: number, base: number): string | null {
	const { crumbs } = text.ledger;
	if (rowIsMap(group)) return crumbs.map(row + base);
	const { gate, unit } = gateRow(group, row);
	return gate === null ? null : crumbs.gateUnit(gateName(text, gate), unit + base);
}

function unitCrumb(view: View, text: Catalogue, stage: StageGroup, unit: number): string | null {
	const { crumbs } = text.ledger;
	const base = notations[view.notation].firstIndex;
	const shown = unit + base;
	if (stage.units < 2) return null;
	if (stage.subject.kind === "parameter") {
		const owner = view.timeline.structure.groupOf(stage.subject.parameter.layer, 0);
		return rowCrumb(text, owner, unit, base) ?? crumbs.row(shown);
	}
	if (stage.subject.kind !== "group") return null;
	if (stage.phase === "loss") return unit < stage.units - 1 ? crumbs.class(shown) : null;
	const { group } = stage.subject;
	const { time } = view.leaf;
	if (stage.phase === "gradients") {
		const row = rowCrumb(text, group, unit, base);
		if (row !== null) return row;
	}
	const map = mapPlace(group, unit);
	if (map !== null) return crumbs.mapUnit(map.channel + base, map.row + base, map.column + base);
	if (group.role === "output") return crumbs.output(shown);
	if (time !== null && (stage.phase === "forward" || stage.phase === "backward")) {
		return text.layers.atTime(crumbs.unit(shown), time + 1);
	}
	return crumbs.unit(shown);
}

/** The last step: a term of a sum, or a value inside a layer that goes through time by its name. */
function termCrumb(view: View, text: Catalogue, stage: StageGroup, unit: number, term: number): string {
	const { iteration } = view.cursor;
	const { crumbs } = text.ledger;
	const inside = internalAt(stage, { iteration, pass: view.pass, sample: view.sample, unit, term });
	if (inside === null) return crumbs.term(term + 1);
	return crumbs.step(quantityName(text, view.timeline.structure, inside));
}

/** From the iteration down to the stage; the last is where one is. */
function crumbsOf(view: View, text: Catalogue): readonly Crumb[] {
	const { phase, group, unit, term } = view.leaf;
	if (phase === null || group === null || unit === null || term === null) return [];
	const at = (depth: "phase" | "layer" | "unit") => nodeAt(view.timeline, view.cursor.leaf, depth);
	const unitText = unitCrumb(view, text, group, unit);
	const node = at("unit");
	const isTerm = view.depth === "term" && node.last > node.first;
	const groupText = group.subject.kind === "again" ? null : groupCrumb(view, text, group);
	return [
		{ name: text.app.phases[phase.name], leaf: at("phase").last },
		...(groupText === null ? [] : [{ name: groupText, leaf: at("layer").last }]),
		...(unitText === null ? [] : [{ name: unitText, leaf: node.last }]),
		...(isTerm ? [{ name: termCrumb(view, text, group, unit, term), leaf: view.cursor.leaf }] : []),
	];
}

export function Breadcrumb({ view }: { readonly view: View }) {
	const text = useText();
	const { iteration } = view.cursor;
	const crumbs = crumbsOf(view, text);
	return (
		<nav aria-label={text.ledger.breadcrumb} className={styles.crumbs}>
			<button type="button" onClick={() => void goTo({ iteration, leaf: 0 })}>
				{text.ledger.iteration(iteration)}
			</button>
			{crumbs.map(({ name, leaf }, place) =>
				place === crumbs.length - 1 ? (
					// biome-ignore lint/suspicious/noArrayIndexKey: a path's steps stand in a fixed order
					<b key={place} aria-current="step">
						{name}
					</b>
				) : (
					// biome-ignore lint/suspicious/noArrayIndexKey: a path's steps stand in a fixed order
					<button key={place} type="button" onClick={() => void goTo({ iteration, leaf })}>
						{name}
					</button>
				),
			)}
		</nav>
	);
}
