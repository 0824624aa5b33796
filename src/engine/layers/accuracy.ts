import { constant, quotient, sum } from "../expressions.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { integer, optionalInteger, type SettingsOf } from "../settings.ts";
import { canonicalAxis, countOf, shapeText } from "../shape.ts";
import { existingAxis } from "./axis-view.ts";

const settings = { top_k: integer(1, { minimum: 1 }), axis: integer(1), ignore_label: optionalInteger() };
type Run = LayerRun<SettingsOf<typeof settings>>;

function sizes({ bottoms: [scores], settings: { axis } }: Run) {
	const { shape } = scores;
	const along = canonicalAxis(axis, shape.length);
	return { outer: countOf(shape, 0, along), classes: shape[along], inner: countOf(shape, along + 1) };
}

/** For each position that counts, its class and whether the class is among the `top_k` best; ties count against it. */
function hitsOf(run: Run, score: (index: number) => number, labelAt: (position: number) => number) {
	const { outer, classes, inner } = sizes(run);
	const hits: { readonly label: number; readonly isHit: boolean }[] = [];
	for (let position = 0; position < outer * inner; position++) {
		const label = Math.trunc(labelAt(position));
		if (label === run.settings.ignore_label) continue;
		const at = (klass: number) => (Math.floor(position / inner) * classes + klass) * inner + (position % inner);
		let better = 0;
		for (let klass = 0; klass < classes; klass++) if (score(at(klass)) >= score(at(label))) better++;
		hits.push({ label, isHit: better <= run.settings.top_k });
	}
	return hits;
}

/**
 * Accuracy: the share of positions whose label is among the `top_k` highest scores along `axis`; 0 where none counts.
 * A second top has the same for each class. No diffs. Source: Caffe, AccuracyLayer.
 */
export const accuracyLayer = defineLayer({
	type: "Accuracy",
	parameterField: "accuracy_param",
	settings,
	bottoms: 2,
	tops: [1, 2],
	picture: "loss",
	labelBottoms: [0, 1],
	plan({ axis, top_k }, [scores, labels], layer, tops) {
		const along = existingAxis(axis, scores, layer);
		const positions = countOf(scores, 0, along) * countOf(scores, along + 1);
		if (countOf(labels) !== positions) {
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "label",
				expected: `${positions}`,
				found: shapeText(labels),
			});
		}
		if (top_k > scores[along]) {
			const expected = `≤ ${scores[along]}`;
			throw new EngineError({ code: "setting", layer, setting: "top_k", expected, found: String(top_k) });
		}
		return { tops: tops === 2 ? [[], [scores[along]]] : [[]] };
	},
	forward(run) {
		const {
			bottoms: [scores, labels],
			tops: [top, perClass],
		} = run;
		const hits = hitsOf(
			run,
			(i) => scores.data[i],
			(i) => labels.data[i],
		);
		const share = (of: typeof hits) => (of.length === 0 ? 0 : of.filter(({ isHit }) => isHit).length / of.length);
		top.data[0] = share(hits);
		if (perClass === undefined) return;
		for (let k = 0; k < perClass.count; k++) perClass.data[k] = share(hits.filter(({ label }) => label === k));
	},
	backward() {},
	explain: {
		top(scope, slot, index) {
			const all = hitsOf(
				scope.run,
				(i) => scope.bottomValue(0, i),
				(i) => scope.bottomValue(1, i),
			);
			const hits = slot === 0 ? all : all.filter(({ label }) => label === index);
			if (hits.length === 0) return constant(0);
			const terms = hits.map(({ isHit }) => constant(isHit ? 1 : 0));
			return quotient(sum(terms, "samples"), constant(hits.length));
		},
		bottomDiff: () => constant(0),
	},
});
