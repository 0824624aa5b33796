import type { Subject } from "./reading.ts";
import { subjectText } from "./reading.ts";
import type { Symbol } from "./symbol.ts";

/** The MathML elements that formulas are printed with. */
export type MathTag = "mrow" | "mfrac" | "msub" | "msup" | "msubsup" | "munder" | "mover" | "msqrt";
export type MathLeaf = "mi" | "mn" | "mo" | "mtext";

/**
 * A piece of MathML as data: printed once for a formula's shape. The numbers in it are left open; whoever shows it puts
 * them in and patches them.
 */
export type MathNode =
	| { readonly tag: MathLeaf; readonly text: string; readonly code?: true; readonly upright?: true }
	| {
			readonly tag: MathTag;
			readonly children: readonly MathNode[];
			/** In full size, where it is the formula and not a part of a line. */
			readonly display?: true;
	  }
	/** A number of the run. `bare` stands after a written minus and has none of its own. */
	| { readonly tag: "number"; readonly subject: Subject; readonly from?: number; readonly bare?: true }
	/** A number that is the same in every run: an exponent, the 1 of 1 − a. */
	| { readonly tag: "constant"; readonly value: number };

export const identifier = (text: string): MathNode => ({ tag: "mi", text });
export const operator = (text: string): MathNode => ({ tag: "mo", text });
export const constantNode = (value: number): MathNode => ({ tag: "constant", value });
export const numberNode = (subject: Subject): MathNode => ({ tag: "number", subject });
export const row = (...children: readonly MathNode[]): MathNode =>
	children.length === 1 ? children[0] : { tag: "mrow", children };
export const element = (tag: MathTag, ...children: readonly MathNode[]): MathNode => ({ tag, children });
/** A fraction in full size, where it is the formula and not a part of a line. */
export const fraction = (above: MathNode, below: MathNode): MathNode => ({
	tag: "mfrac",
	children: [above, below],
	display: true,
});
export const inParentheses = (...children: readonly MathNode[]): MathNode =>
	row(operator("("), ...children, operator(")"));

const name = (text: string, code: boolean): MathNode =>
	code ? { tag: "mtext", text, code: true } : { tag: "mtext", text };

function scripted(base: MathNode, above: MathNode | null, below: MathNode | null): MathNode {
	if (above !== null && below !== null) return element("msubsup", base, below, above);
	if (above !== null) return element("msup", base, above);
	return below === null ? base : element("msub", base, below);
}

/** A letter with what stands over it: the bar of h̄ is no letter of its own. */
const LETTER = /\P{M}\p{M}*/gu;
const BAR = "\u0304";

function letterNode(letter: string): MathNode {
	// A letter is slanted only by itself, so that its bar is laid over it.
	return letter.endsWith(BAR) ? element("mover", identifier(letter.slice(0, -1)), operator("¯")) : identifier(letter);
}

/** A base of one letter is slanted; of several each by itself. A prime stands above the line, with the layer. */
function letters(base: string, upright: boolean): MathNode {
	if (upright) return name(base, false);
	return row(...(base.match(LETTER) ?? []).map(letterNode));
}

/** A symbol as MathML; a partial derivative as a fraction, or `linear`, where a line has no room for one. */
export function symbolNode(symbol: Symbol, linear = false): MathNode {
	if (symbol.kind === "code") {
		return scripted(
			name(symbol.text, true),
			null,
			symbol.subscript === undefined ? null : name(symbol.subscript, true),
		);
	}
	const primed = symbol.base.endsWith("′");
	const above = `${primed ? "′" : ""}${symbol.superscript ?? ""}`;
	const core = scripted(
		letters(primed ? symbol.base.slice(0, -1) : symbol.base, symbol.upright === true),
		above === "" ? null : name(above, false),
		symbol.subscript === undefined ? null : name(symbol.subscript, false),
	);
	if (!symbol.partial) return core;
	const whole = row(operator("∂"), identifier("J"));
	return linear ? row(whole, operator("/"), operator("∂"), core) : element("mfrac", whole, row(operator("∂"), core));
}

/** The same with each ∂J/∂x on one line, for rows that a fraction would burst. */
export function flat(node: MathNode): MathNode {
	if (!("children" in node)) return node;
	const children = node.children.map(flat);
	const [above, below] = children;
	const isPartial = node.tag === "mfrac" && "children" in above && mathText(above).startsWith("∂");
	return isPartial ? row(above, operator("/"), below) : { ...node, children };
}

/**
 * A piece of MathML as one line: the same text is the same shape, to be typeset once. Numbers stand by the name that
 * `number` gives them.
 */
export function mathText(node: MathNode, number: (subject: Subject) => string = subjectText): string {
	switch (node.tag) {
		case "number":
			return `‹${node.bare ? "−" : ""}${number(node.subject)}›`;
		case "constant":
			return String(node.value);
		case "mi":
		case "mn":
		case "mo":
		case "mtext":
			return node.text;
		case "mrow":
			return node.children.map((child) => mathText(child, number)).join(" ");
		default:
			return `${node.tag}(${node.children.map((child) => mathText(child, number)).join("; ")})`;
	}
}

/** Characters are about this wide, in em of the formula's type. */
const WIDTHS: Readonly<Record<MathLeaf, number>> = { mi: 0.6, mn: 0.5, mo: 0.5, mtext: 0.5 };
const SCRIPT = 0.72;

/** Symbols as plain words in a row, for names that are read aloud: `W (2) 11 · δ (3) 1`. */
export function mathWords(node: MathNode): string {
	switch (node.tag) {
		case "number":
			return "";
		case "constant":
			return String(node.value);
		case "mi":
		case "mn":
		case "mo":
		case "mtext":
			return node.text;
		case "msubsup": {
			const [base, below, above] = node.children.map(mathWords);
			return `${base} ${above} ${below}`;
		}
		case "mover":
			return `${mathWords(node.children[0])}${BAR}`;
		case "mfrac":
			return node.children.map(mathWords).join(" / ");
		default:
			return node.children.map(mathWords).join(" ");
	}
}

/** How wide a number is, in em. */
export type NumberWidth = (node: MathNode & { readonly tag: "number" }) => number;

/** About how wide a piece of MathML is, in em: for breaking lines, not for drawing. */
export function mathWidth(node: MathNode, number: NumberWidth): number {
	const width = (child: MathNode) => mathWidth(child, number);
	const widest = (children: readonly MathNode[]) => Math.max(0, ...children.map(width));
	switch (node.tag) {
		case "number":
			return number(node);
		case "constant":
			return String(node.value).length * 0.5;
		case "mi":
		case "mn":
		case "mo":
		case "mtext":
			return Array.from(node.text).length * (node.code ? 0.5 : WIDTHS[node.tag]);
		case "mrow":
			return node.children.reduce((total, child) => total + width(child) + (child.tag === "mo" ? 0.2 : 0), 0);
		case "msqrt":
			return 0.8 + node.children.reduce((total, child) => total + width(child), 0);
		case "mover":
			return width(node.children[0]);
		case "mfrac":
			return 0.2 + (node.display ? 1 : 0.75) * widest(node.children);
		default: {
			const [base, ...scripts] = node.children;
			return width(base) + SCRIPT * widest(scripts) + 0.1;
		}
	}
}
