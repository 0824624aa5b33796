import type { Expression } from "../expression.ts";
import { apply, constant, difference, maximum, named, negative, product, quotient, sum } from "../expressions.ts";
import { defineLayer, type ExplanationScope, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { flag, float, message, type SettingsOf } from "../settings.ts";
import { countOf, shapeText } from "../shape.ts";

const settings = { contrastive_loss_param: message({ margin: float(1), legacy_version: flag(false) }) };
type Run = LayerRun<SettingsOf<typeof settings>>;
type Scope = ExplanationScope<SettingsOf<typeof settings>>;

/** Caffe adds it to d where it divides, so that two equal vectors do not divide by 0. */
const SOFTENING = 1e-4;

const sizes = ({ bottoms: [first] }: Run) => ({ pairs: first.shape[0], length: countOf(first.shape, 1) });
const isLegacy = ({ settings: { contrastive_loss_param } }: Run) => contrastive_loss_param.legacy_version;
const marginOf = ({ settings: { contrastive_loss_param } }: Run) => contrastive_loss_param.margin;

/** What is left of the margin, by the number of a pair's squared distance. */
const slackOf = (run: Run, squared: number) => marginOf(run) - (isLegacy(run) ? squared : Math.sqrt(squared));

function slackExpression(scope: Scope, pair: number): Expression {
	const squared = scope.internal("squared_distance", pair);
	return difference(constant(marginOf(scope.run)), isLegacy(scope.run) ? squared : apply("sqrt", squared));
}

const isSimilar = (similarity: number) => Math.trunc(similarity) !== 0;

/**
 * ContrastiveLoss over pairs of vectors a, b with a similarity, d² = ‖a − b‖²: d² for similar pairs, else
 * `max(M − d, 0)²` (legacy: `max(M − d², 0)`), `loss = Σ/(2N)`. With A = ± ω/N: similar `A(a − b)`, else inside the
 * margin `−A (M − d)/(d + 1e-4) (a − b)` (legacy: `−A(a − b)`), beyond it 0; + for a, − for b.
 * Source: Caffe, ContrastiveLossLayer.
 */
export const contrastiveLossLayer = defineLayer({
	type: "ContrastiveLoss",
	settings,
	bottoms: 3,
	tops: 1,
	picture: "loss",
	isLoss: true,
	labelBottoms: [2],
	plan(_settings, [first, second, similarity], layer) {
		const meets = first.length > 0 && first[0] === second[0] && countOf(first) === countOf(second);
		if (!meets || countOf(similarity) !== first[0]) {
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: meets ? "label" : "bottom",
				expected: meets ? `${first[0]}` : shapeText(first),
				found: shapeText(meets ? similarity : second),
			});
		}
		return { tops: [[]], internals: { difference: first, squared_distance: [first[0]] } };
	},
	forward(run) {
		const {
			bottoms: [first, second, similarity],
			internals,
		} = run;
		const { pairs, length } = sizes(run);
		let total = 0;
		for (let pair = 0; pair < pairs; pair++) {
			let squared = 0;
			for (let i = pair * length; i < (pair + 1) * length; i++) {
				const own = first.data[i] - second.data[i];
				internals.difference.data[i] = own;
				squared += own * own;
			}
			internals.squared_distance.data[pair] = squared;
			const slack = Math.max(slackOf(run, squared), 0);
			total += isSimilar(similarity.data[pair]) ? squared : isLegacy(run) ? slack : slack * slack;
		}
		run.tops[0].data[0] = total / (2 * pairs);
	},
	backward(run) {
		const { bottoms, internals, bottomNeedsDiff } = run;
		const { pairs, length } = sizes(run);
		for (const slot of [0, 1]) {
			if (!bottomNeedsDiff[slot]) continue;
			const scale = ((slot === 0 ? 1 : -1) * run.tops[0].diff[0]) / pairs;
			for (let i = 0; i < bottoms[slot].count; i++) {
				const pair = Math.floor(i / length);
				const own = internals.difference.data[i];
				const squared = internals.squared_distance.data[pair];
				const slack = slackOf(run, squared);
				let pull = 0;
				if (isSimilar(bottoms[2].data[pair])) pull = own;
				else if (slack > 0) pull = isLegacy(run) ? -own : -((slack / (Math.sqrt(squared) + SOFTENING)) * own);
				bottoms[slot].diff[i] = pull * scale;
			}
		}
	},
	explain: {
		top(scope) {
			const { pairs } = sizes(scope.run);
			const terms = Array.from({ length: pairs }, (_, pair) => {
				if (isSimilar(scope.bottomValue(2, pair))) return scope.internal("squared_distance", pair);
				const slack = maximum(slackExpression(scope, pair), constant(0));
				return isLegacy(scope.run) ? slack : apply("square", slack);
			});
			return quotient(sum(terms, "samples"), constant(2 * pairs));
		},
		internal(scope, name, index) {
			if (name === "difference") return difference(scope.bottom(0, index), scope.bottom(1, index));
			const { length } = sizes(scope.run);
			const squares = Array.from({ length }, (_, k) =>
				apply("square", scope.internal("difference", index * length + k)),
			);
			return sum(squares, "elements");
		},
		bottomDiff(scope, slot, index) {
			const { pairs, length } = sizes(scope.run);
			const pair = Math.floor(index / length);
			const own = scope.internal("difference", index);
			const weight = (slot === 0 ? 1 : -1) * scope.lossWeight(0);
			const scale = named("loss-scale", quotient(constant(weight), constant(pairs)));
			if (isSimilar(scope.bottomValue(2, pair))) return product(own, scale);
			if (!(slackOf(scope.run, scope.internalValue("squared_distance", pair)) > 0)) return constant(0);
			if (isLegacy(scope.run)) return product(negative(own), scale);
			const distance = apply("sqrt", scope.internal("squared_distance", pair));
			const ratio = quotient(slackExpression(scope, pair), sum([distance, constant(SOFTENING)]));
			return product(negative(product(ratio, own)), scale);
		},
	},
});
