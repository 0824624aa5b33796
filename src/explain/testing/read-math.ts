import type { MathNode } from "../math.ts";
import type { Subject } from "../reading.ts";

/** Reads printed MathML as arithmetic, as a person does: what stands there must come to what is claimed. */
type Token = { readonly kind: "value"; readonly value: number } | { readonly kind: "sign"; readonly text: string };

type Numbers = (subject: Subject) => number;

const FUNCTIONS: Readonly<Record<string, (...values: readonly number[]) => number>> = {
	ln: Math.log,
	tanh: Math.tanh,
	sgn: Math.sign,
	max: Math.max,
	min: Math.min,
	f: (z) => 1 / (1 + Math.exp(-z)),
	"√": Math.sqrt,
};

function tokensOf(node: MathNode, numbers: Numbers): readonly Token[] {
	const value = (result: number): readonly Token[] => [{ kind: "value", value: result }];
	const again = (child: MathNode) => readNodes([child], numbers);
	switch (node.tag) {
		case "number": {
			const number = numbers(node.subject);
			return value(node.bare ? Math.abs(number) : number);
		}
		case "constant":
			return value(node.value);
		case "mo":
		case "mi":
			if (node.text === "√(") return ["√", "("].map((text) => ({ kind: "sign", text }));
			return [{ kind: "sign", text: node.text }];
		case "mn":
		case "mtext":
			throw new RangeError(`no arithmetic in ${node.text}`);
		case "mrow":
			return node.children.flatMap((child) => tokensOf(child, numbers));
		case "mfrac":
			return value(again(node.children[0]) / again(node.children[1]));
		case "msqrt":
			return value(Math.sqrt(readNodes(node.children, numbers)));
		case "msup": {
			const [base, exponent] = node.children;
			const isE = base.tag === "mi" && base.text === "e";
			return value(isE ? Math.exp(again(exponent)) : again(base) ** again(exponent));
		}
		default:
			throw new RangeError(`no arithmetic in ${node.tag}`);
	}
}

/** The value of pieces of MathML in a row; of an equation that of its last side. */
export function readNodes(nodes: readonly MathNode[], numbers: Numbers): number {
	const all = nodes.flatMap((node) => tokensOf(node, numbers));
	const equals = all.findLastIndex((token) => token.kind === "sign" && token.text === "=");
	const tokens = all.slice(equals + 1);
	let place = 0;
	const at = () => tokens[place];
	const isSign = (...texts: readonly string[]) => {
		const token = at();
		return token?.kind === "sign" && texts.includes(token.text);
	};
	function expect(text: string): void {
		if (!isSign(text)) throw new RangeError(`${text} is missing`);
		place++;
	}
	function inside(close: string): readonly number[] {
		const values = [sum()];
		while (isSign(",")) {
			place++;
			values.push(sum());
		}
		expect(close);
		return values;
	}
	function atom(): number {
		const token = tokens[place++];
		if (token === undefined) throw new RangeError("the formula ends too early");
		if (token.kind === "value") return token.value;
		if (token.text === "(") return inside(")")[0];
		if (token.text === "|") return Math.abs(inside("|")[0]);
		if (token.text === "−") return -atom();
		const apply = FUNCTIONS[token.text];
		if (apply === undefined) throw new RangeError(`${token.text} is not arithmetic`);
		if (!isSign("(")) return apply(atom());
		place++;
		return apply(...inside(")"));
	}
	function product(): number {
		let result = atom();
		while (place < tokens.length && (isSign("·", "(") || at().kind === "value")) {
			if (isSign("·")) place++;
			result *= atom();
		}
		return result;
	}
	function sum(): number {
		let result = product();
		while (isSign("+", "−")) {
			const minus = isSign("−");
			place++;
			result += minus ? -product() : product();
		}
		return result;
	}
	const result = sum();
	if (place < tokens.length) throw new RangeError("something is left over");
	return result;
}
