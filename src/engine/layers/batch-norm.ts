import type { Expression } from "../expression.ts";
import { apply, constant, difference, product, quotient, sum } from "../expressions.ts";
import { fillerSchema } from "../fillers.ts";
import { defineLayer, type ExplanationScope, type LayerRun } from "../layer.ts";
import { float, optionalFlag, readSettings, type SettingsOf } from "../settings.ts";
import { countOf } from "../shape.ts";

const settings = {
	use_global_stats: optionalFlag(),
	moving_average_fraction: float(0.999),
	eps: float(1e-5),
};
type Run = LayerRun<SettingsOf<typeof settings>>;
type Scope = ExplanationScope<SettingsOf<typeof settings>>;

/** Channels on axis 1, and the elements that one mean is taken over. */
function sizes({ bottoms: [bottom] }: Run) {
	const { shape, count } = bottom;
	const channels = shape[1] ?? 1;
	const inner = countOf(shape, 2);
	return { samples: shape[0] ?? 1, channels, inner, each: count / channels };
}

const isGlobal = ({ settings: { use_global_stats }, phase }: Run) => use_global_stats ?? phase === "TEST";

/** The flat indices of a channel, in order. */
function elementsOf(run: Run, channel: number): readonly number[] {
	const { samples, channels, inner } = sizes(run);
	return Array.from({ length: samples }, (_, n) => (n * channels + channel) * inner).flatMap((start) =>
		Array.from({ length: inner }, (_, k) => start + k),
	);
}

/** Σ over a channel, without making a list of its elements. */
function sumOver(run: Run, channel: number, value: (index: number) => number): number {
	const { samples, channels, inner } = sizes(run);
	let total = 0;
	for (let n = 0; n < samples; n++) {
		const start = (n * channels + channel) * inner;
		for (let i = start; i < start + inner; i++) total += value(i);
	}
	return total;
}

/** What an unbiased variance is larger by. */
const unbiased = (each: number) => (each > 1 ? each / (each - 1) : 1);

/** Takes mean and variance of the batch and adds them to the running sums B0, B1, B2. */
function takeStatistics(run: Run): void {
	const {
		bottoms: [{ data: x }],
		parameters: [means, variances, factor],
		internals,
		settings: written,
	} = run;
	const { channels, each } = sizes(run);
	const kept = written.moving_average_fraction;
	factor.data[0] = kept * factor.data[0] + 1;
	for (let c = 0; c < channels; c++) {
		const mean = sumOver(run, c, (i) => x[i]) / each;
		const variance = sumOver(run, c, (i) => (x[i] - mean) * (x[i] - mean)) / each;
		internals.mean.data[c] = mean;
		internals.variance.data[c] = variance;
		means.data[c] = kept * means.data[c] + mean;
		variances.data[c] = kept * variances.data[c] + variance * unbiased(each);
	}
}

function globalStatistics({ parameters: [means, variances, factor], internals }: Run): void {
	const scale = factor.data[0] === 0 ? 0 : 1 / factor.data[0];
	for (let c = 0; c < means.count; c++) {
		internals.mean.data[c] = means.data[c] * scale;
		internals.variance.data[c] = variances.data[c] * scale;
	}
}

/** The running sums B0, B1, B2 one after the other. */
function copySums({ parameters }: Run, into: Float64Array): void {
	let start = 0;
	for (const { data } of parameters) {
		into.set(data, start);
		start += data.length;
	}
}

function meanExpression(scope: Scope, channel: number, value: (index: number) => Expression): Expression {
	const terms = elementsOf(scope.run, channel).map(value);
	return quotient(sum(terms, "elements"), constant(terms.length));
}

/** One of the running sums after a pass, from what it was before: λ · old + what the batch adds. */
function movedSum(scope: Scope, index: number): Expression {
	const { channels, each } = sizes(scope.run);
	const old = scope.internal("sums", index);
	if (isGlobal(scope.run)) return old;
	const kept = product(constant(scope.run.settings.moving_average_fraction), old);
	if (index < channels) return sum([kept, scope.internal("mean", index)]);
	if (index === 2 * channels) return sum([kept, constant(1)]);
	return sum([kept, product(scope.internal("variance", index - channels), constant(unbiased(each)))]);
}

const channelOf = (run: Run, index: number) => Math.floor(index / sizes(run).inner) % sizes(run).channels;

function normalised(scope: Scope, index: number): Expression {
	const c = channelOf(scope.run, index);
	return quotient(difference(scope.bottom(0, index), scope.internal("mean", c)), scope.internal("deviation", c));
}

