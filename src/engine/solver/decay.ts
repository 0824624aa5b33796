import type { SolverSettings } from "../specification.ts";

/** weight_decay · decay_mult of one parameter. */
export function localDecay(settings: SolverSettings, decayMult: number): number {
	return settings.weightDecay * decayMult;
}
