import { constant } from "../expressions.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { integer, integers, type SettingsOf } from "../settings.ts";
import { canonicalAxis, type Shape, shapeText } from "../shape.ts";

const settings = { axis: integer(2), offset: integers({ minimum: 0 }) };
type Settings = SettingsOf<typeof settings>;

/** Where the cut begins in each axis: 0 before `axis`; one offset for all, one for each, or none. */
function offsetsOf({ axis, offset }: Settings, bottom: Shape): readonly number[] {
	const first = canonicalAxis(axis, bottom.length);
	return bottom.map((_, k) => (k < first ? 0 : ((offset.length === 1 ? offset[0] : offset[k - first]) ?? 0)));
}

/** For each element of the top, in order, its place in the bottom. */
function placesOf({ run }: { readonly run: LayerRun<Settings> }): Int32Array {
	const [{ shape: bottom }] = run.bottoms;
	const [{ shape: top, count }] = run.tops;
	const offsets = offsetsOf(run.settings, bottom);
	return Int32Array.from({ length: count }, (_, index) => {
		let rest = index;
		let place = 0;
		let step = 1;
		for (let k = top.length - 1; k >= 0; k--) {
			place += ((rest % top[k]) + offsets[k]) * step;
			rest = Math.floor(rest / top[k]);
			step *= bottom[k];
		}
		return place;
	});
}

const places = new WeakMap<LayerRun<Settings>, Int32Array>();

function knownPlaces(run: LayerRun<Settings>): Int32Array {
	const known = places.get(run) ?? placesOf({ run });
	places.set(run, known);
	return known;
}

/**
 * Crop: from `axis` on as large as bottom 1, beginning at `offset`; dx is dy where the cut is and 0 around it, and the
 * reference gets none. Source: Caffe, CropLayer.
 */
export const cropLayer = defineLayer({
	type: "Crop",
	parameterField: "crop_param",
	settings,
	bottoms: 2,
	tops: 1,
	picture: "copy",
	bottomsWithoutDiff: () => [1],
	plan(written, [bottom, reference], layer) {
		const first = canonicalAxis(written.axis, bottom.length);
		const refuse = (setting: string, expected: string, found: string): never => {
			throw new EngineError({ code: "setting", layer, setting, expected, found });
		};
		if (first < 0 || first >= bottom.length || reference.length !== bottom.length) {
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "bottom",
				expected: shapeText(bottom),
				found: shapeText(reference),
			});
		}
		const cropped = bottom.length - first;
		if (written.offset.length > 1 && written.offset.length !== cropped) {
			return refuse("offset", `0, 1, ${cropped}`, String(written.offset.length));
		}
		const offsets = offsetsOf(written, bottom);
		const top = bottom.map((size, k) => (k < first ? size : reference[k]));
		if (top.some((size, k) => size + offsets[k] > bottom[k])) {
			return refuse("offset", shapeText(bottom), `${shapeText(offsets)} + ${shapeText(top)}`);
		}
		return { tops: [top] };
	},
	prepare(run) {
		const {
			bottoms: [bottom],
			tops: [top],
			bottomNeedsDiff: [wanted],
		} = run;
		const from = knownPlaces(run);
		return {
			forward() {
				for (let i = 0; i < from.length; i++) top.data[i] = bottom.data[from[i]];
			},
			backward() {
				if (!wanted) return;
				bottom.diff.fill(0);
				for (let i = 0; i < from.length; i++) bottom.diff[from[i]] = top.diff[i];
			},
		};
	},
	explain: {
		top: (scope, _slot, index) => scope.bottom(0, knownPlaces(scope.run)[index]),
		bottomDiff(scope, _slot, index) {
			const at = knownPlaces(scope.run).indexOf(index);
			return at < 0 ? constant(0) : scope.top(0, at, "diff");
		},
	},
});
