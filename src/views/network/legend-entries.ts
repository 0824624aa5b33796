import type { View } from "../../store/view.ts";
import type { LegendEntry } from "../marks/legend.tsx";
import { tilesEntry } from "../marks/tiles-entry.ts";
import { columnGroups, maximumSlope, targetGroup } from "./columns.ts";
import { layerMaximum } from "./scales.ts";
import type { StageScene } from "./scene-of.ts";
import { isPooled } from "./window-values.ts";

/** The marks that the network's picture uses at this stage, in reading order. */
export function legendEntries(view: View, scene: StageScene): readonly LegendEntry[] {
	const { structure } = view.timeline;
	const groups = columnGroups(structure);
	const computed = groups.filter(({ role }) => role !== "input");
	const errors = scene.emphasis.errors === true;
	const slopes = computed.map(maximumSlope).filter((slope) => slope !== null);
	const targets = targetGroup(structure) !== null;
	const values = groups.map((group) => layerMaximum(view, group));
	const steps = scene.lens !== null && scene.lens.group.head.definition.steps !== null;
	const pooled = scene.lens !== null && isPooled(scene.lens.group);
	const tiles = tilesEntry(structure, errors ? "delta" : "value");
	const many = groups.some((group) => group.units > 16);
	const kind = scene.lens?.kind;
	const unbounded = computed.some((group) => group.elementwise.some(({ type }) => type === "ReLU"));
	const output = scene.group?.role === "output";
	const entries: readonly (LegendEntry | null)[] = [
		scene.failed ? { kind: "notFinite" } : null,
		view.proposed ? { kind: "ghost" } : null,
		kind === "backward" && output ? { kind: "error" } : pooled ? null : { kind: "weight" },
		errors && !output ? { kind: "message" } : null,
		errors ? { kind: "errorTerm" } : null,
		errors && slopes.length > 0 ? { kind: "valve", maximum: Math.max(...slopes), clamped: unbounded } : null,
		kind === "forward" && !steps && !pooled ? { kind: "terms" } : null,
		kind === "forward" && pooled ? { kind: "window" } : null,
		kind !== undefined && kind !== "hazard" && steps ? { kind: "step" } : null,
		kind === "forward" && steps ? { kind: "gate" } : null,
		errors || tiles !== null ? null : { kind: "bias" },
		// The ghost takes the place of what everybody knows by now: a second row would move the picture.
		tiles ?? ((many && errors) || view.proposed ? null : { kind: "value", maximum: Math.max(...values) }),
		targets && !scene.failed && !(many && errors) && (scene.given || (output && errors)) ? { kind: "target" } : null,
		many ? { kind: "band" } : null,
		view.proposed ? null : { kind: "notYet" },
	];
	return entries.filter((entry) => entry !== null);
}
