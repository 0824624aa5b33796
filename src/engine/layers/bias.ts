import { sum } from "../expressions.ts";
import { filler } from "../fillers.ts";
import { defineLayer } from "../layer.ts";
import {
	broadcastSettings,
	checkCoefficients,
	coefficientBlob,
	coefficientIndex,
	coefficientShape,
	elementsUnder,
	gatherUnder,
	runBroadcast,
} from "./broadcast.ts";

/**
 * Bias: `y = x + b`, b laid over `num_axes` axes of x from `axis` on; its own parameter, or the second bottom.
 * `dx = dy`, `db` sums dy over all other axes. Source: Caffe, BiasLayer.
 */
export const biasLayer = defineLayer({
	type: "Bias",
	parameterField: "bias_param",
	settings: { ...broadcastSettings, filler: filler() },
	bottoms: [1, 2],
	tops: 1,
	picture: "elementwise",
	inPlace: true,
	plan(settings, [bottom, given], layer) {
		if (given !== undefined) {
			checkCoefficients(settings, bottom, given, layer);
			return { tops: [bottom] };
		}
		const shape = coefficientShape(settings, bottom, layer);
		return { tops: [bottom], parameters: [{ shape, filler: settings.filler }] };
	},
	forward(run) {
		const {
			bottoms: [{ data: x }],
			tops: [{ data: y }],
		} = run;
		const { data: b } = coefficientBlob(run);
		const over = runBroadcast(run);
		for (let i = 0; i < y.length; i++) y[i] = x[i] + b[coefficientIndex(over, i)];
	},
	backward(run) {
		const {
			bottoms: [bottom, given],
			tops: [{ diff: dy }],
			bottomNeedsDiff,
			parameterNeedsDiff,
		} = run;
		if (given === undefined ? parameterNeedsDiff[0] : bottomNeedsDiff[1]) {
			gatherUnder(runBroadcast(run), (i) => dy[i], coefficientBlob(run).diff, given !== undefined);
		}
		if (bottomNeedsDiff[0]) bottom.diff.set(dy);
	},
	explain: {
		top(scope, _slot, index) {
			const at = coefficientIndex(runBroadcast(scope.run), index);
			const b = scope.run.bottoms.length > 1 ? scope.bottom(1, at) : scope.parameter(0, at);
			return sum([scope.bottom(0, index), b], "inputs");
		},
		bottomDiff(scope, slot, index) {
			if (slot === 0) return scope.top(0, index, "diff");
			const over = runBroadcast(scope.run);
			const rows = Array.from({ length: over.outer }, (_, row) =>
				sum(elementsUnder(over, index, row).map((i) => scope.top(0, i, "diff"))),
			);
			return sum(rows, "samples");
		},
		gradient(scope, _slot, index) {
			const over = runBroadcast(scope.run);
			return {
				rows: over.outer,
				share: (row) =>
					sum(
						elementsUnder(over, index, row).map((i) => scope.top(0, i, "diff")),
						"elements",
					),
			};
		},
	},
});
