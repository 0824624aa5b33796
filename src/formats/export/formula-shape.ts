import type { Expression } from "../../engine/expression.ts";
import type { ScalarReference } from "../../engine/reference.ts";

/** An expression's parts in the order of reading, and all of it but its numbers as one word. */
export interface Shape {
	/** Null where the print depends on more than shape and signs. */
	readonly key: string | null;
	readonly nodes: readonly Expression[];
	/** The first place of a part, or of a scalar that is named. */
	placeOf(part: Expression | ScalarReference): number | undefined;
}

/** Of a longer sum the largest terms are written: there sizes decide. */
const MOST_TERMS = 6;

/** Expressions of one shape whose parts have the same signs are printed alike, but for the numbers. */
export function shapeOf(expression: Expression): Shape {
	const nodes: Expression[] = [];
	const places = new Map<Expression | ScalarReference, number>();
	let isPlain = true;

	function list(parts: readonly Expression[]): string {
		let text = "(";
		for (const part of parts) text += `${walk(part)} `;
		return `${text})`;
	}

	function walk(node: Expression): string {
		// What stands twice is one thing: another expression may have two things there.
		const known = places.get(node);
		if (known !== undefined) return `@${known}`;
		places.set(node, nodes.length);
		nodes.push(node);
		switch (node.kind) {
			case "constant":
				return `${Object.is(node.value, -0) ? "-0" : node.value}${node.role ?? ""}`;
			case "scalar": {
				const same = places.get(node.reference);
				if (same !== undefined) return `=${same}`;
				places.set(node.reference, nodes.length - 1);
				return node.reference.kind === "share" ? "s" : "r";
			}
			case "sum":
				if (node.terms.length > MOST_TERMS) isPlain = false;
				return isPlain ? `+${list(node.terms)}` : "";
			case "product":
				return `*${list(node.factors)}`;
			case "difference":
				return `-${list([node.left, node.right])}`;
			case "quotient":
				return `/${list([node.numerator, node.denominator])}`;
			case "negative":
				return `n${list([node.operand])}`;
			case "power":
				return `^${list([node.base, node.exponent])}`;
			case "maximum":
				isPlain = false;
				return "";
			case "apply":
				return `${node.function}:${node.parameter ?? ""}${list([node.argument])}`;
			case "named":
				return `${node.role}:${node.function ?? ""}${list(node.at === undefined ? [node.value] : [node.value, node.at])}`;
		}
	}

	const key = walk(expression);
	return { key: isPlain ? key : null, nodes, placeOf: (part) => places.get(part) };
}
