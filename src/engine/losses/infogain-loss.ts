import { apply, constant, difference, maximum, named, negative, product, quotient, sum } from "../expressions.ts";
import { softmax } from "../kernels/softmax.ts";
import { defineLayer, type ExplanationScope, type LayerRun } from "../layer.ts";
import { existingAxis } from "../layers/axis-view.ts";
import { softmaxExpression } from "../layers/softmax-expression.ts";
import { log } from "../numerics/log.ts";
import { EngineError } from "../problem.ts";
import { integer, message, type SettingsOf, text } from "../settings.ts";
import { canonicalAxis, countOf, shapeText } from "../shape.ts";
import { LOG_THRESHOLD } from "./multinomial-logistic-loss.ts";
import { divisor, lossSettings, normalizationInForce } from "./normalization.ts";

const settings = {
	infogain_loss_param: message({ axis: integer(1), source: text("") }),
	loss_param: message(lossSettings),
};
type Run = LayerRun<SettingsOf<typeof settings>>;
type Scope = ExplanationScope<SettingsOf<typeof settings>>;

function sizes({ bottoms: [scores], settings: { infogain_loss_param } }: Run) {
	const { shape } = scores;
	const axis = canonicalAxis(infogain_loss_param.axis, shape.length);
	return { outer: countOf(shape, 0, axis), classes: shape[axis], inner: countOf(shape, axis + 1) };
}

function labelAt(run: Run, label: number): number | null {
	const wanted = Math.trunc(label);
	return wanted === run.settings.loss_param.ignore_label ? null : wanted;
}

function lossDivisor(run: Run, labels: (position: number) => number): number {
	const { outer, inner } = sizes(run);
	let valid = 0;
	for (let position = 0; position < outer * inner; position++) if (labelAt(run, labels(position)) !== null) valid++;
	const mode = normalizationInForce(run.settings.loss_param, "VALID");
	return divisor(mode, { full: outer * inner, valid, batch: outer });
}

/** The elements of one position, class by class. */
function indexOf(run: Run, position: number, klass: number): number {
	const { classes, inner } = sizes(run);
	return (Math.floor(position / inner) * classes + klass) * inner + (position % inner);
}

const divisorOf = (scope: Scope) => lossDivisor(scope.run, (position) => scope.bottomValue(1, position));

/**
 * InfogainLoss: p = softmax(x) along `axis`, weighted by the infogain matrix H `[classes, classes]`, the third bottom:
 * `loss = −Σ_l H[label, l] ln max(p_l, τ)/D`, `dx_l = (p_l Σ_k H[label, k] − H[label, l]) ω/D`. A second top is p.
 * Source: Caffe, InfogainLossLayer.
 */
export const infogainLossLayer = defineLayer({
	type: "InfogainLoss",
	settings,
	bottoms: 3,
	tops: [1, 2],
	picture: "loss",
	isLoss: true,
	labelBottoms: [1, 2],
	plan({ infogain_loss_param }, [scores, labels, gain], layer, tops) {
		const axis = existingAxis(infogain_loss_param.axis, scores, layer);
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
		if (countOf(gain) !== scores[axis] * scores[axis]) {
			const expected = shapeText([scores[axis], scores[axis]]);
			throw new EngineError({ code: "shape-mismatch", layer, what: "bottom", expected, found: shapeText(gain) });
		}
		return { tops: tops === 2 ? [[], scores] : [[]], internals: { probability: scores } };
	},
	forward(run) {
		const {
			bottoms: [scores, labels, gain],
			tops,
			internals: { probability },
		} = run;
		const { outer, classes, inner } = sizes(run);
		softmax(scores.data, probability.data, outer, classes, inner);
		let total = 0;
		for (let position = 0; position < outer * inner; position++) {
			const label = labelAt(run, labels.data[position]);
			if (label === null) continue;
			for (let l = 0; l < classes; l++) {
				const p = Math.max(probability.data[indexOf(run, position, l)], LOG_THRESHOLD);
				total -= gain.data[label * classes + l] * log(p);
			}
		}
		tops[0].data[0] = total / lossDivisor(run, (position) => labels.data[position]);
		if (tops.length > 1) tops[1].data.set(probability.data);
	},
	backward(run) {
		if (!run.bottomNeedsDiff[0]) return;
		const {
			bottoms: [scores, labels, gain],
			internals: { probability },
		} = run;
		const { outer, classes, inner } = sizes(run);
		const scale = run.tops[0].diff[0] / lossDivisor(run, (position) => labels.data[position]);
		for (let position = 0; position < outer * inner; position++) {
			const label = labelAt(run, labels.data[position]);
			let row = 0;
			if (label !== null) for (let l = 0; l < classes; l++) row += gain.data[label * classes + l];
			for (let l = 0; l < classes; l++) {
				const at = indexOf(run, position, l);
				const own = label === null ? 0 : probability.data[at] * row - gain.data[label * classes + l];
				scores.diff[at] = own * scale;
			}
		}
	},
	explain: {
		top(scope, slot, index) {
			if (slot === 1) return scope.internal("probability", index);
			const { outer, classes, inner } = sizes(scope.run);
			const terms = Array.from({ length: outer * inner }, (_, position) => position).flatMap((position) => {
				const label = labelAt(scope.run, scope.bottomValue(1, position));
				if (label === null) return [];
				return Array.from({ length: classes }, (_, l) => {
					const p = maximum(scope.internal("probability", indexOf(scope.run, position, l)), constant(LOG_THRESHOLD));
					return negative(product(scope.bottom(2, label * classes + l), apply("log", p)));
				});
			});
			return quotient(sum(terms, "samples"), constant(divisorOf(scope)));
		},
		internal(scope, _name, index) {
			const { classes, inner } = sizes(scope.run);
			return softmaxExpression((element) => scope.bottom(0, element), index, classes, inner);
		},
		bottomDiff(scope, _slot, index) {
			const { classes, inner } = sizes(scope.run);
			const position = Math.floor(index / (classes * inner)) * inner + (index % inner);
			const label = labelAt(scope.run, scope.bottomValue(1, position));
			if (label === null) return constant(0);
			const gain = (l: number) => scope.bottom(2, label * classes + l);
			const row = sum(
				Array.from({ length: classes }, (_, l) => gain(l)),
				"classes",
			);
			return product(
				difference(product(scope.internal("probability", index), row), gain(Math.floor(index / inner) % classes)),
				named("loss-scale", quotient(constant(scope.lossWeight(0)), constant(divisorOf(scope)))),
			);
		},
	},
});
