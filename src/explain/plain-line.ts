import type { Expression } from "../engine/expression.ts";
import { printFormula } from "./formula.ts";
import type { FormulaCell } from "./formula-cell.ts";
import type { FormulaWriter } from "./inline.ts";
import type { MathNode } from "./math.ts";

type NumberNode = MathNode & { readonly tag: "number" };

/** A piece of a formula with its numbers put in, on one line: text as it stands, or a number that is left open. */
export type LinePiece =
	/** A line may break before an outer + or −. */
	| { readonly kind: "text"; readonly text: string; readonly breaks?: true }
	| { readonly kind: "constant"; readonly value: number }
	| { readonly kind: "number"; readonly node: NumberNode }
	/** The smaller terms of a long sum, counted and added up. */
	| { readonly kind: "more"; readonly count: number; readonly node: NumberNode };

const text = (content: string): LinePiece => ({ kind: "text", text: content });
const OPEN = text("(");
const CLOSE = text(")");
const BLANK: MathNode = { tag: "mrow", children: [] };
const SIGNS: readonly string[] = ["+", "−", "·", "/", "="];
const POWERS: Readonly<Record<number, string>> = { 2: "²", 3: "³" };

/** Whether one pair of parentheses stands around all of it. */
function isEnclosed(pieces: readonly LinePiece[]): boolean {
	let depth = 0;
	return pieces.every((piece, place) => {
		const own = piece.kind === "text" ? piece.text : "";
		if (own.endsWith("(")) depth++;
		if (own === ")") depth--;
		return depth > 0 || place === pieces.length - 1;
	});
}

const grouped = (pieces: readonly LinePiece[]) => (isEnclosed(pieces) ? pieces : [OPEN, ...pieces, CLOSE]);

const startsWithParenthesis = (node: MathNode | undefined): boolean =>
	node !== undefined &&
	((node.tag === "mo" && node.text === "(") || (node.tag === "mrow" && startsWithParenthesis(node.children[0])));

/** An operator between what stands before and behind it; the first of a row is a sign. */
function operatorText(sign: string, isFirst: boolean, next: MathNode | undefined): string {
	if (sign === ",") return ", ";
	if (SIGNS.includes(sign)) return isFirst ? sign : ` ${sign} `;
	const isWord = /^\p{L}+$/u.test(sign);
	return isWord && !startsWithParenthesis(next) ? `${sign} ` : sign;
}

function powerPieces(base: MathNode, exponent: MathNode): readonly LinePiece[] {
	const raised = grouped(piecesOf(base));
	if (exponent.tag === "constant" && POWERS[exponent.value] !== undefined) {
		return [...raised, text(POWERS[exponent.value])];
	}
	const inner = piecesOf(exponent);
	const isPlain = exponent.tag === "constant" && exponent.value >= 0;
	return [...raised, text("^"), ...(isPlain ? inner : [OPEN, ...inner, CLOSE])];
}

function rowPieces(children: readonly MathNode[]): readonly LinePiece[] {
	return children.flatMap((child, place) =>
		child.tag === "mo" ? [text(operatorText(child.text, place === 0, children[place + 1]))] : piecesOf(child),
	);
}

function piecesOf(node: MathNode): readonly LinePiece[] {
	switch (node.tag) {
		case "number":
			return [{ kind: "number", node }];
		case "constant":
			return [{ kind: "constant", value: node.value }];
		case "mi":
		case "mn":
		case "mo":
		case "mtext":
			return [text(node.text)];
		case "mfrac": {
			const [above, below] = node.children.map(piecesOf);
			return [...grouped(above), text(" ÷ "), ...grouped(below)];
		}
		case "msup":
			return powerPieces(node.children[0], node.children[1]);
		case "msqrt":
			return [text("√("), ...rowPieces(node.children), CLOSE];
		default:
			return rowPieces(node.children);
	}
}

const isSign = ({ kind, numbers }: FormulaCell) => kind === "operator" && numbers.tag === "mo";
const signOf = (cell: FormulaCell) => (isSign(cell) && cell.numbers.tag === "mo" ? cell.numbers.text : "");
const opens = (cell: FormulaCell) => signOf(cell).endsWith("(");

/** What stands side by side in print is multiplied. */
function multiplies(before: FormulaCell | undefined, cell: FormulaCell): boolean {
	const ends = before !== undefined && (!isSign(before) || signOf(before) === ")");
	return ends && cell.listed !== true && (!isSign(cell) || opens(cell));
}

function cellPieces(cells: readonly FormulaCell[], place: number, depth: number): readonly LinePiece[] {
	const [before, cell, next] = [cells[place - 1], cells[place], cells[place + 1]];
	const product = multiplies(before, cell) ? [text(" · ")] : [];
	if (isSign(cell)) {
		const sign = signOf(cell);
		const isFirst = before === undefined || opens(before);
		const breaks = depth === 0 && !isFirst && (sign === "+" || sign === "−") ? { breaks: true as const } : {};
		return [...product, { kind: "text", text: operatorText(sign, isFirst, undefined), ...breaks }];
	}
	if (cell.kind === "more" && cell.numbers.tag === "number") {
		return [...product, { kind: "more", count: cell.count, node: cell.numbers }];
	}
	const inner = piecesOf(cell.numbers);
	const isFactor =
		product.length > 0 ||
		(before !== undefined && signOf(before) === "·") ||
		(next !== undefined && (signOf(next) === "·" || multiplies(cell, next)));
	return [...product, ...(isFactor && cell.numbers.tag === "mfrac" ? grouped(inner) : inner)];
}

/** What may be seen of the numbers of a formula. */
export type LineSigns = Pick<FormulaWriter, "sign" | "size">;

/** An expression with its numbers put in, as one line: of a long sum the largest terms, the rest as one number. */
export function plainLine(expression: Expression, signs: LineSigns): readonly LinePiece[] {
	const { parts } = printFormula(expression, {
		...signs,
		merge: false,
		terms: 0,
		termsFrom: null,
		current: null,
		samples: 1,
		samplesLetter: "",
		symbol: () => BLANK,
		share: () => null,
	});
	let depth = 0;
	return parts
		.flatMap(({ cells }) => cells)
		.flatMap((cell, place, cells) => {
			if (signOf(cell) === ")") depth--;
			const pieces = cellPieces(cells, place, depth);
			if (opens(cell)) depth++;
			return pieces;
		});
}

export interface LineTexts {
	number(node: NumberNode): string;
	constant(value: number): string;
	more(count: number): string;
}

/** After a written minus a number stands without its own. */
export const withoutSign = (number: string, { bare }: { readonly bare?: boolean }) =>
	bare ? number.replace(/^−/, "") : number;

function pieceText(piece: LinePiece, texts: LineTexts): string {
	switch (piece.kind) {
		case "text":
			return piece.text;
		case "constant":
			return texts.constant(piece.value);
		case "number":
			return withoutSign(texts.number(piece.node), piece.node);
		case "more":
			return `(${texts.more(piece.count)}: ${withoutSign(texts.number(piece.node), piece.node)})`;
	}
}

/** A line as plain text. */
export const plainText = (pieces: readonly LinePiece[], texts: LineTexts): string =>
	pieces.map((piece) => pieceText(piece, texts)).join("");
