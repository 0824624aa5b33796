import type { MathNode } from "../../explain/math.ts";

/** How a number node is written: as the page writes it, `−0.1234`, `5.5·10²³`. */
export type NumberWriter = (node: MathNode & { readonly tag: "number" }) => string;
export type ConstantWriter = (value: number) => string;

const LETTERS: Readonly<Record<string, string>> = {
	α: "\\alpha ",
	β: "\\beta ",
	δ: "\\delta ",
	Δ: "\\Delta ",
	ε: "\\varepsilon ",
	λ: "\\lambda ",
	μ: "\\mu ",
	ρ: "\\rho ",
	σ: "\\sigma ",
	Σ: "\\sum ",
	"∂": "\\partial ",
	"·": "\\cdot ",
	"×": "\\times ",
	"÷": "\\div ",
	"−": "-",
	"⊙": "\\odot ",
	"⊤": "\\top ",
	"′": "\\prime ",
	"√": "\\surd ",
	"‖": "\\Vert ",
	"∞": "\\infty ",
	"…": "\\ldots ",
	"≥": "\\ge ",
	"≤": "\\le ",
	"{": "\\{",
	"}": "\\}",
	"#": "\\#",
	$: "\\$",
	"%": "\\%",
	"&": "\\&",
	_: "\\_",
	"\\": "\\backslash ",
	"~": "\\sim ",
	"^": "\\hat{\\ }",
};

/** Characters of running text that LaTeX would read otherwise. */
const TEXT: Readonly<Record<string, string>> = {
	"\\": "\\textbackslash{}",
	"{": "\\{",
	"}": "\\}",
	"#": "\\#",
	$: "\\$",
	"%": "\\%",
	"&": "\\&",
	_: "\\_",
	"~": "\\textasciitilde{}",
	"^": "\\textasciicircum{}",
	"<": "\\textless{}",
	">": "\\textgreater{}",
	"|": "\\textbar{}",
	"′": "$'$",
	"−": "$-$",
	"·": "$\\cdot$",
	"×": "$\\times$",
	"→": "$\\to$",
	"…": "\\ldots{}",
};

/** Running text for LaTeX: no character of it is a command. Letters beyond ASCII stand as they are, in UTF-8. */
export function latexText(text: string): string {
	return Array.from(text.replaceAll(/\s+/g, " "), (letter) => {
		const math = LETTERS[letter];
		return TEXT[letter] ?? (math !== undefined && letter.codePointAt(0) !== undefined ? `$${math.trim()}$` : letter);
	}).join("");
}

const WORDS: readonly string[] = ["max", "min", "ln", "exp", "sinh", "cosh", "tanh"];

/** A symbol's letters in math mode. */
function latexLetters(text: string): string {
	return Array.from(text.normalize("NFC").matchAll(/(.)\u0304|./gsu), ([letter, barred]) => {
		if (barred !== undefined) return `\\bar{${latexLetters(barred)}}`;
		const known = LETTERS[letter];
		if (known !== undefined) return known;
		if (/\p{ASCII}/u.test(letter)) return letter;
		// A small letter or digit above or below the line is that letter: ᵢ, ², ₁.
		const plain = letter.normalize("NFKD");
		return /^[\w+-]+$/.test(plain) ? plain : `\\text{${letter}}`;
	}).join("");
}

/** Letters of a word stand upright; digits and signs do so by themselves. */
function upright(text: string): string {
	const letters = latexLetters(text);
	return /\p{L}/u.test(text) ? `\\mathrm{${letters}}` : letters;
}

function latexOperator(text: string): string {
	const word = WORDS.find((known) => text === known || text === `${known}(`);
	if (word !== undefined) return `\\${word}${text.slice(word.length)}`;
	const bare = text.replaceAll(/[a-z]+/gi, (letters) => `\\mathrm{${letters}}`);
	return Array.from(bare, (letter) =>
		letter === "\\" || letter === "{" || letter === "}" ? letter : (LETTERS[letter] ?? letter),
	).join("");
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A number's text in math mode: a true power, no space behind a decimal comma. */
export function latexNumber(text: string): string {
	const power = text.replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+$/, (digits) => {
		const plain = Array.from(digits, (digit) => (digit === "⁻" ? "-" : String(SUPERSCRIPTS.indexOf(digit)))).join("");
		return `^{${plain}}`;
	});
	return power
		.replaceAll("−", "-")
		.replaceAll("·", "\\cdot ")
		.replaceAll(",", "{,}")
		.replaceAll("∞", "\\infty ")
		.replace("NaN", "\\mathrm{NaN}");
}

/** A formula as LaTeX, to stand in math mode. Needs amsmath. */
export function latexOf(node: MathNode, number: NumberWriter, constant: ConstantWriter): string {
	const write = (child: MathNode): string => latexOf(child, number, constant);
	switch (node.tag) {
		case "number": {
			const text = number(node);
			return latexNumber(node.bare === true ? text.replace(/^−/, "") : text);
		}
		case "constant":
			return latexNumber(constant(node.value));
		case "mi":
			return Array.from(node.text).length > 1 ? `\\mathrm{${latexLetters(node.text)}}` : latexLetters(node.text);
		case "mn":
			return latexNumber(node.text);
		case "mo":
			return latexOperator(node.text);
		case "mtext":
			return node.code === true ? `\\texttt{${latexText(node.text)}}` : upright(node.text);
		case "mrow":
			return node.children.map(write).join(" ").replaceAll(/ {2,}/g, " ");
		case "mfrac":
			return `${node.display === true ? "\\dfrac" : "\\tfrac"}{${write(node.children[0])}}{${write(node.children[1])}}`;
		case "msqrt":
			return `\\sqrt{${node.children.map(write).join(" ")}}`;
		case "mover":
			return `\\bar{${write(node.children[0])}}`;
		case "msub":
		case "munder":
			return `${based(write(node.children[0]))}_{${write(node.children[1])}}`;
		case "msup":
			return `${based(write(node.children[0]))}^{${write(node.children[1])}}`;
		case "msubsup":
			return `${based(write(node.children[0]))}_{${write(node.children[1])}}^{${write(node.children[2])}}`;
	}
}

/** What carries an index stands by itself. */
const based = (text: string) => (/^(\w|\\[a-z]+ ?)$/i.test(text) ? text : `{${text}}`);
