import { EngineError } from "../problem.ts";
import { integer, integers, message } from "../settings.ts";
import { countOf, shapeText } from "../shape.ts";
import { reshapingLayer } from "./reshaping.ts";

/** A dimension that is taken from the bottom, and one that is worked out from the others. */
const COPIED = 0;
const INFERRED = -1;

/**
 * Reshape: axes `axis` … `axis + num_axes` (−1: all the rest) are replaced by `shape`, where 0 copies the bottom's own
 * and one −1 is worked out. Source: Caffe, ReshapeLayer.
 */
export const reshapeLayer = reshapingLayer({
	type: "Reshape",
	parameterField: "reshape_param",
	settings: {
		shape: message({ dim: integers({ minimum: -1 }) }),
		axis: integer(0),
		num_axes: integer(-1, { minimum: -1 }),
	},
	top({ shape: { dim }, axis, num_axes }, bottom, layer) {
		const refuse = (setting: string, expected: string, found: string): never => {
			throw new EngineError({ code: "setting", layer, setting, expected, found });
		};
		// One more than the axes there are: after the last is a place too.
		const first = axis < 0 ? axis + bottom.length + 1 : axis;
		if (first < 0 || first > bottom.length) return refuse("axis", shapeText(bottom), String(axis));
		const end = num_axes < 0 ? bottom.length : first + num_axes;
		if (end > bottom.length) return refuse("num_axes", `≤ ${bottom.length - first}`, String(num_axes));
		const middle = dim.map((size, k) => {
			if (size !== COPIED) return size;
			return bottom[first + k] ?? refuse("shape", shapeText(bottom), shapeText(dim));
		});
		const before = bottom.slice(0, first);
		const after = bottom.slice(end);
		const known = countOf([...before, ...middle.filter((size) => size !== INFERRED), ...after]);
		const inferred = countOf(bottom) / known;
		const top = [...before, ...middle.map((size) => (size === INFERRED ? inferred : size)), ...after];
		const isWhole = middle.filter((size) => size === INFERRED).length <= 1 && Number.isInteger(inferred);
		return isWhole && countOf(top) === countOf(bottom) ? top : refuse("shape", shapeText(bottom), shapeText(dim));
	},
});
