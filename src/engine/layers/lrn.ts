import { apply, constant, difference, power, product, quotient, sum } from "../expressions.ts";
import { defineLayer, type ExplanationScope, type LayerRun } from "../layer.ts";
import { pow } from "../numerics/pow.ts";
import { EngineError } from "../problem.ts";
import { choice, engineChoice, float, integer, type SettingsOf } from "../settings.ts";
import { shapeText } from "../shape.ts";

const settings = {
	local_size: integer(5, { minimum: 1 }),
	alpha: float(1),
	beta: float(0.75),
	norm_region: choice(["ACROSS_CHANNELS", "WITHIN_CHANNEL"], "ACROSS_CHANNELS"),
	k: float(1),
	engine: engineChoice(),
};
type Run = LayerRun<SettingsOf<typeof settings>>;
type Scope = ExplanationScope<SettingsOf<typeof settings>>;

/** What α is divided by and what is added: the neighbours along the channels, or the whole window without k. */
function constants({ settings: { local_size, alpha, norm_region, k } }: Run) {
	return norm_region === "ACROSS_CHANNELS"
		? { share: alpha / local_size, base: k }
		: { share: alpha / (local_size * local_size), base: 1 };
}

/** The elements that count as neighbours of one: itself, and what is near along the channels or within the plane. */
function neighboursOf(
	{ bottoms: [{ shape }], settings: { local_size, norm_region } }: Run,
	index: number,
): readonly number[] {
	const [, channels, height, width] = shape;
	const half = (local_size - 1) / 2;
	const plane = height * width;
	const near = (at: number, size: number) => {
		const from = Math.max(0, at - half);
		return Array.from({ length: Math.min(size - 1, at + half) - from + 1 }, (_, j) => from + j);
	};
	if (norm_region === "ACROSS_CHANNELS") {
		const channel = Math.floor(index / plane) % channels;
		return near(channel, channels).map((other) => index + (other - channel) * plane);
	}
	const start = index - (index % plane);
	const row = Math.floor((index % plane) / width);
	return near(row, height).flatMap((y) => near(index % width, width).map((x) => start + y * width + x));
}

/** `2αβ/n` (over n² within a channel). */
const steepness = (run: Run) => 2 * run.settings.beta * constants(run).share;

/** dy y/s of one neighbour, which is what a squared x does to the loss through it. */
function pullExpression(scope: Scope, i: number) {
	return quotient(product(scope.top(0, i, "diff"), scope.top(0, i)), scope.internal("scale", i));
}

/**
 * LRN over `[N, C, H, W]`, n = `local_size`: `s = k + (α/n) Σ x²` over n neighbouring channels, `y = x s^−β`,
 * `dx = dy s^−β − (2αβ/n) x Σ dy y/s`. Within a channel the window is n × n, α/n² and 1 instead of k.
 * Source: Caffe, LRNLayer.
 */
export const lrnLayer = defineLayer({
	type: "LRN",
	parameterField: "lrn_param",
	settings,
	bottoms: 1,
	tops: 1,
	picture: "normalised",
	backwardReads: "top",
	eagerBottoms: [0],
	plan({ local_size }, [bottom], layer) {
		if (bottom.length !== 4) {
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "bottom",
				expected: "4 axes",
				found: shapeText(bottom),
			});
		}
		if (local_size % 2 === 0) {
			const found = String(local_size);
			throw new EngineError({ code: "setting", layer, setting: "local_size", expected: "1, 3, 5, …", found });
		}
		return { tops: [bottom], internals: { scale: bottom } };
	},
	prepare(run) {
		const {
			bottoms: [{ data: x, diff: dx }],
			tops: [{ data: y, diff: dy }],
			internals,
			settings: { beta },
		} = run;
		const s = internals.scale.data;
		const { share, base } = constants(run);
		const neighbours = Array.from({ length: x.length }, (_, index) => Int32Array.from(neighboursOf(run, index)));
		const factor = steepness(run);
		return {
			forward() {
				for (let i = 0; i < x.length; i++) {
					let squares = 0;
					for (const j of neighbours[i]) squares += x[j] * x[j];
					s[i] = base + share * squares;
					y[i] = x[i] * pow(s[i], -beta);
				}
			},
			backward() {
				for (let i = 0; i < x.length; i++) {
					let pull = 0;
					for (const j of neighbours[i]) pull += (dy[j] * y[j]) / s[j];
					dx[i] = dy[i] * pow(s[i], -beta) - factor * x[i] * pull;
				}
			},
		};
	},
	explain: {
		top: (scope, _slot, index) =>
			product(scope.bottom(0, index), power(scope.internal("scale", index), constant(-scope.run.settings.beta))),
		internal(scope, _name, index) {
			const { share, base } = constants(scope.run);
			const squares = neighboursOf(scope.run, index).map((j) => apply("square", scope.bottom(0, j)));
			return sum([constant(base), product(constant(share), sum(squares, "elements"))]);
		},
		bottomDiff(scope, _slot, index) {
			const own = product(
				scope.top(0, index, "diff"),
				power(scope.internal("scale", index), constant(-scope.run.settings.beta)),
			);
			const pulls = sum(
				neighboursOf(scope.run, index).map((j) => pullExpression(scope, j)),
				"elements",
			);
			return difference(own, product(constant(steepness(scope.run)), scope.bottom(0, index), pulls));
		},
	},
});
