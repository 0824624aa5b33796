import { fillParameters } from "../engine/fill.ts";
import { buildNet } from "../engine/net.ts";
import { EngineError } from "../engine/problem.ts";
import type { Shape } from "../engine/shape.ts";
import type { Experiment } from "./experiment.ts";

/** The values that a parameter has before iteration 1, edits of the log left out. */
export interface StartValues {
	readonly layer: string;
	readonly slot: number;
	readonly shape: Shape;
	readonly values: Float64Array;
	/** Given one by one and not drawn. */
	readonly explicit: boolean;
}

/** The start values of all parameters, in the net's order. */
export function startValues({ net: specification, seed, start }: Experiment): readonly StartValues[] {
	const net = buildNet(specification);
	fillParameters(net, seed);
	return net.learnable.map(({ layer, slot, blob }) => {
		const given = start[`${layer}/${slot}`];
		const values = given === undefined ? blob.data : Float64Array.from(given);
		return { layer, slot, shape: blob.shape, values, explicit: given !== undefined };
	});
}

/** One start value, given; the others of its parameter stay as they are and are given from then on. */
export function withStartValue(
	experiment: Experiment,
	layer: string,
	slot: number,
	index: number,
	value: number,
): Experiment {
	const known = startValues(experiment).find((parameter) => parameter.layer === layer && parameter.slot === slot);
	if (known === undefined || index >= known.values.length) {
		throw new EngineError({
			code: "setting",
			layer,
			setting: "value",
			expected: `${known?.values.length ?? 0} values`,
			found: String(index + 1),
		});
	}
	if (!Number.isFinite(value)) {
		throw new EngineError({ code: "setting", layer, setting: "value", expected: "number", found: String(value) });
	}
	const values = Array.from(known.values, (old, place) => (place === index ? value : old));
	return { ...experiment, start: { ...experiment.start, [`${layer}/${slot}`]: values } };
}
