import type { SolverType } from "../specification.ts";
import { adaDelta } from "./adadelta.ts";
import { adaGrad } from "./adagrad.ts";
import { adam } from "./adam.ts";
import { nesterov } from "./nesterov.ts";
import { rmsProp } from "./rmsprop.ts";
import type { UpdateRule } from "./rule.ts";
import { sgd } from "./sgd.ts";

/** Every solver type the engine has. Adding one is its file and a line here. */
export const updateRules: readonly UpdateRule[] = [sgd, nesterov, adaGrad, rmsProp, adaDelta, adam];

/** @throws RangeError for a type that is not built; {@link hasUpdateRule} tells. */
export function updateRule(type: SolverType): UpdateRule {
	const found = updateRules.find((rule) => rule.type === type);
	if (found === undefined) throw new RangeError(`no solver ${type}`);
	return found;
}

export function hasUpdateRule(type: SolverType): boolean {
	return updateRules.some((rule) => rule.type === type);
}
