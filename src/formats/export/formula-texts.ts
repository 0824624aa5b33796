import { evaluate } from "../../engine/evaluate.ts";
import type { Expression } from "../../engine/expression.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import { expand } from "../../explain/expand.ts";
import { formatNumber, type NumberFormat } from "../../explain/number-text.ts";
import { type LinePiece, type LineTexts, plainLine, plainText, withoutSign } from "../../explain/plain-line.ts";
import { type Shape, shapeOf } from "./formula-shape.ts";
import { isOverAll } from "./formulas.ts";
import type { Column, ShownReader } from "./shown-reader.ts";
import type { ExportSource } from "./source.ts";

type Shown = (reference: ScalarReference) => number;
type ParameterReference = Extract<ScalarReference, { readonly kind: "parameter" }>;

/** A piece of a print: text as it stands, or the number of a part. */
type Piece = string | { readonly place: number; readonly bare: boolean };

/** How expressions of one shape are printed whose parts have these signs. */
interface Print {
	readonly signs: readonly { readonly place: number; readonly sign: number }[];
	readonly pieces: readonly Piece[];
}

/** More prints of one shape are not kept. */
const MOST_PRINTS = 64;
/** Numbers come back in the next lines: the old value of a weight in its decay and in its new value. */
const NUMBERS_KEPT = 4096;

/** One element's formula that all elements of its array have, each with its own numbers. */
interface Template {
	readonly shape: Shape;
	readonly columns: ReadonlyMap<ScalarReference, Column>;
}

/**
 * Writes how scalars come about as lines of text. Millions of formulas have few shapes: what is asked of an expression
 * while it is printed are the signs of its parts, so that one print serves all of its shape whose answers are the same.
 */
export function createFormulaTexts(
	{ explain }: ExportSource,
	reader: ShownReader,
	format: NumberFormat,
	more: (count: number) => string,
): (reference: ScalarReference) => string {
	const prints = new Map<string, Print[]>();
	const templates = new Map<string, Template | null>();
	const numbers = new Map<number, string>();

	function numberText(value: number): string {
		const known = numbers.get(value);
		if (known !== undefined) return known;
		if (numbers.size === NUMBERS_KEPT) numbers.clear();
		const text = formatNumber(value, format);
		numbers.set(value, text);
		return text;
	}

	/** The value of a part, worked out once a print: what is left of a long sum is added up from its terms' sizes. */
	function valuesOnce(shown: Shown): (part: Expression) => number {
		const values = new Map<Expression, number>();
		return function valued(part: Expression): number {
			const known = values.get(part);
			if (known !== undefined) return known;
			const value =
				part.kind === "sum" ? part.terms.reduce((total, term) => total + valued(term), 0) : evaluate(part, shown);
			values.set(part, value);
			return value;
		};
	}

	/** Prints as the page does; `keep`, where nothing but signs was asked for, gets what the print depends on. */
	function printed(expression: Expression, shape: Shape, shown: Shown, keep: (print: Print) => void): string {
		const signs: Print["signs"][number][] = [];
		const valued = valuesOnce(shown);
		let isPlain = true;
		const pieces = plainLine(expression, {
			sign(part) {
				const sign = Math.sign(valued(part));
				const place = shape.placeOf(part);
				if (place === undefined) isPlain = false;
				else signs.push({ place, sign });
				return sign;
			},
			size(part) {
				isPlain = false;
				return Math.abs(valued(part));
			},
		});
		const kept = isPlain ? keptPieces(pieces, shape) : null;
		if (kept !== null) keep({ signs, pieces: kept });
		const texts: LineTexts = {
			number: ({ subject }) => numberText(subject.kind === "derived" ? valued(subject.expression) : shown(subject)),
			constant: numberText,
			more,
		};
		return plainText(pieces, texts);
	}

	function keptPieces(pieces: readonly LinePiece[], shape: Shape): readonly Piece[] | null {
		const kept: Piece[] = [];
		for (const piece of pieces) {
			if (piece.kind === "more") return null;
			if (piece.kind !== "number") {
				kept.push(piece.kind === "text" ? piece.text : numberText(piece.value));
				continue;
			}
			const { subject, bare = false } = piece.node;
			const place = shape.placeOf(subject.kind === "derived" ? subject.expression : subject);
			if (place === undefined) return null;
			kept.push({ place, bare });
		}
		return kept;
	}

	function write(expression: Expression, shape: Shape, shown: Shown): string {
		const { key, nodes } = shape;
		if (key === null) return printed(expression, shape, shown, () => {});
		const values: (number | undefined)[] = [];
		const valueAt = (place: number) => (values[place] ??= evaluate(nodes[place], shown));
		const known = prints.get(key) ?? [];
		prints.set(key, known);
		const print = known.find(({ signs }) =>
			signs.every(({ place, sign }) => Object.is(Math.sign(valueAt(place)), sign)),
		);
		if (print === undefined) {
			return printed(expression, shape, shown, (next) => {
				if (known.length < MOST_PRINTS) known.push(next);
			});
		}
		let text = "";
		for (const piece of print.pieces) {
			text += typeof piece === "string" ? piece : withoutSign(numberText(valueAt(piece.place)), piece);
		}
		return text;
	}

	/** What the solver makes of one element it makes of each: only the gradient and what a layer moves are sums of others. */
	function templateOf(r: ParameterReference): Template | null {
		const { layer, slot, moment } = r;
		if (moment === "gradient") return null;
		const { net } = explain.structure;
		const name = `${layer}/${slot}/${moment}`;
		const known = templates.get(name);
		if (known !== undefined) return known;
		const movedByLayer = net.learnable[net.layer(layer).parameters[slot]?.learnable ?? -1]?.movedByLayer ?? true;
		const expression = movedByLayer ? null : expand(explain, { ...r, index: 0 });
		const shape = expression === null ? null : shapeOf(expression);
		const columns = new Map<ScalarReference, Column>();
		for (const node of shape?.nodes ?? []) {
			if (node.kind === "scalar" && node.reference.kind === "parameter") {
				columns.set(node.reference, reader.columnOf(node.reference));
			}
		}
		const template = shape === null ? null : { shape, columns };
		templates.set(name, template);
		return template;
	}

	function fromTemplate({ shape, columns }: Template, index: number): string {
		return write(shape.nodes[0], shape, (reference) => {
			const column = columns.get(reference);
			if (column === undefined) return reader.shown(reference);
			return (column.values?.[index] ?? Number.NaN) / column.divisor;
		});
	}

	/** A sample's share is not recorded: it is worked out once a line. */
	function shownOnce(): Shown {
		const shares = new Map<ScalarReference, number>();
		return (reference) => {
			if (reference.kind !== "share") return reader.shown(reference);
			const known = shares.get(reference) ?? reader.shown(reference);
			shares.set(reference, known);
			return known;
		};
	}

	return (reference) => {
		const template = reference.kind === "parameter" ? templateOf(reference) : null;
		if (template !== null && reference.kind === "parameter") return fromTemplate(template, reference.index);
		const expression = isOverAll(explain, reference) ? null : expand(explain, reference);
		return expression === null ? "" : write(expression, shapeOf(expression), shownOnce());
	};
}
