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

function passScalars(structure: Structure, trace: IterationTrace, pass: Pass): readonly ScalarReference[] {
	const { iteration } = trace;
	const recorded = pass === "again" ? trace.again : trace.passes[pass];
	const own = structure.net.layers.filter(({ automatic }) => !automatic);
	const of = (side: "data" | "diff") => (layer: (typeof own)[number]) => [
		...layer.run.tops.flatMap((top, slot): ScalarReference[] => {
			if (recorded.layers[layer.index].tops[slot][side] === null) return [];
			const at = { kind: "top", iteration, pass, layer: layer.name, slot, side } as const;
			return Array.from({ length: top.count }, (_, index) => ({ ...at, index }));
		}),
	];
	const inner = (side: "data" | "diff") => (layer: (typeof own)[number]) => {
		const { internals, internalDiffs } = recorded.layers[layer.index];
		return Object.entries(side === "data" ? internals : internalDiffs).flatMap(([name, { length }]) => {
			const at = { kind: "internal", iteration, pass, layer: layer.name, name, side } as const;
			return Array.from({ length }, (_, index): ScalarReference => ({ ...at, index }));
		});
	};
	const parts = (["data", "decay", "total"] as const).map(
		(part): ScalarReference => ({ kind: "loss", iteration, pass, part }),
	);
	return [
		...own.flatMap((layer) => [...inner("data")(layer), ...of("data")(layer)]),
		...parts,
		...own.toReversed().flatMap((layer) => [...of("diff")(layer), ...inner("diff")(layer)]),
	];
}

/** Every scalar that an iteration recorded, in the order in which it is read: passes, parameters step by step, the closing forward. */
export function iterationScalars(trace: IterationTrace, structure: Structure): readonly ScalarReference[] {
	const { iteration, settings } = trace;
	const parameters = structure.net.learnable.flatMap(({ index: learnable, layer, slot, blob }) =>
		MOMENTS.filter((moment) => isRecorded(trace.parameters[learnable], moment)).flatMap((moment) =>
			Array.from(
				{ length: blob.count },
				(_, index): ScalarReference => ({ kind: "parameter", iteration, layer, slot, moment, index }),
			),
		),
	);
	const clip = settings.clipGradients >= 0 ? (["clipNorm", "clipScale"] as const) : [];
	return [
		...trace.passes.flatMap((_, pass) => passScalars(structure, trace, pass)),
		...clip.map((name): ScalarReference => ({ kind: "solver", iteration, name })),
		...parameters,
		...passScalars(structure, trace, "again"),
	];
}

/** Of an iteration with more numbers than this there is no table with a line for each. */
export const MOST_LINES = 300_000;

/** How many numbers an iteration recorded, about. */
export function countScalars({ passes, parameters }: IterationTrace, { net }: Structure): number {
	const ofPass = net.layers.reduce((total, { run }) => {
		const blobs = [...run.tops, ...Object.values(run.internals)];
		return total + blobs.reduce((sum, { count }) => sum + 2 * count, 0);
	}, 0);
	const ofParameters = parameters.reduce(
		(total, parameter) =>
			total + MOMENTS.filter((moment) => isRecorded(parameter, moment)).length * parameter.before.length,
		0,
	);
	return ofPass * (passes.length + 1) + ofParameters;
}
