import type { Blob } from "../../../engine/blob.ts";
import type { NetLayer } from "../../../engine/net.ts";
import { canonicalAxis, countOf, type Shape, sameShape } from "../../../engine/shape.ts";

/** One layer of one pass in a script: the names of everything it reads and writes. */
export interface LayerCode {
	readonly layer: NetLayer;
	/** Bottoms and tops. */
	readonly x: readonly string[];
	readonly y: readonly string[];
	/** What backward finds where the bottoms were: in place, the tops. */
	readonly xBack: readonly string[];
	/** Diffs; null where this net computes none. */
	readonly dx: readonly (string | null)[];
	readonly dy: readonly (string | null)[];
	readonly w: readonly string[];
	/** A line that adds to a parameter's gradient; null where this layer computes none. */
	accumulate(slot: number, expression: string): string | null;
	/** A value that the layer drew or kept, as recorded. */
	recorded(internal: string): string;
}

export type Lines = readonly string[];

/** How a layer's tops are computed in a script. A layer without a writer is left out: its numbers are taken as recorded. */
export interface LayerWriter {
	/** Whether these very settings are written; by default all. */
	readonly supports?: (layer: NetLayer) => boolean;
	/** Names of helper functions that it calls. */
	readonly helpers?: (layer: NetLayer) => readonly string[];
	readonly forward: (code: LayerCode) => Lines;
}

export function numberSetting({ run: { settings } }: NetLayer, name: string): number {
	const value = settings[name];
	return typeof value === "number" ? value : 0;
}

export function textSetting({ run: { settings } }: NetLayer, name: string): string {
	const value = settings[name];
	return typeof value === "string" ? value : "";
}

/** A field of a message among the settings. */
export function innerSetting({ run: { settings } }: NetLayer, message: string, name: string): unknown {
	const value = settings[message];
	return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

export const shapeOf = (shape: Shape): string => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;

/** An array in another shape; as it is where it has that shape. */
export function reshaped(name: string, from: Shape, to: Shape): string {
	return sameShape(from, to) ? name : `${name}.reshape(${to.join(", ")})`;
}

/** A dense layer's batch as a matrix: rows × inputs → rows × outputs. */
export function denseSizes({ run }: NetLayer) {
	const [bottom] = run.bottoms;
	const axis = canonicalAxis(Number(run.settings.axis), bottom.shape.length);
	return {
		rows: countOf(bottom.shape, 0, axis),
		inputs: countOf(bottom.shape, axis),
		outputs: Number(run.settings.num_output),
		transposed: run.settings.transpose === true,
	};
}

/** Scores as outer × classes × inner along the softmax's axis. */
export function classSizes({ shape }: Blob, axis: number) {
	const own = canonicalAxis(axis, shape.length);
	return { axis: own, outer: countOf(shape, 0, own), classes: shape[own], inner: countOf(shape, own + 1) };
}

export const present = (lines: readonly (string | null)[]): Lines => lines.filter((line) => line !== null);
