import type { NotationId } from "../../explain/notation.ts";
import type { Group } from "../../timeline/structure.ts";
import styles from "./network.module.css";

/** A symbol with what stands above and below its line: a^(2), x_1. `name` is written upright: a layer's name. */
export interface MathSymbol {
	readonly base: string;
	readonly above?: string;
	readonly below?: string;
	readonly upright?: boolean;
}

export interface MathTextProps {
	readonly parts: readonly (MathSymbol | string)[];
	readonly x: number;
	readonly y: number;
	readonly size?: number;
	readonly anchor?: "start" | "middle" | "end";
	readonly strong?: boolean;
}

/** Symbols in the drawing. Formulas stand in the ledger; these are names. */
export function MathText({ parts, x, y, size = 14, anchor = "middle", strong }: MathTextProps) {
	return (
		<text
			x={x}
			y={y}
			fontSize={size}
			className={strong ? styles.mathStrong : styles.math}
			style={{ textAnchor: anchor }}
		>
			{parts.map((part, index) => {
				// biome-ignore lint/suspicious/noArrayIndexKey: the parts of one symbol never change places
				return typeof part === "string" ? (
					<tspan key={index}>{part}</tspan>
				) : (
					<SymbolSpans key={index} symbol={part} size={size} />
				);
			})}
		</text>
	);
}

function SymbolSpans({
	symbol: { base, above, below, upright },
	size,
}: {
	readonly symbol: MathSymbol;
	readonly size: number;
}) {
	const small = Math.max(8.5, size * 0.68);
	const rise = size * 0.38;
	const drop = size * 0.24;
	const back = above === undefined ? 0 : -above.length * small * 0.46;
	return (
		<>
			<tspan className={upright ? styles.upright : styles.italic}>{base}</tspan>
			{above !== undefined && (
				<tspan fontSize={small} dy={-rise}>
					{above}
				</tspan>
			)}
			{below !== undefined && (
				<tspan fontSize={small} dx={back} dy={above === undefined ? drop : rise + drop}>
					{below}
				</tspan>
			)}
			{(above !== undefined || below !== undefined) && (
				<tspan dy={below === undefined ? rise : -drop}>{"\u200b"}</tspan>
			)}
		</>
	);
}

/** What a column holds, in the notation chosen: a^(2) or the layers' names. */
export function columnSymbol(
	notation: NotationId,
	group: Group,
	place: number,
	what: "a" | "z" | "δ",
): readonly (MathSymbol | string)[] {
	if (notation === "ufldl") return [{ base: what, above: `(${place + 1})` }];
	const names = [group.head, ...group.elementwise].map(({ name }) => name);
	const name = group.role === "input" ? (group.head.topNames[group.slot] ?? group.head.name) : names.join(" → ");
	return [{ base: name, upright: true }];
}

/** Units count from 1 in UFLDL, from 0 in code. */
export function unitLabel(notation: NotationId, unit: number): string {
	return String(notation === "ufldl" ? unit + 1 : unit);
}

/** δ in UFLDL, the diff's name elsewhere. */
export function deltaSymbol(notation: NotationId): MathSymbol {
	return notation === "ufldl" ? { base: "δ" } : { base: notation === "caffe" ? "diff" : "grad", upright: true };
}
