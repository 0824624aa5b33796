import { defineLayer, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { integer, integers, optionalInteger, type SettingsOf } from "../settings.ts";
import { type Shape, shapeText } from "../shape.ts";
import { alongAxis, axisInForce, axisView, copyAlongAxis } from "./axis-view.ts";

const settings = {
	axis: integer(1),
	slice_dim: optionalInteger({ minimum: 0 }),
	slice_point: integers({ minimum: 1 }),
};
type Settings = SettingsOf<typeof settings>;

const axisOf = ({ axis, slice_dim }: Settings, bottom: Shape) => axisInForce(axis, slice_dim, bottom.length);

/** Where each top begins along the axis, and where the last ends. */
function cutsOf(written: Settings, bottom: Shape, tops: number, layer: string): readonly number[] {
	const axis = axisOf(written, bottom);
	const size = bottom[axis];
	const { slice_point: points } = written;
	const refuse = (expected: string, found: string): never => {
		throw new EngineError({ code: "setting", layer, setting: "slice_point", expected, found });
	};
	if (!(axis >= 0 && axis < bottom.length)) {
		throw new EngineError({
			code: "setting",
			layer,
			setting: "axis",
			expected: shapeText(bottom),
			found: String(axis),
		});
	}
	if (points.length === 0) {
		if (size % tops !== 0) return refuse(`${size} in ${tops} equal parts`, "");
		return Array.from({ length: tops + 1 }, (_, k) => (k * size) / tops);
	}
	const cuts = [0, ...points, size];
	const rises = cuts.every((cut, k) => k === 0 || cut > cuts[k - 1]);
	if (points.length !== tops - 1 || !rises) return refuse(`${tops - 1} rising cuts below ${size}`, points.join(", "));
	return cuts;
}

const cutsOfRun = (run: LayerRun<Settings>) => cutsOf(run.settings, run.bottoms[0].shape, run.tops.length, run.name);

/**
 * Slice: the parts of a bottom along `axis`, cut at `slice_point` or into equal ones; dx puts the parts' dy together.
 * Source: Caffe, SliceLayer.
 */
export const sliceLayer = defineLayer({
	type: "Slice",
	parameterField: "slice_param",
	settings,
	bottoms: 1,
	tops: [1, 1024],
	picture: "copy",
	plan(written, [bottom], layer, tops) {
		const axis = axisOf(written, bottom);
		const cuts = cutsOf(written, bottom, tops, layer);
		return {
			tops: Array.from({ length: tops }, (_, part) =>
				bottom.map((size, k) => (k === axis ? cuts[part + 1] - cuts[part] : size)),
			),
		};
	},
	prepare(run) {
		const {
			bottoms: [bottom],
			tops,
			bottomNeedsDiff: [wanted],
		} = run;
		const axis = axisOf(run.settings, bottom.shape);
		const cuts = cutsOfRun(run);
		const whole = axisView(bottom.shape, axis);
		const views = tops.map(({ shape }) => axisView(shape, axis));
		return {
			forward() {
				tops.forEach(({ data }, k) => {
					copyAlongAxis(bottom.data, whole, cuts[k], data, views[k], 0, views[k].size);
				});
			},
			backward() {
				if (!wanted) return;
				tops.forEach(({ diff }, k) => {
					copyAlongAxis(diff, views[k], 0, bottom.diff, whole, cuts[k], views[k].size);
				});
			},
		};
	},
	explain: {
		top(scope, slot, index) {
			const {
				bottoms: [bottom],
				tops,
				settings: written,
			} = scope.run;
			const axis = axisOf(written, bottom.shape);
			const { indexIn } = alongAxis(index, axisView(tops[slot].shape, axis));
			return scope.bottom(0, indexIn(bottom.shape[axis], -cutsOfRun(scope.run)[slot]));
		},
		bottomDiff(scope, _slot, index) {
			const {
				bottoms: [bottom],
				tops,
				settings: written,
			} = scope.run;
			const axis = axisOf(written, bottom.shape);
			const cuts = cutsOfRun(scope.run);
			const { place, indexIn } = alongAxis(index, axisView(bottom.shape, axis));
			const part = cuts.findLastIndex((cut) => cut <= place);
			return scope.top(part, indexIn(tops[part].shape[axis], cuts[part]), "diff");
		},
	},
});
