import type { SolverType } from "../specification.ts";
import type { UpdateRule } from "./rule.ts";
import { sgd } from "./sgd.ts";

/** Every solver type the engine has. Adding one is its file and a line here. */
export const updateRules: readonly UpdateRule[] = [sgd];

/** @throws RangeError for a type that is not built; {@link hasUpdateRule} tells. */
export function updateRule(type: SolverType): UpdateRule {
	const found = updateRules.find((rule) => rule.type === type);
	if (found === undefined) throw new RangeError(`no solver ${type}`);
	return found;
}

export function hasUpdateRule(type: SolverType): boolean {
	return updateRules.some((rule) => rule.type === type);
}
