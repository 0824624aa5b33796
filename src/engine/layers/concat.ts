import { defineLayer, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { integer, optionalInteger, type SettingsOf } from "../settings.ts";
import { type Shape, shapeText } from "../shape.ts";
import { alongAxis, axisInForce, axisView, copyAlongAxis } from "./axis-view.ts";

const settings = { axis: integer(1), concat_dim: optionalInteger({ minimum: 0 }) };
type Settings = SettingsOf<typeof settings>;

const axisOf = ({ axis, concat_dim }: Settings, [first]: readonly Shape[]) =>
	axisInForce(axis, concat_dim, first.length);

/** Where each bottom begins along the axis. */
function startsOf(run: LayerRun<Settings>): readonly number[] {
	const shapes = run.bottoms.map(({ shape }) => shape);
	const axis = axisOf(run.settings, shapes);
	let next = 0;
	return shapes.map((shape) => {
		const start = next;
		next += shape[axis];
		return start;
	});
}

/**
 * Concat: bottoms of equal shape but for `axis` one after the other; each dx is its part of dy.
 * Source: Caffe, ConcatLayer.
 */
export const concatLayer = defineLayer({
	type: "Concat",
	parameterField: "concat_param",
	settings,
	bottoms: [1, 1024],
	tops: 1,
	picture: "copy",
	plan(written, bottoms, layer) {
		const [first] = bottoms;
		const axis = axisOf(written, bottoms);
		for (const bottom of bottoms) {
			const meets = bottom.length === first.length && bottom.every((size, k) => k === axis || size === first[k]);
			if (axis >= 0 && axis < first.length && meets) continue;
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "bottom",
				expected: `${shapeText(first)} (axis ${axis})`,
				found: shapeText(bottom),
			});
		}
		const size = bottoms.reduce((total, bottom) => total + bottom[axis], 0);
		return { tops: [first.map((own, k) => (k === axis ? size : own))] };
	},
	prepare(run) {
		const {
			bottoms,
			tops: [top],
			bottomNeedsDiff,
		} = run;
		const axis = axisOf(
			run.settings,
			bottoms.map(({ shape }) => shape),
		);
		const starts = startsOf(run);
		const views = bottoms.map(({ shape }) => axisView(shape, axis));
		const whole = axisView(top.shape, axis);
		return {
			forward() {
				bottoms.forEach(({ data }, k) => {
					copyAlongAxis(data, views[k], 0, top.data, whole, starts[k], views[k].size);
				});
			},
			backward() {
				bottoms.forEach(({ diff }, k) => {
					if (bottomNeedsDiff[k]) copyAlongAxis(top.diff, whole, starts[k], diff, views[k], 0, views[k].size);
				});
			},
		};
	},
	explain: {
		top(scope, _slot, index) {
			const { bottoms, tops, settings: written } = scope.run;
			const axis = axisOf(
				written,
				bottoms.map(({ shape }) => shape),
			);
			const starts = startsOf(scope.run);
			const { place, indexIn } = alongAxis(index, axisView(tops[0].shape, axis));
			const slot = starts.findLastIndex((start) => start <= place);
			return scope.bottom(slot, indexIn(bottoms[slot].shape[axis], starts[slot]));
		},
		bottomDiff(scope, slot, index) {
			const { bottoms, tops, settings: written } = scope.run;
			const axis = axisOf(
				written,
				bottoms.map(({ shape }) => shape),
			);
			const { indexIn } = alongAxis(index, axisView(bottoms[slot].shape, axis));
			return scope.top(0, indexIn(tops[0].shape[axis], -startsOf(scope.run)[slot]), "diff");
		},
	},
});
