import type { Preset } from "../preset.ts";
import { exclusiveOr } from "../sets/logic.ts";
import { densePrototxt, gaussian, solverPrototxt } from "./dense-prototxt.ts";

/** A linear net has no slope to slow it down: each step overshoots the last until a number no longer fits a double. */
export const rateTooLarge: Preset = {
	id: "rate-too-large",
	net: densePrototxt({ batch: 4, units: [2, 3, 1], activations: [null, null], filler: gaussian(0.8) }),
	solver: solverPrototxt({ rate: 1.5 }),
	seed: 1,
	data: async () => exclusiveOr(),
};
