import type { Expression, FactorRole, FunctionName, SumIndex } from "./expression.ts";
import type { ScalarReference } from "./reference.ts";

/** Short constructors, so that a layer's explanation reads like its formula. */

export const constant = (value: number, role?: FactorRole): Expression =>
	role === undefined ? { kind: "constant", value } : { kind: "constant", value, role };

export const scalar = (reference: ScalarReference): Expression => ({ kind: "scalar", reference });

export const sum = (terms: readonly Expression[], over?: SumIndex): Expression =>
	over === undefined ? { kind: "sum", terms } : { kind: "sum", terms, over };

export const product = (...factors: readonly Expression[]): Expression => ({ kind: "product", factors });

export const difference = (left: Expression, right: Expression): Expression => ({ kind: "difference", left, right });

export const quotient = (numerator: Expression, denominator: Expression): Expression => ({
	kind: "quotient",
	numerator,
	denominator,
});

export const negative = (operand: Expression): Expression => ({ kind: "negative", operand });

export const maximum = (...operands: readonly Expression[]): Expression => ({ kind: "maximum", operands });

export const power = (base: Expression, exponent: Expression): Expression => ({ kind: "power", base, exponent });

export const apply = (name: FunctionName, argument: Expression, parameter?: number): Expression =>
	parameter === undefined
		? { kind: "apply", function: name, argument }
		: { kind: "apply", function: name, argument, parameter };

export const named = (
	role: FactorRole,
	value: Expression,
	slope?: { readonly function: FunctionName; readonly at: Expression },
): Expression => ({ kind: "named", role, value, ...slope });