/**
 * BatchNorm over each channel (axis 1) of `m = count/C` elements: `y = (x − μ)/√(v + eps)` with the batch's mean and
 * biased variance, which forward adds to the running sums `B0 ← λB0 + μ`, `B1 ← λB1 + v m/(m − 1)`, `B2 ← λB2 + 1`:
 * `dx = (dy − mean dy − y mean(dy y))/√(v + eps)`. With global statistics (in testing) μ = B0/B2, v = B1/B2,
 * `dx = dy/√(v + eps)`. y is kept, so that it works in place. Source: Caffe, BatchNormLayer.
 */
export const batchNormLayer = defineLayer({
	type: "BatchNorm",
	parameterField: "batch_norm_param",
	settings,
	bottoms: 1,
	tops: 1,
	picture: "normalised",
	inPlace: true,
	eagerBottoms: [0],
	carries: { sums: "sums_after" },
	plan(_settings, [bottom], layer) {
		const channels = bottom[1] ?? 1;
		const zero = readSettings(fillerSchema, {}, { layer, precision: "double" });
		return {
			tops: [bottom],
			parameters: [[channels], [channels], [1]].map((shape) => ({ shape, filler: zero, movedByLayer: true })),
			internals: {
				mean: [channels],
				variance: [channels],
				deviation: [channels],
				normalised: bottom,
				sums: [2 * channels + 1],
				sums_after: [2 * channels + 1],
			},
		};
	},
	forward(run) {
		const {
			bottoms: [{ data: x }],
			tops: [{ data: y }],
			internals,
			settings: { eps },
		} = run;
		const { channels } = sizes(run);
		copySums(run, internals.sums.data);
		if (isGlobal(run)) globalStatistics(run);
		else takeStatistics(run);
		copySums(run, internals.sums_after.data);
		for (let c = 0; c < channels; c++) internals.deviation.data[c] = Math.sqrt(internals.variance.data[c] + eps);
		for (let i = 0; i < y.length; i++) {
			const c = channelOf(run, i);
			y[i] = (x[i] - internals.mean.data[c]) / internals.deviation.data[c];
			internals.normalised.data[i] = y[i];
		}
	},
	backward(run) {
		const {
			bottoms: [{ diff: dx }],
			tops: [{ diff: dy }],
			internals,
		} = run;
		const { channels, each } = sizes(run);
		const y = internals.normalised.data;
		for (let c = 0; c < channels; c++) {
			const deviation = internals.deviation.data[c];
			const elements = elementsOf(run, c);
			if (isGlobal(run)) {
				for (const i of elements) dx[i] = dy[i] / deviation;
				continue;
			}
			const mean = sumOver(run, c, (i) => dy[i]) / each;
			const along = sumOver(run, c, (i) => dy[i] * y[i]) / each;
			for (const i of elements) dx[i] = (dy[i] - mean - y[i] * along) / deviation;
		}
	},
	explain: {
		top: (scope, _slot, index) => normalised(scope, index),
		bottomDiff(scope, _slot, index) {
			const c = channelOf(scope.run, index);
			const deviation = scope.internal("deviation", c);
			const dy = (i: number) => scope.top(0, i, "diff");
			if (isGlobal(scope.run)) return quotient(dy(index), deviation);
			const y = (i: number) => scope.internal("normalised", i);
			const mean = meanExpression(scope, c, dy);
			const along = meanExpression(scope, c, (i) => product(dy(i), y(i)));
			return quotient(difference(difference(dy(index), mean), product(y(index), along)), deviation);
		},
		/** Caffe computes none: forward moves these parameters. */
		gradient: () => ({ rows: 0, share: () => constant(0) }),
		movedParameter: (scope, slot, index) => scope.internal("sums_after", slot * sizes(scope.run).channels + index),
		internal(scope, name, index) {
			const { channels } = sizes(scope.run);
			const { eps } = scope.run.settings;
			switch (name) {
				case "sums": {
					// The closing forward begins with what the iteration's passes have made of the parameters.
					const slot = Math.min(Math.floor(index / channels), 2);
					return scope.pass === "again"
						? scope.parameter(slot, index - slot * channels)
						: scope.earlier("sums_after", index);
				}
				case "sums_after":
					return movedSum(scope, index);
				case "normalised":
					return normalised(scope, index);
				case "deviation":
					return apply("sqrt", sum([scope.internal("variance", index), constant(eps)]));
				default:
			}
			if (isGlobal(scope.run)) {
				const own = scope.internal("sums", name === "mean" ? index : channels + index);
				const isEmpty = scope.internalValue("sums", 2 * channels) === 0;
				const scale = isEmpty ? constant(0) : quotient(constant(1), scope.internal("sums", 2 * channels));
				return product(own, scale);
			}
			if (name === "mean") return meanExpression(scope, index, (i) => scope.bottom(0, i));
			const mean = scope.internal("mean", index);
			return meanExpression(scope, index, (i) => apply("square", difference(scope.bottom(0, i), mean)));
		},
	},
});
