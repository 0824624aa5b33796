import { log } from "../numerics/log.ts";
import { EngineError } from "../problem.ts";
import { float } from "../settings.ts";

/** The base that means e. */
const NATURAL = -1;

export const baseSettings = { base: float(NATURAL), scale: float(1), shift: float(0) };

export interface BaseSettings {
	readonly base: number;
	readonly scale: number;
	readonly shift: number;
}

export const isNatural = ({ base }: BaseSettings) => base === NATURAL;

/** ln of the base. */
export const logOfBase = (settings: BaseSettings) => (isNatural(settings) ? 1 : log(settings.base));

/** @throws EngineError where the base is neither e (−1) nor positive */
export function checkBase(settings: BaseSettings, layer: string): void {
	if (isNatural(settings) || settings.base > 0) return;
	throw new EngineError({ code: "setting", layer, setting: "base", expected: "> 0, −1", found: String(settings.base) });
}
