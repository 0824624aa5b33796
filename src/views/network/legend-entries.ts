import type { View } from "../../store/view.ts";
import type { LegendEntry } from "../marks/legend.tsx";
import { columnGroups, maximumSlope, targetGroup } from "./columns.ts";
import { layerMaximum } from "./scales.ts";
import type { StageScene } from "./scene-of.ts";

/** The marks that the network's picture uses at this stage, in reading order. */
export function legendEntries(view: View, scene: StageScene): readonly LegendEntry[] {
	const { structure } = view.timeline;
	const groups = columnGroups(structure);
	const computed = groups.filter(({ role }) => role !== "input");
	const errors = scene.emphasis.errors === true;
	const slopes = computed.map(maximumSlope).filter((slope) => slope !== null);
	const values = groups.map((group) => layerMaximum(view, group));
	const many = groups.some((group) => group.units > 16);
	const kind = scene.lens?.kind;
	const unbounded = computed.some((group) => group.elementwise.some(({ type }) => type === "ReLU"));
	return [
		...(scene.failed ? [{ kind: "notFinite" } as const] : []),
		{ kind: "weight" },
		...(kind === "backward" || (errors && scene.lens === null) ? [{ kind: "message" } as const] : []),
		...(errors ? [{ kind: "errorTerm" } as const] : []),
		...(errors && slopes.length > 0
			? [{ kind: "valve", maximum: Math.max(...slopes), ...(unbounded ? { clamped: true } : {}) } as const]
			: []),
		...(kind === "forward" ? [{ kind: "terms" } as const] : []),
		...(errors ? [] : [{ kind: "bias" } as const]),
		{ kind: "value", maximum: Math.max(...values) },
		...(targetGroup(structure) !== null && (scene.given || errors) ? [{ kind: "target" } as const] : []),
		...(many ? [{ kind: "band" } as const] : []),
		{ kind: "notYet" },
	];
}
