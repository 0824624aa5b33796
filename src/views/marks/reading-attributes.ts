import { dataValue } from "../../explain/number-text.ts";
import { type Reading, type ReadingStatus, valueOf } from "../../explain/reading.ts";
import styles from "./marks.module.css";
import { type Sign, signOf } from "./scales.ts";

export interface ReadingAttributes {
	/** Absent on samples, which stand for no scalar of the net: their id is empty. */
	readonly "data-ref"?: string;
	readonly "data-status": ReadingStatus;
	readonly "data-value"?: string;
}

/** What every shown number carries: which scalar it is, whether it may be shown, and its double in full. */
export function readingAttributes(reading: Reading): ReadingAttributes {
	if (reading.id === "") return { "data-status": reading.status };
	const value = dataValue(reading);
	return {
		"data-ref": reading.id,
		"data-status": reading.status,
		...(value === undefined ? {} : { "data-value": value }),
	};
}

/** The value where a length can be drawn for it: known and finite. */
export function drawnValue(reading: Reading): number | undefined {
	return reading.status === "known" ? valueOf(reading) : undefined;
}

const signClasses: Readonly<Record<Sign, string>> = { plus: styles.plus, minus: styles.minus, zero: styles.zero };

export function signClass(value: number | undefined): string {
	return signClasses[signOf(value ?? 0)];
}

export function classes(...names: readonly (string | false | undefined)[]): string {
	return names.filter((name) => typeof name === "string" && name !== "").join(" ");
}

/** The global class that tints text by the sign of a reading; none while it may not be shown. */
export function signOfReading(reading: Reading): string {
	const value = drawnValue(reading);
	return value === undefined || value === 0 ? "" : signOf(value);
}
