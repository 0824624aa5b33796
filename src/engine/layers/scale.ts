import type { Expression } from "../expression.ts";
import { product, sum } from "../expressions.ts";
import { filler, fillerSchema } from "../fillers.ts";
import { defineLayer, type ExplanationScope, type LayerRun } from "../layer.ts";
import { flag, optionalMessage, type SettingsOf } from "../settings.ts";
import {
	type Broadcast,
	broadcastSettings,
	checkCoefficients,
	coefficientBlob,
	coefficientIndex,
	coefficientShape,
	elementsUnder,
	gatherUnder,
	runBroadcast,
} from "./broadcast.ts";

const settings = {
	...broadcastSettings,
	filler: optionalMessage(fillerSchema, { type: "constant", value: 1 }),
	bias_term: flag(false),
	bias_filler: filler(),
};
type Run = LayerRun<SettingsOf<typeof settings>>;
type Scope = ExplanationScope<SettingsOf<typeof settings>>;

/** The bias is the last parameter. */
const biasSlot = ({ parameters, settings: { bias_term } }: Run) => (bias_term ? parameters.length - 1 : -1);

/**
 * With one row only, Caffe's product goes straight into ds and replaces what other passes have added, unless one number
 * scales everything.
 */
const overwrites = ({ outer, size, inner }: Broadcast) => outer === 1 && (size > 1 || inner === 1);

function scaleTerms(scope: Scope, over: Broadcast, coefficient: number, row: number): Expression {
	return sum(
		elementsUnder(over, coefficient, row).map((i) => product(scope.top(0, i, "diff"), scope.bottom(0, i))),
		"elements",
	);
}

/**
 * Scale: `y = x · s + b`, s (and, with `bias_term`, b) laid over `num_axes` axes of x from `axis` on; s is a parameter
 * or the second bottom. `dx = dy · s`, `ds` sums x · dy and `db` dy over all other axes. x is kept, so that it works in
 * place. Source: Caffe, ScaleLayer.
 */
export const scaleLayer = defineLayer({
	type: "Scale",
	parameterField: "scale_param",
	settings,
	bottoms: [1, 2],
	tops: 1,
	picture: "elementwise",
	inPlace: true,
	plan(written, [bottom, given], layer) {
		if (given !== undefined) checkCoefficients(written, bottom, given, layer);
		const shape = given ?? coefficientShape(written, bottom, layer);
		return {
			tops: [bottom],
			parameters: [
				...(given === undefined ? [{ shape, filler: written.filler }] : []),
				...(written.bias_term ? [{ shape, filler: written.bias_filler }] : []),
			],
		};
	},
	prepare(run) {
		const {
			bottoms: [bottom, given],
			tops: [top],
			bottomNeedsDiff,
			parameterNeedsDiff,
		} = run;
		const { data: s, diff: ds } = coefficientBlob(run);
		const over = runBroadcast(run);
		const bias = run.parameters[biasSlot(run)];
		const x = bottom === top ? new Float64Array(bottom.count) : bottom.data;
		return {
			forward() {
				if (x !== bottom.data) x.set(bottom.data);
				for (let i = 0; i < x.length; i++) {
					const c = coefficientIndex(over, i);
					top.data[i] = bias === undefined ? x[i] * s[c] : x[i] * s[c] + bias.data[c];
				}
			},
			backward() {
				const dy = top.diff;
				if (bias !== undefined && parameterNeedsDiff[biasSlot(run)]) gatherUnder(over, (i) => dy[i], bias.diff, false);
				if (given === undefined ? parameterNeedsDiff[0] : bottomNeedsDiff[1]) {
					gatherUnder(over, (i) => dy[i] * x[i], ds, given !== undefined || overwrites(over));
				}
				if (!bottomNeedsDiff[0]) return;
				for (let i = 0; i < x.length; i++) bottom.diff[i] = dy[i] * s[coefficientIndex(over, i)];
			},
		};
	},
	explain: {
		top(scope, _slot, index) {
			const { run } = scope;
			const at = coefficientIndex(runBroadcast(run), index);
			const s = run.bottoms.length > 1 ? scope.bottom(1, at) : scope.parameter(0, at);
			const scaled = product(scope.bottom(0, index), s);
			return run.settings.bias_term ? sum([scaled, scope.parameter(biasSlot(run), at)], "inputs") : scaled;
		},
		bottomDiff(scope, slot, index) {
			const { run } = scope;
			const over = runBroadcast(run);
			if (slot === 1) {
				const rows = Array.from({ length: over.outer }, (_, row) => scaleTerms(scope, over, index, row));
				return sum(rows, "samples");
			}
			const at = coefficientIndex(over, index);
			return product(
				scope.top(0, index, "diff"),
				run.bottoms.length > 1 ? scope.bottom(1, at) : scope.parameter(0, at),
			);
		},
		gradient(scope, slot, index) {
			const over = runBroadcast(scope.run);
			if (slot !== biasSlot(scope.run)) {
				const share = (row: number) => scaleTerms(scope, over, index, row);
				return { rows: over.outer, overwrites: overwrites(over), share };
			}
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
