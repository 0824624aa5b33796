import { memo } from "react";
import type { Symbol } from "../../explain/symbol.ts";

/** A symbol as MathML, to stand inside `<math>`. */
export const SymbolMath = memo(function SymbolMath({ symbol }: { readonly symbol: Symbol }) {
	if (symbol.kind === "code") {
		const name = <mtext className="code">{symbol.text}</mtext>;
		return symbol.subscript === undefined ? (
			name
		) : (
			<msub>
				{name}
				<mtext className="code">{symbol.subscript}</mtext>
			</msub>
		);
	}
	const core = <Scripted symbol={symbol} />;
	if (!symbol.partial) return core;
	return (
		<mfrac>
			<mrow>
				<mo>∂</mo>
				<mi>J</mi>
			</mrow>
			<mrow>
				<mo>∂</mo>
				{core}
			</mrow>
		</mfrac>
	);
});

function Scripted({ symbol }: { readonly symbol: Extract<Symbol, { readonly kind: "letter" }> }) {
	const base = symbol.upright ? <mtext>{symbol.base}</mtext> : <mi>{symbol.base}</mi>;
	const above = symbol.superscript === undefined ? null : <mtext>{symbol.superscript}</mtext>;
	const below = symbol.subscript === undefined ? null : <mtext>{symbol.subscript}</mtext>;
	if (above !== null && below !== null) {
		return (
			<msubsup>
				{base}
				{below}
				{above}
			</msubsup>
		);
	}
	if (above !== null) {
		return (
			<msup>
				{base}
				{above}
			</msup>
		);
	}
	if (below === null) return base;
	return (
		<msub>
			{base}
			{below}
		</msub>
	);
}
