import type { Subject } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";

/** One element of a parameter: what the samples vote on. */
export interface Element {
	readonly layer: string;
	readonly slot: number;
	readonly index: number;
}

function gradientSize(view: View, { layer, slot, index }: Element): number {
	const { iteration } = view.cursor;
	return Math.abs(view.value({ kind: "parameter", iteration, layer, slot, moment: "gradient", index }));
}

/** The element of some with the largest gradient: the one that matters. */
function largestElement(view: View, elements: readonly Element[]): Element {
	return elements.reduce((best, element) => (gradientSize(view, element) > gradientSize(view, best) ? element : best));
}

/** The weights into one unit of a layer, as they are stored. */
function rowElements(group: Group, unit: number): readonly Element[] {
	const { shape, count } = group.head.run.parameters[0];
	const columns = shape.length > 1 ? count / shape[0] : 1;
	const row = Math.min(unit, count / columns - 1);
	return Array.from({ length: columns }, (_, column) => ({
		layer: group.head.name,
		slot: 0,
		index: row * columns + column,
	}));
}

/** The element that is explained, else the one that the stage is about; null where the stage is about no parameter. */
export function elementInFocus(view: View, inspected: Subject | null): Element | null {
	const { phase, group: stage, unit, term } = view.leaf;
	if (phase?.name !== "gradients" && phase?.name !== "solver") return null;
	if (inspected?.kind === "parameter" || inspected?.kind === "share") {
		const { layer, slot, index } = inspected;
		return { layer, slot, index };
	}
	const { subject } = stage ?? {};
	if (subject?.kind === "group" && unit !== null) return largestElement(view, rowElements(subject.group, unit));
	if (subject?.kind === "parameter" && stage !== null && unit !== null) {
		const { parameter, moments } = subject;
		const columns = parameter.blob.count / stage.units;
		const index = unit * columns + Math.floor((term ?? 0) / moments.length);
		return { layer: parameter.layer, slot: parameter.slot, index };
	}
	return largestElement(
		view,
		view.timeline.structure.net.learnable.flatMap(({ layer, slot, blob }) =>
			Array.from({ length: blob.count }, (_, index) => ({ layer, slot, index })),
		),
	);
}
