import type { SolverType } from "../specification.ts";
import type { UpdateRule } from "./rule.ts";
import { sgd } from "./sgd.ts";

const known = new Map<SolverType, UpdateRule>([[sgd.type, sgd]]);

/** Makes solver types known. The page starts with SGD; `rules.ts` adds all others. */
export function addRules(rules: readonly UpdateRule[]): void {
	for (const rule of rules) known.set(rule.type, rule);
}

/** @throws RangeError for a type that is not known; {@link hasUpdateRule} tells. */
export function updateRule(type: SolverType): UpdateRule {
	const found = known.get(type);
	if (found === undefined) throw new RangeError(`no solver ${type}`);
	return found;
}

export function hasUpdateRule(type: SolverType): boolean {
	return known.has(type);
}
