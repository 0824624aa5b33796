import type { Shape } from "../../../engine/shape.ts";

/** A number as Python reads it back bit for bit; `inf` and `nan` are names that the script defines. */
export function pythonNumber(value: number): string {
	if (Number.isNaN(value)) return "nan";
	if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
	const text = Object.is(value, -0) ? "-0" : String(value);
	return /[.e]/.test(text) ? text : `${text}.0`;
}

const WIDTH = 110;

/** Items between brackets, on one line where they fit. */
function list(items: readonly string[], indent: string): string {
	const line = `[${items.join(", ")}]`;
	if (indent.length + line.length <= WIDTH) return line;
	const lines: string[] = [];
	for (const item of items) {
		const last = lines.at(-1);
		if (last !== undefined && indent.length + 4 + last.length + item.length + 3 <= WIDTH) {
			lines[lines.length - 1] = `${last}, ${item}`;
		} else lines.push(item);
	}
	return `[\n${lines.map((one) => `${indent}    ${one},\n`).join("")}${indent}]`;
}

/** The numbers of an array as nested lists: a matrix a row a line, anything deeper as one row. */
function lists(values: ArrayLike<number>, shape: Shape, indent: string): string {
	const numbers = Array.from(values, pythonNumber);
	if (shape.length !== 2) return list(numbers, indent);
	const [rows, columns] = shape;
	const inner = Array.from({ length: rows }, (_, row) =>
		list(numbers.slice(row * columns, (row + 1) * columns), `${indent}    `),
	);
	const line = `[${inner.join(", ")}]`;
	if (indent.length + line.length <= WIDTH && !line.includes("\n")) return line;
	return `[\n${inner.map((row) => `${indent}    ${row},\n`).join("")}${indent}]`;
}

/** How a library makes an array of doubles out of lists. */
export type ArrayWriter = (lists: string) => string;

export const numpyArray: ArrayWriter = (text) => `np.array(${text}, dtype=np.float64)`;
export const torchTensor: ArrayWriter = (text) => `torch.tensor(${text}, dtype=torch.float64)`;

/** Numbers that stand beside the script instead of in it. */
export type NumberFile = Record<string, { readonly shape: Shape; readonly values: ArrayLike<number> }>;

/** More numbers than this are no text to read any more: they go into a file of their own. */
export const INLINE_NUMBERS = 30_000;

/** Where a script's numbers stand: spelled out in it, or in a file beside it under a key. */
export interface Numbers {
	/** An expression for an array of doubles. `indent` is that of the line it begins in. */
	array(key: string, values: ArrayLike<number>, shape: Shape, indent?: string): string;
	/** An expression that a recorded array is compared with: only its numbers matter. */
	plain(key: string, values: ArrayLike<number>, shape: Shape, indent?: string): string;
	/** Null where everything is spelled out. */
	readonly file: NumberFile | null;
}

/** @param inFile whether the numbers stand beside the script, to be loaded as `numbers` */
export function createNumbers(write: ArrayWriter, inFile: boolean): Numbers {
	const file: NumberFile | null = inFile ? {} : null;
	const reference = (key: string, values: ArrayLike<number>, shape: Shape) => {
		if (file !== null) file[key] = { shape, values };
		return `numbers["${key}"]`;
	};
	return {
		file,
		array(key, values, shape, indent = "") {
			if (file !== null) return reference(key, values, shape);
			const text = write(shape.length === 0 ? pythonNumber(values[0]) : lists(values, shape, indent));
			return shape.length > 2 ? `${text}.reshape(${shape.join(", ")})` : text;
		},
		plain(key, values, shape, indent = "") {
			if (file !== null) return reference(key, values, shape);
			return shape.length === 0 ? pythonNumber(values[0]) : lists(values, shape, indent);
		},
	};
}
