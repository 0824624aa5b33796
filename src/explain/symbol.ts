/** A quantity's name, small enough to be typeset anywhere: base, superscript, subscript; or a piece of code. */
export type Symbol =
	| {
			readonly kind: "letter";
			readonly base: string;
			readonly superscript?: string;
			readonly subscript?: string;
			/** ∂J/∂ of it. */
			readonly partial?: boolean;
			/** Upright, as words and function names are. */
			readonly upright?: boolean;
	  }
	| { readonly kind: "code"; readonly text: string; readonly subscript?: string };

export function letter(
	base: string,
	superscript?: string,
	subscript?: string,
	more: { partial?: boolean; upright?: boolean } = {},
): Symbol {
	return {
		kind: "letter",
		base,
		...(superscript === undefined ? {} : { superscript }),
		...(subscript === undefined ? {} : { subscript }),
		...more,
	};
}

export function code(text: string, subscript?: string): Symbol {
	return { kind: "code", text, ...(subscript === undefined ? {} : { subscript }) };
}

/** A symbol as plain text: `W₁₁⁽²⁾` without the type: `W(2)11`, for names read aloud and copied. */
export function symbolText(symbol: Symbol): string {
	if (symbol.kind === "code")
		return symbol.subscript === undefined ? symbol.text : `${symbol.text}[${symbol.subscript}]`;
	const core = `${symbol.base}${symbol.superscript ?? ""}${symbol.subscript === undefined ? "" : `_${symbol.subscript}`}`;
	return symbol.partial ? `∂J/∂${core}` : core;
}

const RAISED: Readonly<Record<string, string>> = scripts("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾");
/** A gate behind the layer: f of W⁽¹⁾ᶠ. */
const GATES: Readonly<Record<string, string>> = scripts("ifog", "ⁱᶠᵒᵍ");
const LOWERED: Readonly<Record<string, string>> = scripts("0123456789()", "₀₁₂₃₄₅₆₇₈₉₍₎");

function scripts(from: string, to: string): Readonly<Record<string, string>> {
	return Object.fromEntries(Array.from(from, (letter, place) => [letter, to[place]]));
}

function shifted(text: string, letters: Readonly<Record<string, string>>): string {
	let line = "";
	for (const letter of text) line += letters[letter] ?? letter;
	return line;
}

/** A symbol in a line of plain text, as it is written: `W₁₁⁽²⁾` as W⁽²⁾₁₁, `hidden.W[0,1]`. */
export function symbolLine(symbol: Symbol): string {
	if (symbol.kind === "code") return symbolText(symbol);
	const above = shifted(symbol.superscript ?? "", RAISED).replace(/(?<=⁾)[ifog]$/, (gate) => GATES[gate]);
	const core = `${symbol.base}${above}${shifted(symbol.subscript ?? "", LOWERED)}`;
	return symbol.partial ? `∂J/∂${core}` : core;
}
