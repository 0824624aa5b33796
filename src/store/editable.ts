import type { ScalarReference } from "../engine/reference.ts";
import { countOf } from "../engine/shape.ts";
import type { IterationTrace } from "../engine/trace.ts";
import type { Subject } from "../explain/reading.ts";
import type { Group, Structure } from "../timeline/structure.ts";

/** Solver settings that are one number each and can be dragged. */
export type DraggedSetting = "baseLr" | "momentum" | "weightDecay";

/** A single number that a person can change, in the place where the experiment keeps it. */
export type Editable =
	| {
			readonly kind: "parameter";
			readonly iteration: number;
			/** The owner, where several layers share it. */
			readonly layer: string;
			readonly slot: number;
			readonly index: number;
	  }
	| {
			readonly kind: "data";
			readonly role: "input" | "target";
			readonly blob: string;
			/** From 0 in the data set, whichever batch it is in. */
			readonly sample: number;
			/** Within the sample. */
			readonly index: number;
			/** How many classes there are where the number is a class and no quantity. */
			readonly classes: number | null;
	  }
	| { readonly kind: "solver"; readonly iteration: number; readonly setting: DraggedSetting };

/** Where an editable number is looked for: an iteration of a run over a data set of so many samples. */
export interface EditPlace {
	readonly structure: Structure;
	readonly trace: IterationTrace;
	readonly samples: number;
}

const SETTINGS: Readonly<Partial<Record<string, DraggedSetting>>> = {
	rate: "baseLr",
	momentum: "momentum",
	weightDecay: "weightDecay",
};

type Of<K extends ScalarReference["kind"]> = Extract<ScalarReference, { readonly kind: K }>;

function parameterOf({ net }: Structure, r: Of<"parameter"> | Of<"share">): Editable | null {
	const use = net.layer(r.layer).parameters[r.slot];
	const owner = use === undefined ? undefined : net.learnable[use.learnable];
	if (owner === undefined) return null;
	return { kind: "parameter", iteration: r.iteration, layer: owner.layer, slot: owner.slot, index: r.index };
}

/** Scores a sample where a class label chooses among them; null where targets are quantities. */
function classesOf(structure: Structure, target: Group): number | null {
	const loss = structure.consumers(target).find(({ head }) => head.type === "SoftmaxWithLoss");
	return loss === undefined ? null : countOf(loss.head.run.bottoms[0].shape, 1);
}

function dataOf({ structure, trace, samples }: EditPlace, r: Of<"top">): Editable | null {
	const group = structure.groupOf(r.layer, r.slot);
	if ((group.role !== "input" && group.role !== "target") || r.side === "diff") return null;
	const pass = r.pass === "again" ? trace.firstSamples.length - 1 : r.pass;
	return {
		kind: "data",
		role: group.role,
		blob: group.head.topNames[group.slot],
		sample: (trace.firstSamples[pass] + Math.floor(r.index / group.units)) % samples,
		index: r.index % group.units,
		classes: group.role === "target" ? classesOf(structure, group) : null,
	};
}

/**
 * What one would have to change for a number to be another: a parameter at the start of the iteration (also for its
 * gradient, its history, its share), a number of a sample, a solver setting. Null for what is computed.
 */
export function editableOf(place: EditPlace, subject: Subject): Editable | null {
	if (subject.kind === "derived" || subject.iteration !== place.trace.iteration) return null;
	switch (subject.kind) {
		case "parameter":
		case "share":
			return parameterOf(place.structure, subject);
		case "top":
			return dataOf(place, subject);
		case "solver": {
			const setting = SETTINGS[subject.name];
			return setting === undefined ? null : { kind: "solver", iteration: subject.iteration, setting };
		}
		default:
			return null;
	}
}

/** The scalar that an editable number is in an iteration; null where its sample is not in the batch. */
export function referenceOf(place: EditPlace, editable: Editable): ScalarReference | null {
	const { iteration } = place.trace;
	switch (editable.kind) {
		case "parameter":
			return { ...editable, iteration, moment: "before" };
		case "solver":
			return { kind: "solver", iteration, name: editable.setting === "baseLr" ? "rate" : editable.setting };
		case "data": {
			const [found] = placesOf(place, editable);
			const input = place.structure.net.inputs.find(({ name }) => name === editable.blob);
			if (found === undefined || input === undefined) return null;
			const { layer, slot } = input;
			return { kind: "top", iteration, pass: found.pass, layer, slot, side: "data", index: found.index };
		}
	}
}

/** Where a number of the data set stands in an iteration's batches: several times where they wrap round. */
export function placesOf(
	{ structure, trace, samples }: EditPlace,
	{ blob, sample, index }: Extract<Editable, { readonly kind: "data" }>,
): readonly { readonly pass: number; readonly index: number }[] {
	const input = structure.net.inputs.find(({ name }) => name === blob);
	if (input === undefined) return [];
	const rows = input.blob.shape[0] ?? 1;
	const size = input.blob.count / rows;
	return trace.firstSamples.flatMap((first, pass) =>
		Array.from({ length: rows }, (_, row) => row)
			.filter((row) => (first + row) % samples === sample)
			.map((row) => ({ pass, index: row * size + index })),
	);
}
