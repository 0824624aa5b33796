import { EngineError } from "../engine/problem.ts";

/** Bounds of the page's own editors; a file may go further, to what memory allows. */
export const EDIT_LIMITS = { units: 256, layers: 12, batch: 64, samples: 512 } as const;

export interface Limit {
	readonly minimum: number;
	readonly maximum: number;
	readonly whole?: boolean;
}

/** @throws EngineError `setting`, with the range, where a value lies outside of it or is no number */
export function checkLimit(layer: string, setting: string, value: number, { minimum, maximum, whole }: Limit): void {
	if (value >= minimum && value <= maximum && (!whole || Number.isInteger(value))) return;
	const expected = `${whole ? "integer" : "number"} ${minimum} … ${maximum}`;
	throw new EngineError({ code: "setting", layer, setting, expected, found: String(value) });
}
