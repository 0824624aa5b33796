import { filler } from "../fillers.ts";
import type { ExplanationScope, LayerRun, ParameterPlan } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { flag, requiredInteger, type SettingsOf } from "../settings.ts";
import { countOf, type Shape, shapeText } from "../shape.ts";

/** What LSTM and RNN share: their settings, their sizes, and an unrolled step's common parts. */
export const recurrentSettings = {
	num_output: requiredInteger({ minimum: 1 }),
	weight_filler: filler(),
	bias_filler: filler(),
	/** Caffe prints more; nothing is computed otherwise. */
	debug_info: flag(false),
	expose_hidden: flag(false),
};

/** How many states each layer carries from one pass to the next: h, and an LSTM's c. */
export const STATES = { LSTM: 2, RNN: 1 } as const;

export type RecurrentSettings = SettingsOf<typeof recurrentSettings>;
export type RecurrentRun = LayerRun<RecurrentSettings>;
export type RecurrentScope = ExplanationScope<RecurrentSettings>;

/** T time steps of N sequences, I inputs a step, I_s static inputs, H outputs. */
export interface RecurrentSizes {
	readonly times: number;
	readonly sequences: number;
	readonly inputs: number;
	readonly staticInputs: number;
	readonly outputs: number;
	/** The bottom that holds the static input; −1 where there is none. */
	readonly staticSlot: number;
	/** The first of the bottoms that hold initial states; −1 where the layer carries its own. */
	readonly stateSlot: number;
}

/** @throws EngineError where bottoms and settings do not meet; `states` is how many the layer carries */
export function recurrentSizes(
	settings: RecurrentSettings,
	bottoms: readonly Shape[],
	layer: string,
	states: number,
): RecurrentSizes {
	const [x, cont] = bottoms;
	const exposed = settings.expose_hidden ? states : 0;
	const refuse = (what: string, expected: string, found: Shape): never => {
		throw new EngineError({ code: "shape-mismatch", layer, what, expected, found: shapeText(found) });
	};
	const extra = bottoms.length - 2 - exposed;
	if (extra < 0 || extra > 1) {
		throw new EngineError({
			code: "port-count",
			layer,
			port: "bottom",
			found: bottoms.length,
			minimum: 2 + exposed,
			maximum: 3 + exposed,
		});
	}
	if (x.length < 2) return refuse("bottom", "[T, N, …]", x);
	const [times, sequences] = x;
	if (cont.length !== 2 || cont[0] !== times || cont[1] !== sequences)
		refuse("cont", shapeText([times, sequences]), cont);
	const staticSlot = extra === 1 ? 2 : -1;
	if (staticSlot > 0 && bottoms[2][0] !== sequences) refuse("x_static", `[${sequences}, …]`, bottoms[2]);
	const outputs = settings.num_output;
	for (const state of exposed === 0 ? [] : bottoms.slice(-exposed)) {
		if (countOf(state) !== sequences * outputs) refuse("state", shapeText([1, sequences, outputs]), state);
	}
	return {
		times,
		sequences,
		inputs: countOf(x, 2),
		staticInputs: staticSlot > 0 ? countOf(bottoms[2], 1) : 0,
		outputs,
		staticSlot,
		stateSlot: exposed === 0 ? -1 : bottoms.length - exposed,
	};
}

/** Sizes of a layer that has been built: its bottoms are known to meet. */
export function sizesOf(run: RecurrentRun, states: number): RecurrentSizes {
	return recurrentSizes(
		run.settings,
		run.bottoms.map(({ shape }) => shape),
		run.name,
		states,
	);
}

/** A buffer's time steps, one after the other, as parts of it. */
export function cutByTime(buffer: Float64Array, { times }: RecurrentSizes): readonly Float64Array[] {
	const size = buffer.length / times;
	return Array.from({ length: times }, (_, t) => buffer.subarray(t * size, (t + 1) * size));
}

/** Input weights, bias and, with a static input, its weights: the first parameters of both layers. */
export function inputParameters(
	settings: RecurrentSettings,
	sizes: RecurrentSizes,
	rows: number,
): readonly ParameterPlan[] {
	const weight = (columns: number): ParameterPlan => ({ shape: [rows, columns], filler: settings.weight_filler });
	return [
		weight(sizes.inputs),
		{ shape: [rows], filler: settings.bias_filler },
		...(sizes.staticSlot > 0 ? [weight(sizes.staticInputs)] : []),
	];
}

/** Where the recurrent weights stand among the parameters. */
export const recurrentSlot = ({ staticSlot }: RecurrentSizes): number => (staticSlot > 0 ? 3 : 2);
