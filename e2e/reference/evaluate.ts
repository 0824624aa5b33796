/**
 * Reads what a `data-ref` says: a scalar's reference, or an expression over such references written operator first,
 * `(+ a (* b 0.25))`. A second, plain reading of that grammar, to hold the page against.
 */

export interface Evaluated {
	readonly value: number;
	/** How large the numbers were that it was made of: what a difference of rounding is measured by. */
	readonly scale: number;
}

type Tree = string | readonly Tree[];

function parse(text: string): Tree {
	const words = text.match(/[()]|[^\s()]+/g) ?? [];
	let place = 0;
	function tree(): Tree {
		const word = words[place++];
		if (word === undefined || word === ")") throw new Error(`not an expression: ${text}`);
		if (word !== "(") return word;
		const parts: Tree[] = [];
		while (words[place] !== ")") parts.push(tree());
		place++;
		return parts;
	}
	const result = tree();
	if (place !== words.length) throw new Error(`more than one expression: ${text}`);
	return result;
}

const functions: Readonly<Record<string, (x: number, parameter: number) => number>> = {
	identity: (x) => x,
	sigmoid: (x) => 1 / (1 + Math.exp(-x)),
	tanh: (x) => Math.tanh(x),
	relu: (x, slope) => (x > 0 ? x : slope * x),
	exp: (x) => Math.exp(x),
	log: (x) => Math.log(x),
	sqrt: (x) => Math.sqrt(x),
	square: (x) => x ** 2,
	abs: (x) => Math.abs(x),
	sign: (x) => Math.sign(x),
	softplus: (x) => Math.log1p(Math.exp(x)),
};

function apply(operator: string, parts: readonly Evaluated[]): Evaluated {
	const values = parts.map(({ value }) => value);
	const scales = parts.map(({ scale }) => scale);
	const product = (numbers: readonly number[]) => numbers.reduce((a, b) => a * b, 1);
	const total = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
	switch (operator) {
		case "+":
			return { value: total(values), scale: total(scales) };
		case "*":
			return { value: product(values), scale: product(scales) };
		case "-":
			return { value: values[0] - values[1], scale: total(scales) };
		case "/":
			return { value: values[0] / values[1], scale: scales[0] / Math.abs(values[1]) };
		case "neg":
			return { value: -values[0], scale: scales[0] };
		case "^":
			return { value: values[0] ** values[1], scale: Math.abs(values[0] ** values[1]) };
		case "max":
			return { value: Math.max(...values), scale: Math.max(...scales) };
	}
	const [name, parameter] = operator.split(":");
	const known = functions[name];
	if (known === undefined) throw new Error(`unknown operation ${operator}`);
	const value = known(values[0], Number(parameter ?? 0));
	return { value, scale: Math.max(Math.abs(value), name === "sigmoid" || name === "tanh" ? 0 : scales[0]) };
}

/** The value of a `data-ref`. @throws where it is not written as it should be, or names a scalar that there is none of. */
export function evaluateReference(text: string, read: (reference: string) => number | undefined): Evaluated {
	function value(tree: Tree): Evaluated {
		if (typeof tree !== "string") {
			const [operator, ...parts] = tree;
			if (typeof operator !== "string") throw new Error(`no operator in ${text}`);
			return apply(operator, parts.map(value));
		}
		const found = /^i\d/.test(tree) ? read(tree) : Number(tree);
		if (found === undefined || (Number.isNaN(found) && tree !== "NaN")) throw new Error(`nothing known of ${tree}`);
		return { value: found, scale: Math.abs(found) };
	}
	return value(parse(text));
}
