import type { Expression } from "../expression.ts";
import { apply, constant, difference, maximum, named, negative, product, quotient, sum } from "../expressions.ts";
import { softmax } from "../kernels/softmax.ts";
import { defineLayer, type ExplanationScope, type LayerRun } from "../layer.ts";
import { existingAxis } from "../layers/axis-view.ts";
import { softmaxExpression } from "../layers/softmax-expression.ts";
import { log } from "../numerics/log.ts";
import { EngineError } from "../problem.ts";
import { engineChoice, integer, message, type SettingsOf } from "../settings.ts";
import { canonicalAxis, countOf, shapeText } from "../shape.ts";
import { divisor, lossSettings, normalizationInForce } from "./normalization.ts";

/** Below this float minimum a probability's logarithm is clamped, as in Caffe; the gradient ignores the clamp. */
const SMALLEST_PROBABILITY = 2 ** -126;

const settings = {
	softmax_param: message({ axis: integer(1), engine: engineChoice() }),
	loss_param: message(lossSettings),
};

type Run = LayerRun<SettingsOf<typeof settings>>;

function sizes(run: Run) {
	const { shape } = run.bottoms[0];
	const axis = canonicalAxis(run.settings.softmax_param.axis, shape.length);
	return { outer: countOf(shape, 0, axis), classes: shape[axis], inner: countOf(shape, axis + 1) };
}

/** The class asked for at a position, truncated towards zero as Caffe does; null where it is to be ignored. */
function labelAt(run: Run, label: number): number | null {
	const wanted = Math.trunc(label);
	return wanted === run.settings.loss_param.ignore_label ? null : wanted;
}

function lossDivisor(run: Run, labels: (position: number) => number): number {
	const { outer, inner } = sizes(run);
	let valid = 0;
	for (let position = 0; position < outer * inner; position++) {
		if (labelAt(run, labels(position)) !== null) valid++;
	}
	const mode = normalizationInForce(run.settings.loss_param, "VALID");
	return divisor(mode, { full: outer * inner, valid, batch: outer });
}

/** The position (sample and place) of an element of the scores, and its class. */
function placeOf(run: Run, index: number) {
	const { classes, inner } = sizes(run);
	return {
		position: Math.floor(index / (classes * inner)) * inner + (index % inner),
		klass: Math.floor(index / inner) % classes,
	};
}

function probabilityIndex(run: Run, position: number, klass: number): number {
	const { classes, inner } = sizes(run);
	return (Math.floor(position / inner) * classes + klass) * inner + (position % inner);
}

function divisorOf(scope: ExplanationScope<SettingsOf<typeof settings>>): number {
	return lossDivisor(scope.run, (position) => scope.bottomValue(1, position));
}

/**
 * SoftmaxWithLoss (cross-entropy fused to its softmax): p = softmax(x) along `softmax_param.axis`,
 * `loss = −Σ ln p_label / D`, `dx = (p − onehot(label)) ω/D`. Scores `[outer, classes, inner]`, labels
 * `[outer, inner]`, D by normalization (VALID unless written). A second top is p.
 * Source: Caffe, SoftmaxWithLossLayer.
 */
export const softmaxWithLossLayer = defineLayer({
	type: "SoftmaxWithLoss",
	settings,
	bottoms: 2,
	tops: [1, 2],
	picture: "loss",
	isLoss: true,
	labelBottoms: [1],
	plan({ softmax_param }, [scores, labels], layer, tops) {
		const axis = existingAxis(softmax_param.axis, scores, layer);
		const positions = countOf(scores, 0, axis) * countOf(scores, axis + 1);
		if (countOf(labels) !== positions) {
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "label",
				expected: `${positions}`,
				found: shapeText(labels),
			});
		}
		return { tops: tops === 2 ? [[], scores] : [[]], internals: { probability: scores } };
	},
	prepare(run) {
		const { outer, classes, inner } = sizes(run);
		const { data: scores, diff: scoresDiff } = run.bottoms[0];
		const { data: labels } = run.bottoms[1];
		const { data: probability } = run.internals.probability;
		const [{ data: loss, diff: weight }, copy] = run.tops;
		const ignored = run.settings.loss_param.ignore_label;
		const [wanted] = run.bottomNeedsDiff;
		// Where no label is ignored, nothing about it depends on them.
		const divisorOfAll = ignored === undefined ? lossDivisor(run, () => 0) : null;
		const divisorNow = () => divisorOfAll ?? lossDivisor(run, (position) => labels[position]);
		return {
			forward() {
				softmax(scores, probability, outer, classes, inner);
				let total = 0;
				for (let o = 0; o < outer; o++) {
					for (let i = 0; i < inner; i++) {
						const label = Math.trunc(labels[o * inner + i]);
						if (label === ignored) continue;
						total += -log(Math.max(probability[(o * classes + label) * inner + i], SMALLEST_PROBABILITY));
					}
				}
				loss[0] = total / divisorNow();
				if (copy !== undefined) copy.data.set(probability);
			},
			backward() {
				if (!wanted) return;
				const scale = weight[0] / divisorNow();
				for (let o = 0; o < outer; o++) {
					for (let i = 0; i < inner; i++) {
						const label = Math.trunc(labels[o * inner + i]);
						const first = o * classes * inner + i;
						const end = first + classes * inner;
						if (label === ignored) {
							for (let at = first; at < end; at += inner) scoresDiff[at] = 0 * scale;
							continue;
						}
						for (let at = first; at < end; at += inner) scoresDiff[at] = probability[at] * scale;
						if (!(label >= 0 && label < classes)) continue;
						const own = first + label * inner;
						scoresDiff[own] = (probability[own] - 1) * scale;
					}
				}
			},
		};
	},
	explain: {
		top(scope, slot, index) {
			if (slot === 1) return scope.internal("probability", index);
			const { outer, inner } = sizes(scope.run);
			const terms: Expression[] = [];
			for (let position = 0; position < outer * inner; position++) {
				const label = labelAt(scope.run, scope.bottomValue(1, position));
				if (label === null) continue;
				const p = scope.internal("probability", probabilityIndex(scope.run, position, label));
				terms.push(negative(apply("log", maximum(p, constant(SMALLEST_PROBABILITY)))));
			}
			return quotient(sum(terms, "samples"), constant(divisorOf(scope)));
		},
		bottomDiff(scope, _slot, index) {
			const { position, klass } = placeOf(scope.run, index);
			const label = labelAt(scope.run, scope.bottomValue(1, position));
			if (label === null) return constant(0);
			return product(
				difference(scope.internal("probability", index), constant(klass === label ? 1 : 0, "target")),
				named("loss-scale", quotient(constant(scope.lossWeight(0)), constant(divisorOf(scope)))),
			);
		},
		internal(scope, _name, index) {
			const { classes, inner } = sizes(scope.run);
			return softmaxExpression((element) => scope.bottom(0, element), index, classes, inner);
		},
	},
});
