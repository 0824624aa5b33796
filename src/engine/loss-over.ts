import { buildNet, type Net } from "./net.ts";
import { localDecay } from "./solver/decay.ts";
import { decayLoss } from "./solver/pipeline.ts";
import type { NetSpecification } from "./specification.ts";
import type { IterationTrace } from "./trace.ts";

/** A scalar that an iteration's loss is a function of; a number of a sample may stand in several rows and passes. */
export type LossVariable =
	| { readonly kind: "parameter"; readonly layer: string; readonly slot: number; readonly index: number }
	| {
			readonly kind: "input";
			readonly blob: string;
			readonly places: readonly { readonly pass: number; readonly index: number }[];
	  };

/** The two terms of J: the mean loss of the iteration's passes, and the decay term. */
export interface LossParts {
	readonly data: number;
	readonly decay: number;
}

/** The derivatives of the two terms. */
export interface LossSlope {
	readonly data: number | null;
	readonly decay: number;
}

/** The loss of one recorded iteration as a function of one scalar, everything else as it stood before the update. */
export interface LossOver {
	at(value: number): LossParts;
	/** The derivatives at a value; `data` is null where there is none (a class label). Pauses after each layer. */
	slopeAt(value: number): Generator<void, LossSlope>;
}

const noMark = () => {};

function bufferOf(net: Net, variable: LossVariable): Float64Array {
	if (variable.kind === "parameter") {
		const { layer, slot } = variable;
		const found = net.learnable.find((parameter) => parameter.layer === layer && parameter.slot === slot);
		if (found === undefined) throw new RangeError(`no parameter ${layer}/${slot}`);
		return found.blob.data;
	}
	const found = net.inputs.find(({ name }) => name === variable.blob);
	if (found === undefined) throw new RangeError(`no input ${variable.blob}`);
	return found.blob.data;
}

/**
 * Opens the loss of a recorded iteration over one scalar. All passes run on a twin net of its own, so that the run is
 * left as it was; one call costs one forward (and, for the slope, one backward) for each pass of the iteration.
 *
 * @param draws what each pass drew from, as `drawOf` gives it
 */
export function createLossOver(
	specification: NetSpecification,
	trace: IterationTrace,
	variable: LossVariable,
	draws: readonly number[],
): LossOver {
	// A derivative is asked for even where the solver needs none: an input's, a bias that is not updated.
	const twin = buildNet({ ...specification, forceBackward: true });
	const buffer = bufferOf(twin, variable);
	twin.learnable.forEach(({ blob }, index) => {
		blob.data.set(trace.parameters[index].before);
	});

	function load(pass: number, value: number): void {
		for (const { blob, layer, slot } of twin.inputs) {
			blob.data.set(trace.passes[pass].layers[twin.layer(layer).index].tops[slot].data);
		}
		twin.setDraw(draws[pass]);
		if (variable.kind === "parameter") buffer[variable.index] = value;
		else for (const place of variable.places) if (place.pass === pass) buffer[place.index] = value;
	}

	function derivative(pass: number): number | null {
		if (variable.kind === "parameter") {
			const found = twin.learnable.find(({ layer, slot }) => layer === variable.layer && slot === variable.slot);
			return found?.blob.diff[variable.index] ?? null;
		}
		const input = twin.inputs.find(({ name }) => name === variable.blob);
		if (input === undefined || !twin.layer(input.layer).diffComputed[input.slot]) return null;
		return variable.places
			.filter((place) => place.pass === pass)
			.reduce((total, place) => total + input.blob.diff[place.index], 0);
	}

	function decaySlope(value: number): number {
		if (variable.kind === "input") return 0;
		const { settings } = trace;
		const found = twin.learnable.find(({ layer, slot }) => layer === variable.layer && slot === variable.slot);
		const decay = localDecay(settings, found?.decayMult ?? 0);
		return settings.regularization === "L2" ? decay * value : decay * Math.sign(value);
	}

	const passes = trace.passes.length;
	return {
		at(value) {
			let data = 0;
			for (let pass = 0; pass < passes; pass++) {
				load(pass, value);
				data += twin.forward();
			}
			return { data: data / passes, decay: decayLoss(twin, trace.settings) };
		},
		*slopeAt(value) {
			let data: number | null = 0;
			for (let pass = 0; pass < passes; pass++) {
				load(pass, value);
				twin.clearParameterDiffs();
				yield* twin.forwardParts();
				yield* twin.backwardParts(noMark, noMark);
				const own = derivative(pass);
				data = own === null || data === null ? null : data + own;
			}
			return { data: data === null ? null : data / passes, decay: decaySlope(value) };
		},
	};
}
