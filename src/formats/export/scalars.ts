import type { ParameterMoment, Pass, ScalarReference } from "../../engine/reference.ts";
import type { IterationTrace, ParameterTrace } from "../../engine/trace.ts";
import type { Structure } from "../../timeline/structure.ts";

const MOMENTS: readonly ParameterMoment[] = [
	"before",
	"gradient",
	"clipped",
	"normalized",
	"regularized",
	"history",
	"history2",
	"update",
	"after",
];

function isRecorded(parameter: ParameterTrace, moment: ParameterMoment): boolean {
	switch (moment) {
		case "history":
			return parameter.history.length > 0;
		case "history2":
			return parameter.history.length > 1;
		default:
			return parameter[moment] !== null;
	}
}

/** The numbers of one array, one by one. */
export interface ScalarBlock {
	readonly count: number;
	at(index: number): ScalarReference;
}

const single = (reference: ScalarReference): ScalarBlock => ({ count: 1, at: () => reference });

function passBlocks(structure: Structure, trace: IterationTrace, pass: Pass): readonly ScalarBlock[] {
	const { iteration } = trace;
	const recorded = pass === "again" ? trace.again : trace.passes[pass];
	const own = structure.net.layers.filter(({ automatic }) => !automatic);
	const of = (side: "data" | "diff") => (layer: (typeof own)[number]) =>
		layer.run.tops.flatMap((top, slot): ScalarBlock[] => {
			if (recorded.layers[layer.index].tops[slot][side] === null) return [];
			const at = { kind: "top", iteration, pass, layer: layer.name, slot, side } as const;
			return [{ count: top.count, at: (index) => ({ ...at, index }) }];
		});
	const inner = (side: "data" | "diff") => (layer: (typeof own)[number]) => {
		const { internals, internalDiffs } = recorded.layers[layer.index];
		return Object.entries(side === "data" ? internals : internalDiffs).map(([name, { length }]): ScalarBlock => {
			const at = { kind: "internal", iteration, pass, layer: layer.name, name, side } as const;
			return { count: length, at: (index) => ({ ...at, index }) };
		});
	};
	return [
		...own.flatMap((layer) => [...inner("data")(layer), ...of("data")(layer)]),
		...(["data", "decay", "total"] as const).map((part) => single({ kind: "loss", iteration, pass, part })),
		...own.toReversed().flatMap((layer) => [...of("diff")(layer), ...inner("diff")(layer)]),
	];
}

/**
 * Every scalar that an iteration recorded, array by array, in the order in which it is read: passes, parameters step by
 * step, the closing forward.
 */
export function iterationBlocks(trace: IterationTrace, structure: Structure): readonly ScalarBlock[] {
	const { iteration, settings } = trace;
	const parameters = structure.net.learnable.flatMap(({ index: learnable, layer, slot, blob }) =>
		MOMENTS.filter((moment) => isRecorded(trace.parameters[learnable], moment)).map((moment): ScalarBlock => {
			const at = { kind: "parameter", iteration, layer, slot, moment } as const;
			return { count: blob.count, at: (index) => ({ ...at, index }) };
		}),
	);
	const clip = settings.clipGradients >= 0 ? (["clipNorm", "clipScale"] as const) : [];
	return [
		...trace.passes.flatMap((_, pass) => passBlocks(structure, trace, pass)),
		...clip.map((name) => single({ kind: "solver", iteration, name })),
		...parameters,
		...passBlocks(structure, trace, "again"),
	];
}

/** The same, one by one. */
export function iterationScalars(trace: IterationTrace, structure: Structure): readonly ScalarReference[] {
	return iterationBlocks(trace, structure).flatMap(({ count, at }) =>
		Array.from({ length: count }, (_, index) => at(index)),
	);
}

/** How many numbers an iteration recorded. */
export function countScalars(trace: IterationTrace, structure: Structure): number {
	return iterationBlocks(trace, structure).reduce((total, { count }) => total + count, 0);
}
