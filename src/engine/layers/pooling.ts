import { constant, maximum, quotient, sum } from "../expressions.ts";
import { defineLayer } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { shapeText } from "../shape.ts";
import {
	countedOf,
	endOf,
	type PoolingAxes,
	type PoolingAxis,
	poolingAxes,
	poolingSettings,
	startOf,
} from "./pooling-geometry.ts";
import { EMPTY_MAXIMUM, NOTHING, poolingPasses } from "./pooling-passes.ts";

/** The places of the plane under a window, row by row. */
function placesUnder({ height, width }: PoolingAxes, place: number): readonly number[] {
	const y = Math.floor(place / width.out);
	const x = place % width.out;
	const places: number[] = [];
	for (let h = startOf(height, y); h < endOf(height, y); h++) {
		for (let w = startOf(width, x); w < endOf(width, x); w++) places.push(h * width.size + w);
	}
	return places;
}

/** The windows along one axis that a place lies under. */
function along(axis: PoolingAxis, place: number): readonly number[] {
	return Array.from({ length: axis.out }, (_, out) => out).filter(
		(out) => place >= startOf(axis, out) && place < endOf(axis, out),
	);
}

/** The windows over a place of the plane, in the order in which backward adds their shares. */
function windowsOver({ height, width }: PoolingAxes, place: number): readonly number[] {
	const columns = along(width, place % width.size);
	return along(height, Math.floor(place / width.size)).flatMap((y) => columns.map((x) => y * width.out + x));
}

const dividedBy = ({ height, width }: PoolingAxes, window: number) =>
	countedOf(height, Math.floor(window / width.out)) * countedOf(width, window % width.out);

/**
 * Pooling over images `[N, C, H, W]`: the largest or the average of each window, `out = ⌈(in + 2 pad − kernel) /
 * stride⌉ + 1`, a window that would begin in the far padding dropped.
 *
 * - MAX: the first largest wins and gets the whole diff; a second top holds its place in the plane.
 * - AVE: divided by the window's size, padding counted, what hangs over beyond it not; the diff spreads evenly.
 *
 * Source: Caffe, PoolingLayer; caffe-semantics, 2.3.
 */
export const poolingLayer = defineLayer({
	type: "Pooling",
	parameterField: "pooling_param",
	settings: poolingSettings,
	bottoms: 1,
	tops: [1, 2],
	picture: "window",
	plan(s, [bottom], layer, tops) {
		const refuse = (setting: string, expected: string, found: string): never => {
			throw new EngineError({ code: "setting", layer, setting, expected, found });
		};
		if (bottom.length !== 4) {
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "bottom",
				expected: "4 axes",
				found: shapeText(bottom),
			});
		}
		if (s.pool === "STOCHASTIC") return refuse("pool", "MAX, AVE", s.pool);
		const { height, width } = poolingAxes(s, bottom);
		for (const axis of [height, width]) {
			if (axis.kernel < 1) return refuse("kernel_size", "≥ 1", "");
			if (axis.pad >= axis.kernel) return refuse("pad", `< ${axis.kernel}`, `${axis.pad}`);
			if (s.global_pooling && axis.pad > 0) return refuse("pad", "0 with global_pooling", `${axis.pad}`);
			if (axis.out < 1) {
				throw new EngineError({
					code: "shape-mismatch",
					layer,
					what: "kernel",
					expected: `at most ${axis.size + 2 * axis.pad}`,
					found: `${axis.kernel}`,
				});
			}
		}
		const top = [bottom[0], bottom[1], height.out, width.out];
		return { tops: Array.from({ length: tops }, () => top) };
	},
	prepare: poolingPasses,
	explain: {
		top(scope, slot, index) {
			const axes = poolingAxes(scope.run.settings, scope.run.bottoms[0].shape);
			const windows = axes.height.out * axes.width.out;
			const plane = axes.height.size * axes.width.size;
			const start = Math.floor(index / windows) * plane;
			const places = placesUnder(axes, index % windows);
			if (slot === 1) {
				// Which one wins is a case, not a sum.
				const values = places.map((place) => scope.bottomValue(0, start + place));
				return constant(places.length === 0 ? NOTHING : places[values.indexOf(Math.max(...values))]);
			}
			const under = places.map((place) => scope.bottom(0, start + place));
			if (scope.run.settings.pool === "MAX") return under.length === 0 ? constant(EMPTY_MAXIMUM) : maximum(...under);
			return quotient(sum(under, "elements"), constant(dividedBy(axes, index % windows)));
		},
		bottomDiff(scope, _slot, index) {
			const axes = poolingAxes(scope.run.settings, scope.run.bottoms[0].shape);
			const windows = axes.height.out * axes.width.out;
			const plane = axes.height.size * axes.width.size;
			const image = Math.floor(index / plane);
			const over = windowsOver(axes, index % plane);
			const delta = (window: number) => scope.top(0, image * windows + window, "diff");
			if (scope.run.settings.pool !== "MAX") {
				return sum(
					over.map((window) => quotient(delta(window), constant(dividedBy(axes, window)))),
					"windows",
				);
			}
			const wins = (window: number) => {
				const places = placesUnder(axes, window);
				const values = places.map((place) => scope.bottomValue(0, image * plane + place));
				return places.length > 0 && places[values.indexOf(Math.max(...values))] === index % plane;
			};
			return sum(over.filter(wins).map(delta), "windows");
		},
	},
});
