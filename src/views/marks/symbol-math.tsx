import { memo } from "react";
import type { Symbol } from "../../explain/symbol.ts";

const CODE = { fontFamily: "var(--font-mono)", fontSize: "0.82em" } as const;

/** A symbol in running text or in a table's heading, typeset as mathematics. */
export const SymbolMath = memo(function SymbolMath({ symbol }: { readonly symbol: Symbol }) {
	return (
		<math>
			<SymbolParts symbol={symbol} />
		</math>
	);
});

/** A symbol to stand inside `<math>`. */
export function SymbolParts({ symbol }: { readonly symbol: Symbol }) {
	if (symbol.kind === "code") {
		const name = <mtext style={CODE}>{symbol.text}</mtext>;
		return symbol.subscript === undefined ? (
			name
		) : (
			<msub>
				{name}
				<mtext style={CODE}>{symbol.subscript}</mtext>
			</msub>
		);
	}
	if (!symbol.partial) return <Scripted symbol={symbol} />;
	return (
		<mrow>
			<mo>∂</mo>
			<mi>J</mi>
			<mo>/</mo>
			<mo>∂</mo>
			<Scripted symbol={symbol} />
		</mrow>
	);
}

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
	return below === null ? (
		base
	) : (
		<msub>
			{base}
			{below}
		</msub>
	);
}
