import { sum } from "../expressions.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { integer, requiredInteger, type SettingsOf } from "../settings.ts";
import { canonicalAxis, countOf, shapeText } from "../shape.ts";

const settings = { axis: integer(1), tiles: requiredInteger({ minimum: 1 }) };

/** What is repeated as a whole: everything from the axis on. */
function sizes({ bottoms: [bottom], settings: { axis, tiles } }: LayerRun<SettingsOf<typeof settings>>) {
	const inner = countOf(bottom.shape, canonicalAxis(axis, bottom.shape.length));
	return { outer: bottom.count / inner, inner, tiles };
}

/** Tile: the bottom `tiles` times one after the other along `axis`; dx sums dy over the copies. Source: Caffe, TileLayer. */
export const tileLayer = defineLayer({
	type: "Tile",
	parameterField: "tile_param",
	settings,
	bottoms: 1,
	tops: 1,
	picture: "copy",
	plan({ axis, tiles }, [bottom], layer) {
		const along = canonicalAxis(axis, bottom.length);
		if (along < 0 || along >= bottom.length) {
			throw new EngineError({
				code: "setting",
				layer,
				setting: "axis",
				expected: shapeText(bottom),
				found: String(axis),
			});
		}
		return { tops: [bottom.map((size, k) => (k === along ? size * tiles : size))] };
	},
	prepare(run) {
		const {
			bottoms: [bottom],
			tops: [top],
			bottomNeedsDiff: [wanted],
		} = run;
		const { outer, inner, tiles } = sizes(run);
		return {
			forward() {
				for (let o = 0; o < outer; o++) {
					const part = bottom.data.subarray(o * inner, (o + 1) * inner);
					for (let t = 0; t < tiles; t++) top.data.set(part, (o * tiles + t) * inner);
				}
			},
			backward() {
				if (!wanted) return;
				for (let i = 0; i < bottom.count; i++) {
					const start = Math.floor(i / inner) * tiles * inner + (i % inner);
					let total = 0;
					for (let t = 0; t < tiles; t++) total += top.diff[start + t * inner];
					bottom.diff[i] = total;
				}
			},
		};
	},
	explain: {
		top(scope, _slot, index) {
			const { inner, tiles } = sizes(scope.run);
			return scope.bottom(0, Math.floor(index / (inner * tiles)) * inner + (index % inner));
		},
		bottomDiff(scope, _slot, index) {
			const { inner, tiles } = sizes(scope.run);
			const start = Math.floor(index / inner) * tiles * inner + (index % inner);
			return sum(
				Array.from({ length: tiles }, (_, t) => scope.top(0, start + t * inner, "diff")),
				"consumers",
			);
		},
	},
});
