import { type Symbol, symbolText } from "../../explain/symbol.ts";
import { MathText, symbolParts } from "../marks/math-text.tsx";
import styles from "./what-if.module.css";

/** A symbol in a row of HTML: drawn as mathematics, or written as code. */
export function SymbolImage({ symbol }: { readonly symbol: Symbol }) {
	if (symbol.kind === "code") return <code className={styles.code}>{symbolText(symbol)}</code>;
	return (
		<>
			<svg width={42} height={26} aria-hidden="true">
				<MathText parts={symbolParts(symbol)} x={0} y={17} size={16} anchor="start" />
			</svg>
			<span className="sr-only">{symbolText(symbol)}</span>
		</>
	);
}
