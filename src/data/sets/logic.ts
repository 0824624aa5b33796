import type { NamedDataSet } from "../preset.ts";
import { table } from "./table.ts";

/** The truth table of exclusive or. */
export function exclusiveOr(): NamedDataSet {
	return table(
		"xor",
		[
			[[0, 0], [0]],
			[[0, 1], [1]],
			[[1, 0], [1]],
			[[1, 1], [0]],
		],
		"truth table",
	);
}

/** A truth table with three ones: inclusive or, written so that its odd sample stands last. */
export function inclusiveOr(): NamedDataSet {
	return table(
		"or",
		[
			[[0, 1], [1]],
			[[1, 0], [1]],
			[[1, 1], [1]],
			[[0, 0], [0]],
		],
		"truth table",
	);
}
