import type { Expression } from "../expression.ts";
import { constant, maximum, product, quotient, sum } from "../expressions.ts";
import { defineLayer, type LayerRun } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { choice, flag, floats, type SettingsOf } from "../settings.ts";
import { sameShape, shapeText } from "../shape.ts";

const settings = {
	operation: choice(["PROD", "SUM", "MAX"], "SUM"),
	coeff: floats(),
	stable_prod_grad: flag(true),
};
type Run = LayerRun<SettingsOf<typeof settings>>;

const coefficient = ({ settings: { coeff } }: Run, bottom: number) => coeff[bottom] ?? 1;

/**
 * The bottom that wins an element: 0 only where strictly greater than 1, later ones only where strictly greater than
 * the largest so far.
 */
function winner(bottoms: number, value: (bottom: number) => number): number {
	let best = value(0) > value(1) ? 0 : 1;
	for (let k = 2; k < bottoms; k++) if (value(k) > value(best)) best = k;
	return best;
}

function forward(run: Run): void {
	const {
		bottoms,
		tops: [{ data: y }],
	} = run;
	const { operation } = run.settings;
	for (let i = 0; i < y.length; i++) {
		if (operation === "MAX") y[i] = bottoms[winner(bottoms.length, (k) => bottoms[k].data[i])].data[i];
		else if (operation === "SUM") {
			let total = 0;
			for (let k = 0; k < bottoms.length; k++) total += coefficient(run, k) * bottoms[k].data[i];
			y[i] = total;
		} else {
			let total = bottoms[0].data[i];
			for (let k = 1; k < bottoms.length; k++) total *= bottoms[k].data[i];
			y[i] = total;
		}
	}
}

/** The product of all bottoms but one. */
function othersProduct({ bottoms }: Run, without: number, i: number): number {
	let total = 1;
	for (let k = 0; k < bottoms.length; k++) if (k !== without) total *= bottoms[k].data[i];
	return total;
}

function backward(run: Run): void {
	const {
		bottoms,
		tops: [{ data: y, diff: dy }],
		bottomNeedsDiff,
	} = run;
	const { operation, stable_prod_grad } = run.settings;
	bottoms.forEach(({ data: x, diff: dx }, slot) => {
		if (!bottomNeedsDiff[slot]) return;
		for (let i = 0; i < dx.length; i++) {
			if (operation === "SUM") dx[i] = coefficient(run, slot) * dy[i];
			else if (operation === "MAX") dx[i] = winner(bottoms.length, (k) => bottoms[k].data[i]) === slot ? dy[i] : 0;
			else dx[i] = (stable_prod_grad ? othersProduct(run, slot, i) : y[i] / x[i]) * dy[i];
		}
	});
}

/**
 * Eltwise: bottoms of equal shape, element by element. SUM `y = Σ cₖxₖ`, `dxₖ = cₖ dy`; PROD `y = Π xₖ`,
 * `dxₖ = dy Π_{j≠k} xⱼ` (unstable: `dy y/xₖ`); MAX passes dy to the winner alone. Source: Caffe, EltwiseLayer.
 */
export const eltwiseLayer = defineLayer({
	type: "Eltwise",
	parameterField: "eltwise_param",
	settings,
	bottoms: [2, 1024],
	tops: 1,
	picture: "elementwise",
	backwardReads({ operation, stable_prod_grad }) {
		if (operation === "SUM") return "none";
		return operation === "PROD" && !stable_prod_grad ? "both" : "bottom";
	},
	plan({ operation, coeff }, bottoms, layer) {
		const [first] = bottoms;
		for (const bottom of bottoms) {
			if (sameShape(bottom, first)) continue;
			throw new EngineError({
				code: "shape-mismatch",
				layer,
				what: "bottom",
				expected: shapeText(first),
				found: shapeText(bottom),
			});
		}
		if (coeff.length > 0 && (coeff.length !== bottoms.length || operation === "PROD")) {
			const expected = operation === "PROD" ? "0" : `0, ${bottoms.length}`;
			throw new EngineError({ code: "setting", layer, setting: "coeff", expected, found: String(coeff.length) });
		}
		return { tops: [first] };
	},
	forward,
	backward,
	explain: {
		top(scope, _slot, index) {
			const { bottoms, settings: written } = scope.run;
			const all = bottoms.map((_, k) => scope.bottom(k, index));
			if (written.operation === "MAX") return maximum(...all);
			if (written.operation === "PROD") return product(...all);
			return sum(
				all.map((x, k) => (coefficient(scope.run, k) === 1 ? x : product(constant(coefficient(scope.run, k)), x))),
				"inputs",
			);
		},
		bottomDiff(scope, slot, index) {
			const { bottoms, settings: written } = scope.run;
			const dy = scope.top(0, index, "diff");
			const x = (k: number): Expression => scope.bottom(k, index);
			if (written.operation === "SUM") {
				const own = coefficient(scope.run, slot);
				return own === 1 ? dy : product(constant(own), dy);
			}
			if (written.operation === "MAX") {
				return winner(bottoms.length, (k) => scope.bottomValue(k, index)) === slot ? dy : constant(0);
			}
			if (!written.stable_prod_grad) return product(quotient(scope.top(0, index), x(slot)), dy);
			return product(...bottoms.flatMap((_, k) => (k === slot ? [] : [x(k)])), dy);
		},
	},
});
