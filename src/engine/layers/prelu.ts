import { constant, named, product, sum } from "../expressions.ts";
import { fillerSchema } from "../fillers.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { flag, optionalMessage, type SettingsOf } from "../settings.ts";
import { countOf, shapeText } from "../shape.ts";

const settings = {
	filler: optionalMessage(fillerSchema, { type: "constant", value: 0.25 }),
	channel_shared: flag(false),
};

/** Channels and the elements of one: axis 1 has the channels. */
function sizes(run: LayerRun<SettingsOf<typeof settings>>) {
	const { shape } = run.bottoms[0];
	return { channels: shape[1], inner: countOf(shape, 2), shared: run.settings.channel_shared };
}

/**
 * PReLU: `y = max(x, 0) + w_c min(x, 0)` with a learnt slope for each channel (axis 1), or one for all;
 * `dx = dy · ([x > 0] + w_c [x ≤ 0])`, `dw_c += Σ dy · x · [x ≤ 0]`. x is kept, so that it works in place.
 * Source: Caffe, PReLULayer.
 */
export const preluLayer = defineLayer({
	type: "PReLU",
	parameterField: "prelu_param",
	settings,
	bottoms: 1,
	tops: 1,
	picture: "elementwise",
	inPlace: true,
	plan({ filler, channel_shared }, [bottom], layer) {
		if (bottom.length < 2) {
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "bottom",
				expected: "≥ 2 axes",
				found: shapeText(bottom),
			});
		}
		return { tops: [bottom], parameters: [{ shape: channel_shared ? [] : [bottom[1]], filler }] };
	},
	prepare(run) {
		const {
			bottoms: [bottom],
			tops: [top],
			parameters: [slopes],
		} = run;
		const { channels, inner, shared } = sizes(run);
		const x = new Float64Array(bottom.count);
		const channelOf = (i: number) => (shared ? 0 : Math.floor(i / inner) % channels);
		const totals = new Float64Array(slopes.count);
		return {
			forward() {
				x.set(bottom.data);
				for (let i = 0; i < x.length; i++) {
					top.data[i] = Math.max(x[i], 0) + slopes.data[channelOf(i)] * Math.min(x[i], 0);
				}
			},
			backward() {
				if (run.parameterNeedsDiff[0]) {
					totals.fill(0);
					// Sample by sample and, where channels have slopes of their own, channel by channel.
					const size = shared ? x.length / bottom.shape[0] : inner;
					for (let start = 0; start < x.length; start += size) {
						let own = 0;
						for (let i = start; i < start + size; i++) if (x[i] <= 0) own += top.diff[i] * x[i];
						totals[channelOf(start)] += own;
					}
					for (let c = 0; c < totals.length; c++) slopes.diff[c] += totals[c];
				}
				if (!run.bottomNeedsDiff[0]) return;
				for (let i = 0; i < x.length; i++) {
					bottom.diff[i] = top.diff[i] * (x[i] > 0 ? 1 : slopes.data[channelOf(i)]);
				}
			},
		};
	},
	explain: {
		top(scope, _slot, index) {
			const { channels, inner, shared } = sizes(scope.run);
			const slope = scope.parameter(0, shared ? 0 : Math.floor(index / inner) % channels);
			return scope.bottomValue(0, index) > 0 ? scope.bottom(0, index) : product(slope, scope.bottom(0, index));
		},
		bottomDiff(scope, _slot, index) {
			const { channels, inner, shared } = sizes(scope.run);
			const slope = scope.parameter(0, shared ? 0 : Math.floor(index / inner) % channels);
			const isOpen = scope.bottomValue(0, index) > 0;
			return product(scope.top(0, index, "diff"), named("slope", isOpen ? constant(1) : slope));
		},
		gradient(scope, _slot, index) {
			const { channels, inner, shared } = sizes(scope.run);
			const { count, shape } = scope.run.bottoms[0];
			const size = shared ? count / shape[0] : inner;
			const start = (row: number) => (shared ? row * size : (row * channels + index) * inner);
			return {
				rows: shape[0],
				share: (row) =>
					sum(
						Array.from({ length: size }, (_, k) => start(row) + k)
							.filter((i) => scope.bottomValue(0, i) <= 0)
							.map((i) => product(scope.top(0, i, "diff"), scope.bottom(0, i))),
						"elements",
					),
			};
		},
	},
});
