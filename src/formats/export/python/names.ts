/** Python's own words, and what the scripts call their helpers. */
const TAKEN = [
	..."False None True and as assert async await break class continue def del elif else except finally for from".split(
		" ",
	),
	..."global if import in is lambda nonlocal not or pass raise return try while with yield".split(" "),
	..."abs all any array bool dict enumerate float int len list max min print range reversed set sum str tuple type zip".split(
		" ",
	),
	..."np torch F inf nan numbers check checked passes p rate momentum gradients watched gradient norm scale loss_total recorded".split(
		" ",
	),
	// What layers name inside a loop.
	..."t i j k n c f o g h w step kept top bottom left right counted winner bent".split(" "),
	..."gate_in h_before c_before dh dc dz dh_next dc_next".split(" "),
	..."decay_loss surrogate im2col col2im windows neighbours sigmoid softmax".split(" "),
];

/** Gives out Python names that read like the given ones, each once. */
export interface Names {
	make(wish: string): string;
}

export function createNames(): Names {
	const used = new Set(TAKEN);
	return {
		make(wish) {
			const bare = wish.replaceAll(/[^\p{ASCII}]|[^\w]/gu, "_").replace(/^(?=\d)/, "_");
			const base = bare === "" ? "_" : bare;
			let name = base;
			for (let k = 2; used.has(name); k++) name = `${base}_${k}`;
			used.add(name);
			return name;
		},
	};
}

/** A text that stands in a comment or a string of a script: on one line, without quotes that end it. */
export function quoted(text: string): string {
	return JSON.stringify(text.replaceAll(/[\u2028\u2029]/g, " "));
}

export function comment(text: string): string {
	return `# ${text.replaceAll(/\s+/g, " ")}`;
}
