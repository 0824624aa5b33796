import type { FunctionName } from "../../engine/expression.ts";
import { elementaryFunctions } from "../../engine/functions.ts";
import type { Group } from "../../timeline/structure.ts";

export interface Curve {
	readonly value: (z: number) => number;
	readonly reach: number;
	readonly low: number;
	readonly high: number;
}

const FUNCTIONS: Readonly<Record<string, FunctionName>> = { Sigmoid: "sigmoid", TanH: "tanh", ReLU: "relu" };

/** The curve of a group's activation, with axes that hold z; null for a linear layer. */
export function curveOf(group: Group, z: number, largest: number): Curve | null {
	if (group.elementwise.length === 0) return null;
	const parts = group.elementwise.map((layer) => {
		const name = FUNCTIONS[layer.type] ?? "identity";
		const slope = layer.run.settings.negative_slope;
		const parameter = typeof slope === "number" ? slope : undefined;
		return (x: number) => elementaryFunctions[name].value(x, parameter);
	});
	const value = (x: number) => parts.reduce((result, apply) => apply(result), x);
	const size = Number.isFinite(z) ? Math.abs(z) * 1.25 : 4;
	const bounded = group.elementwise.some(({ type }) => type === "Sigmoid" || type === "TanH");
	const reach = Math.max(bounded ? 4 : 2, size);
	if (group.elementwise.some(({ type }) => type === "Sigmoid")) return { value, reach, low: 0, high: 1 };
	if (bounded) return { value, reach, low: -1, high: 1 };
	const high = Math.max(value(reach), largest * 0.25);
	return { value, reach, low: Math.min(0, value(-reach)), high };
}
