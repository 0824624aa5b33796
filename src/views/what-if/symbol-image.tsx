import type { Symbol } from "../../explain/symbol.ts";
import { MathText, symbolParts } from "../marks/math-text.tsx";

/** A symbol in a row of HTML, for the eye; its words stand beside it. */
export function SymbolImage({ symbol }: { readonly symbol: Symbol }) {
	const isCode = symbol.kind === "code";
	return (
		<svg width={isCode ? 140 : 42} height={26} aria-hidden="true">
			<MathText parts={symbolParts(symbol)} x={0} y={17} size={isCode ? 12 : 16} anchor="start" />
		</svg>
	);
}
