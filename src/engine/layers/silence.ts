import { constant } from "../expressions.ts";
import { defineLayer } from "../layer.ts";

/** Silence: takes blobs that nobody reads, so that they are no outputs; dx = 0. Source: Caffe, SilenceLayer. */
export const silenceLayer = defineLayer({
	type: "Silence",
	settings: {},
	bottoms: [1, 1024],
	tops: 0,
	picture: "copy",
	plan: () => ({ tops: [] }),
	forward() {},
	backward({ bottoms, bottomNeedsDiff }) {
		bottoms.forEach(({ diff }, k) => {
			if (bottomNeedsDiff[k]) diff.fill(0);
		});
	},
	explain: { bottomDiff: () => constant(0) },
});
