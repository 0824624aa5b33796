import type { DataSource } from "../engine/specification.ts";

/** The experiments in the order of the menu. */
export const presetIds = [
	"worked-example",
	"xor",
	"symmetry",
	"saturated",
	"dead-relu",
	"rate-too-large",
	"disagreement",
	"vanishing",
	"digits",
	"autoencoder",
	"lenet",
	"lstm",
	"lstm-through-time",
] as const;
export type PresetId = (typeof presetIds)[number];

export interface NamedDataSet {
	readonly id: string;
	readonly source: DataSource;
	/** How a sample's card looks: its numbers as text, or an image of `height × width`. */
	readonly card:
		| { readonly kind: "numbers" }
		| { readonly kind: "image"; readonly width: number; readonly height: number };
	/** Where the data come from and under which licence; one sentence for data made here. */
	readonly origin: { readonly source: string; readonly licence: string };
}

/**
 * An experiment that opens at once. Its title and its two sentences on what to see stand in the catalogues under its id.
 */
export interface Preset {
	readonly id: PresetId;
	/** train.prototxt and solver.prototxt; both are read with precision `double`. */
	readonly net: string;
	readonly solver: string;
	/** Seed of the fillers, dropout and shuffles. */
	readonly seed: number;
	/** Explicit start values by `layer/slot`, where the fillers do not make them. */
	readonly start?: Readonly<Record<string, readonly number[]>>;
	readonly data: () => Promise<NamedDataSet>;
	/** One click of an own button, recorded as edits (symmetry: break it). Values by `layer/slot/index`. */
	readonly remedy?: Readonly<Record<string, number>>;
	/** Published figures to be ticked off, by reference text → the digits as published. */
	readonly published?: Readonly<Record<string, string>>;
}
