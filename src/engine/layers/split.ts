import { sum } from "../expressions.ts";
import { defineLayer } from "../layer.ts";

/**
 * Split: one blob used several times. Data are copied, `dx = Σ dy` over all tops, in their order; a top whose diff
 * nobody writes counts 0. Source: Caffe, SplitLayer; the net builder inserts it.
 */
export const splitLayer = defineLayer({
	type: "Split",
	settings: {},
	bottoms: 1,
	tops: [1, 1024],
	picture: "copy",
	plan: (_settings, [bottom], _layer, tops) => ({ tops: Array.from({ length: tops }, () => bottom) }),
	forward({ bottoms: [bottom], tops }) {
		for (const top of tops) top.data.set(bottom.data);
	},
	backward({ bottoms: [bottom], tops, bottomNeedsDiff }) {
		if (!bottomNeedsDiff[0]) return;
		bottom.diff.set(tops[0].diff);
		for (let k = 1; k < tops.length; k++) {
			const { diff } = tops[k];
			for (let i = 0; i < bottom.count; i++) bottom.diff[i] += diff[i];
		}
	},
	explain: {
		top: (scope, _slot, index) => scope.bottom(0, index),
		bottomDiff: (scope, _slot, index) =>
			sum(
				scope.run.tops.flatMap((_, slot) => (scope.hasDiff(slot) ? [scope.top(slot, index, "diff")] : [])),
				"consumers",
			),
	},
});
