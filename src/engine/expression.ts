import type { ScalarReference } from "./reference.ts";

/** Elementary functions of one number. Each has its value and derivative in `functions.ts`. */
export type FunctionName =
	| "identity"
	| "sigmoid"
	| "tanh"
	| "relu"
	| "exp"
	| "log"
	| "sqrt"
	| "square"
	| "abs"
	| "sign"
	| "softplus";

/** Why a factor stands there, where a notation or a sentence treats it specially. */
export type FactorRole =
	/** A loss layer's ω ÷ divisor. UFLDL has it outside δ. */
	| "loss-scale"
	/** f′(z), written out as the expression it carries. */
	| "slope"
	/** What an output should be, where a loss makes it from a class label. */
	| "target"
	/** The multiplier of a leaky slope and the like. */
	| "multiplier";

/**
 * How one scalar comes from others: operations over references. One tree is the formula in symbols, the formula in
 * numbers, the sentence, the highlighted marks and the property test.
 *
 * `sum` adds from left to right and `product` multiplies from left to right, as the kernels do.
 */
export type Expression =
	| { readonly kind: "constant"; readonly value: number; readonly role?: FactorRole }
	| { readonly kind: "scalar"; readonly reference: ScalarReference }
	| { readonly kind: "sum"; readonly terms: readonly Expression[]; readonly over?: SumIndex }
	| { readonly kind: "product"; readonly factors: readonly Expression[] }
	| { readonly kind: "difference"; readonly left: Expression; readonly right: Expression }
	| { readonly kind: "quotient"; readonly numerator: Expression; readonly denominator: Expression }
	| { readonly kind: "negative"; readonly operand: Expression }
	| { readonly kind: "power"; readonly base: Expression; readonly exponent: Expression }
	| { readonly kind: "maximum"; readonly operands: readonly Expression[] }
	| {
			readonly kind: "apply";
			readonly function: FunctionName;
			readonly argument: Expression;
			/** The negative slope of a ReLU; absent elsewhere. */
			readonly parameter?: number;
	  }
	| {
			/** A factor or term that the formula may name as a whole: f′(z) for a(1 − a), 1/m for ω/D. */
			readonly kind: "named";
			readonly role: FactorRole;
			readonly value: Expression;
			/** For `slope`: the function and where its derivative is taken. */
			readonly function?: FunctionName;
			readonly at?: Expression;
	  };

/** What a sum runs over, for Σ and for the words "over the samples". */
export type SumIndex =
	| "inputs"
	| "outputs"
	| "samples"
	| "passes"
	| "elements"
	| "classes"
	| "consumers"
	| "windows"
	| "places"
	| "times";
