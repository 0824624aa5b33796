import type { ScalarReference } from "../../engine/reference.ts";
import type { Contribution, ShareReference } from "../../explain/gradient-parts.ts";
import { parameterPlace } from "../../explain/notations/places.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import type { StageGroup } from "../../timeline/timeline.ts";

export type GradientReference = Extract<ScalarReference, { readonly kind: "parameter" }>;

/** One weight or bias of the layer whose gradients are made: its place in the table and its scalars. */
export interface Element {
	readonly slot: number;
	readonly index: number;
	/** Output unit and input, from 0; a bias has no input. */
	readonly row: number;
	readonly column: number | null;
	readonly gradient: GradientReference;
	/** Whether this layer computes it at all (lr_mult 0 leaves it out). */
	readonly computed: boolean;
}

/** The row of a layer's parameters that one stage of the gradients is about. */
export interface GradientRow {
	readonly group: Group;
	readonly stage: StageGroup;
	readonly unit: number;
	/** Weights in the order of their inputs, then the bias. */
	readonly elements: readonly Element[];
}

/** The element at a place of a layer's parameters. */
export function elementAt(view: View, group: Group, slot: number, index: number): Element {
	const { structure } = view.timeline;
	const use = group.head.parameters[slot];
	const owner = structure.net.learnable[use.learnable];
	const place = parameterPlace(structure, {
		kind: "share",
		iteration: view.cursor.iteration,
		pass: view.pass,
		sample: 0,
		layer: group.head.name,
		slot,
		index,
	});
	return {
		slot,
		index,
		row: place.row,
		column: place.isBias ? null : place.column,
		gradient: {
			kind: "parameter",
			iteration: view.cursor.iteration,
			layer: owner.layer,
			slot: owner.slot,
			moment: "gradient",
			index,
		},
		computed: group.head.run.parameterNeedsDiff[slot] === true,
	};
}

/** Elements that one unit of a layer's gradients stage makes: a row of the weight, and what of the bias goes with it. */
export function elementsOf(view: View, group: Group, unit: number): readonly Element[] {
	const { parameters } = group.head.run;
	const [weight] = parameters;
	const rows = weight.shape.length > 1 ? weight.shape[0] : 1;
	return parameters.flatMap((parameter, slot) => {
		const even = parameter.count % rows === 0;
		if (!even && unit !== rows - 1) return [];
		const each = even ? parameter.count / rows : parameter.count;
		return Array.from({ length: each }, (_, place) => elementAt(view, group, slot, (even ? unit * each : 0) + place));
	});
}

/** What the cursor's stage of the gradients is about; null outside them. */
export function gradientRow(view: View): GradientRow | null {
	const { group: stage, unit } = view.leaf;
	if (stage === null || unit === null || stage.phase !== "gradients" || stage.subject.kind !== "group") return null;
	const { group } = stage.subject;
	return { group, stage, unit, elements: elementsOf(view, group, unit) };
}

/** What one sample adds to an element in the pass shown. */
export function shareOf(view: View, group: Group, element: Element, sample: number): ShareReference {
	return {
		kind: "share",
		iteration: view.cursor.iteration,
		pass: view.pass,
		sample,
		layer: group.head.name,
		slot: element.slot,
		index: element.index,
	};
}

/** Which of a gradient's contributions the pass and the layer shown add. */
export function currentContribution(view: View, group: Group, contributions: readonly Contribution[]): number {
	const current = contributions.findIndex(({ shares: [first] }) => {
		return first !== undefined && first.pass === view.pass && first.layer === group.head.name;
	});
	return Math.max(0, current);
}

/** The elements with the largest gradients, for choosing what is drawn first. */
export function largestFirst(view: View, elements: readonly Element[]): readonly Element[] {
	const size = new Map(elements.map((element) => [element, Math.abs(view.value(element.gradient))]));
	return elements.toSorted((a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0));
}

/** The weight that stands out when none was asked for: the one with the largest gradient, the first of equals. */
export function mainElement(view: View, elements: readonly Element[]): Element | null {
	const weights = elements.filter(({ slot, computed }) => slot === 0 && computed);
	return largestFirst(view, weights)[0] ?? elements.find(({ computed }) => computed) ?? null;
}

export function sameElement(element: Element, reference: Pick<GradientReference, "layer" | "slot" | "index">): boolean {
	const { layer, slot, index } = element.gradient;
	return layer === reference.layer && slot === reference.slot && index === reference.index;
}
