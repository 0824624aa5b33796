import { difference, product, sum } from "../expressions.ts";
import { competitors, softmax } from "../kernels/softmax.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { engineChoice, integer, type SettingsOf } from "../settings.ts";
import { canonicalAxis, countOf } from "../shape.ts";
import { existingAxis } from "./axis-view.ts";
import { softmaxExpression } from "./softmax-expression.ts";

const settings = { axis: integer(1), engine: engineChoice() };

function sizes(run: LayerRun<SettingsOf<typeof settings>>) {
	const { shape } = run.bottoms[0];
	const axis = canonicalAxis(run.settings.axis, shape.length);
	return { outer: countOf(shape, 0, axis), classes: shape[axis], inner: countOf(shape, axis + 1) };
}

/**
 * Softmax along `axis`: `y_c = e^{x_c} / Σ_k e^{x_k}`, `dx_c = y_c (dy_c − Σ_k dy_k y_k)`.
 * Shape kept. Source: Caffe, SoftmaxLayer.
 */
export const softmaxLayer = defineLayer({
	type: "Softmax",
	parameterField: "softmax_param",
	settings,
	bottoms: 1,
	tops: 1,
	picture: "normalised",
	inPlace: true,
	backwardReads: "top",
	eagerBottoms: [0],
	plan({ axis }, [bottom], layer) {
		existingAxis(axis, bottom, layer);
		return { tops: [bottom] };
	},
	forward(run) {
		const { outer, classes, inner } = sizes(run);
		softmax(run.bottoms[0].data, run.tops[0].data, outer, classes, inner);
	},
	backward(run) {
		const { outer, classes, inner } = sizes(run);
		const [bottom] = run.bottoms;
		const [top] = run.tops;
		for (let o = 0; o < outer; o++) {
			for (let i = 0; i < inner; i++) {
				const first = o * classes * inner + i;
				let dot = 0;
				for (let c = 0; c < classes; c++) dot += top.diff[first + c * inner] * top.data[first + c * inner];
				for (let c = 0; c < classes; c++) {
					const at = first + c * inner;
					bottom.diff[at] = top.data[at] * (top.diff[at] - dot);
				}
			}
		}
	},
	explain: {
		top(scope, _slot, index) {
			const { classes, inner } = sizes(scope.run);
			return softmaxExpression((element) => scope.bottom(0, element), index, classes, inner);
		},
		bottomDiff(scope, _slot, index) {
			const { classes, inner } = sizes(scope.run);
			const dot = sum(
				competitors(index, classes, inner).map((k) => product(scope.top(0, k, "diff"), scope.top(0, k))),
				"classes",
			);
			return product(scope.top(0, index), difference(scope.top(0, index, "diff"), dot));
		},
	},
});
