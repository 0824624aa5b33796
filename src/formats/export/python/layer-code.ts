import type { Blob } from "../../../engine/blob.ts";
import type { NetLayer } from "../../../engine/net.ts";
import { canonicalAxis, countOf, type Shape, sameShape } from "../../../engine/shape.ts";
import type { Library, NumpyHelper, TorchHelper } from "./library.ts";
import { pythonNumber } from "./literals.ts";

/** One layer of one pass in a script: the names of everything it reads and writes. */
export interface LayerCode {
	readonly layer: NetLayer;
	readonly library: Library;
	/** Bottoms and tops. */
	readonly x: readonly string[];
	readonly y: readonly string[];
	/** What backward finds in the bottoms and tops: what in-place layers have left there. */
	readonly xBack: readonly string[];
	readonly yBack: readonly string[];
	/** Diffs of the bottoms; null where this net computes none. */
	readonly dx: readonly (string | null)[];
	/** Diffs of the tops; null where an inserted Split has none. */
	readonly dy: readonly (string | null)[];
	readonly w: readonly string[];
	/** A name that no other value of the script has, the same whenever the layer asks for it. */
	own(name: string): string;
	/** A line that adds to a parameter's gradient; null where this layer computes none. */
	accumulate(slot: number, expression: string): string | null;
	/** A line that gives a parameter another value in the layer's own forward pass; null in the closing one. */
	move(slot: number, expression: string): string | null;
	/** A value that the layer drew or kept, as recorded. */
	recorded(internal: string): string;
}

export type Lines = readonly string[];

/** Why Caffe's gradient is not the derivative at the recorded numbers. */
export type Inexactness = "kink" | "tie" | "clamp" | "inPlace" | "own" | "overwrites";

/** What a layer read and made in a pass. */
export interface Recorded {
	readonly x: readonly ArrayLike<number>[];
	readonly y: readonly ArrayLike<number>[];
	readonly internals: Readonly<Record<string, ArrayLike<number>>>;
}

/** An element of a bottom, and what the layer makes of it. */
export interface Point {
	readonly x: number;
	readonly y: number;
}

/** How a layer is written down. A layer without a writer is left out: its numbers are taken as recorded. */
export interface LayerWriter {
	/** Helper functions that its NumPy code calls. */
	readonly helpers?: readonly NumpyHelper[];
	forward(code: LayerCode): Lines;
	/** Helper functions that its PyTorch code calls. */
	torchHelpers?(layer: NetLayer): readonly TorchHelper[];
	/** Where PyTorch has a function of its own for it. */
	torchForward?(code: LayerCode): Lines;
	/** Diffs of the bottoms and gradients of the parameters, as Caffe computes them: NumPy. PyTorch has autograd. */
	backward(code: LayerCode): Lines;
	/** Null where Caffe's gradient is the derivative of what forward computes. */
	inexact?(layer: NetLayer, recorded: Recorded): Inexactness | null;
	/** Of a function of single elements: whether its slope is another where in-place layers have left `back`. */
	slopeDiffers?(made: Point, back: Point): boolean;
	/** What its parameters are called, where that is more than a weight and a bias. */
	parameterNames?(layer: NetLayer): readonly string[];
	/** The internal value that holds the parameters which it moves, one after the other, as a pass finds them. */
	readonly moves?: string;
	/** Parameters whose gradient Caffe writes over what other passes and layers have added. */
	overwrites?(layer: NetLayer): readonly number[];
}

export function numberSetting({ run: { settings } }: NetLayer, name: string): number {
	const value = settings[name];
	return typeof value === "number" ? value : 0;
}

/** A number among the settings as Python. */
export const setting = (layer: NetLayer, name: string) => pythonNumber(numberSetting(layer, name));

export function textSetting({ run: { settings } }: NetLayer, name: string): string {
	const value = settings[name];
	return typeof value === "string" ? value : "";
}

/** A list of numbers among the settings, or the one number that stands for it. */
export function numbersSetting({ run: { settings } }: NetLayer, name: string): readonly number[] {
	const value = settings[name];
	if (typeof value === "number") return [value];
	return Array.isArray(value) ? value.filter((one) => typeof one === "number") : [];
}

/** A field of a message among the settings. */
export function innerSetting({ run: { settings } }: NetLayer, message: string, name: string): unknown {
	const value = settings[message];
	return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** A setting that counts an axis of the first bottom. */
export const axisSetting = (layer: NetLayer, name = "axis") =>
	canonicalAxis(numberSetting(layer, name), layer.run.bottoms[0].shape.length);

/** A tuple; also of one element. */
export const shapeOf = (shape: Shape): string => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;

/** An array in another shape; as it is where it has that shape. */
export function reshaped(name: string, from: Shape, to: Shape): string {
	return sameShape(from, to) ? name : `${name}.reshape(${shapeOf(to)})`;
}

/** Scores as outer × classes × inner along the softmax's axis. */
export function classSizes({ shape }: Blob, axis: number) {
	const own = canonicalAxis(axis, shape.length);
	return { axis: own, outer: countOf(shape, 0, own), classes: shape[own], inner: countOf(shape, own + 1) };
}

export const present = (lines: readonly (string | null)[]): Lines => lines.filter((line) => line !== null);

export function someValue(values: ArrayLike<number>, test: (value: number, at: number) => boolean): boolean {
	for (let at = 0; at < values.length; at++) if (test(values[at], at)) return true;
	return false;
}

/** Whether a layer's top stands where its bottom stood. */
export const isInPlace = ({ bottomNames: [bottom], topNames: [top] }: NetLayer) =>
	bottom !== undefined && bottom === top;
