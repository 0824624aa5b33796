import type { ReactNode } from "react";
import { evaluate } from "../../engine/evaluate.ts";
import type { FunctionName } from "../../engine/expression.ts";
import { referenceText, type ScalarReference } from "../../engine/reference.ts";
import { expandSubject } from "../../explain/expand.ts";
import { type NotationId, notations } from "../../explain/notation.ts";
import { formatNumber, formatReading } from "../../explain/number-text.ts";
import { type Reading, type Subject, subjectText } from "../../explain/reading.ts";
import { type Token, tokensOf } from "../../explain/tokens.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { drawnValue, readingAttributes, signOfReading } from "../marks/reading-attributes.ts";
import styles from "./ledger.module.css";
import { SymbolMath } from "./symbol.tsx";

interface FormulaProps {
	readonly view: View;
	readonly subject: Subject;
	/** Writes every term of a long sum. */
	readonly whole?: boolean;
	readonly onFollow: (reference: ScalarReference) => void;
	readonly onShowAll?: () => void;
}

/** How a number comes about: symbols, the numbers put in, the result, in aligned cells. */
export function Formula({ view, subject, whole = false, onFollow, onShowAll }: FormulaProps) {
	const notation = useSettings((settings) => settings.notation);
	const expression = expandSubject(view.explain, subject);
	const result = subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject);
	const left = subject.kind === "derived" ? null : notations[notation].symbol(view.timeline.structure, subject);
	const tokens = expression === null ? [] : tokensOf(expression, (part) => evaluate(part, view.shown), "none", whole);
	const shared = { view, notation, onFollow, onShowAll };
	return (
		<div
			className={styles.formula}
			data-formula={subjectText(subject)}
			style={{ gridTemplateColumns: `repeat(${tokens.length + 2}, auto)` }}
		>
			<Cell>{left !== null && <SymbolMath symbol={left} />}</Cell>
			{tokens.length > 0 && (
				<>
					<Cell>
						<mo>=</mo>
					</Cell>
					{tokens.map((token, place) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: a formula's cells stand in a fixed order
						<TokenCell key={place} token={token} row="symbols" {...shared} />
					))}
					<span />
					<Cell>
						<mo>=</mo>
					</Cell>
					{tokens.map((token, place) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: a formula's cells stand in a fixed order
						<TokenCell key={place} token={token} row="numbers" {...shared} />
					))}
					<span />
				</>
			)}
			<Cell>
				<mo>=</mo>
			</Cell>
			<span className={styles.result} style={{ gridColumn: `3 / span ${Math.max(1, tokens.length)}` }}>
				<math className={signOfReading(result)}>
					<NumberMath reading={result} />
				</math>
			</span>
		</div>
	);
}

function Cell({ children, className = "" }: { readonly children: ReactNode; readonly className?: string }) {
	return (
		<span className={`${styles.cell} ${className}`}>
			<math>{children}</math>
		</span>
	);
}

interface TokenProps {
	readonly token: Token;
	readonly row: "symbols" | "numbers";
	readonly view: View;
	readonly notation: NotationId;
	readonly onFollow: (reference: ScalarReference) => void;
	readonly onShowAll: (() => void) | undefined;
}

function TokenCell(props: TokenProps) {
	const { token, row, view, onFollow, onShowAll } = props;
	const texts = useText().ledger;
	if (token.kind === "more" && row === "symbols") {
		return (
			<button type="button" className={styles.more} onClick={onShowAll}>
				{texts.more(token.count)}
			</button>
		);
	}
	const target = targetOf(token);
	const math = (
		<math>
			<TokenMath {...props} />
		</math>
	);
	if (target === null) return <span className={styles.cell}>{math}</span>;
	const sign = signOfReading(view.read(target));
	if (row === "numbers") return <span className={`${styles.cell} ${token.kind === "scalar" ? sign : ""}`}>{math}</span>;
	return (
		<button
			type="button"
			className={`${styles.cell} ${styles.operand} ${token.kind === "scalar" ? sign : ""}`}
			data-operand={referenceText(target)}
			onClick={() => onFollow(target)}
		>
			{math}
		</button>
	);
}

function targetOf(token: Token): ScalarReference | null {
	if (token.kind === "scalar") return token.reference;
	if (token.kind === "slope" && token.at.kind === "scalar") return token.at.reference;
	return null;
}

const FUNCTION_NAMES: Readonly<Partial<Record<FunctionName, string>>> = {
	log: "ln",
	sigmoid: "f",
	tanh: "f",
	relu: "f",
};

function TokenMath(props: TokenProps): ReactNode {
	const { token, row, view, notation } = props;
	const format = useNumberFormat();
	const { structure } = view.timeline;
	const symbols = row === "symbols";
	switch (token.kind) {
		case "operator":
			return <mo>{symbols ? token.text : token.numeric}</mo>;
		case "scalar": {
			if (symbols) return <SymbolMath symbol={notations[notation].symbol(structure, token.reference)} />;
			const reading = view.read(token.reference);
			const number = <NumberMath reading={reading} bare={token.bare} />;
			return token.parenthesised ? (
				<mrow>
					<mo>(</mo>
					{number}
					<mo>)</mo>
				</mrow>
			) : (
				number
			);
		}
		case "constant":
			return <mn>{formatNumber(token.value, format)}</mn>;
		case "slope": {
			if (!symbols) return <NumberMath reading={view.derive(token.value)} />;
			const at = token.at.kind === "scalar" ? notations[notation].symbol(structure, token.at.reference) : null;
			return (
				<mrow>
					<msup>
						<mi>f</mi>
						<mo>′</mo>
					</msup>
					<mo>(</mo>
					{at !== null && <SymbolMath symbol={at} />}
					<mo>)</mo>
				</mrow>
			);
		}
		case "scale": {
			const value = token.value.kind === "quotient" ? token.value : null;
			const divisor = value?.denominator.kind === "constant" ? value.denominator.value : 1;
			const weight = value?.numerator.kind === "constant" ? value.numerator.value : 1;
			return (
				<mfrac>
					<mn>{weight === 1 ? "1" : formatNumber(weight, format)}</mn>
					{symbols ? <mi>m</mi> : <mn>{formatNumber(divisor, format)}</mn>}
				</mfrac>
			);
		}
		case "fraction":
			return (
				<mfrac>
					<mrow>{inner(token.numerator, props)}</mrow>
					<mrow>{inner(token.denominator, props)}</mrow>
				</mfrac>
			);
		case "function": {
			const argument = inner(token.argument, props);
			if (token.name === "square") {
				return (
					<msup>
						<mrow>
							<mo>(</mo>
							{argument}
							<mo>)</mo>
						</mrow>
						<mn>2</mn>
					</msup>
				);
			}
			if (token.name === "sqrt") return <msqrt>{argument}</msqrt>;
			return (
				<mrow>
					<mi>{FUNCTION_NAMES[token.name] ?? token.name}</mi>
					<mo>(</mo>
					{argument}
					<mo>)</mo>
				</mrow>
			);
		}
		case "more":
			return symbols ? <mtext>…</mtext> : <NumberMath reading={view.derive(token.rest)} />;
	}
}

function inner(tokens: readonly Token[], props: TokenProps): ReactNode {
	// biome-ignore lint/suspicious/noArrayIndexKey: a formula's cells stand in a fixed order
	return tokens.map((token, index) => <TokenMath key={index} {...props} token={token} />);
}

/** A number in a formula: hatched while it may not be shown. */
function NumberMath({ reading, bare = false }: { readonly reading: Reading; readonly bare?: boolean }) {
	const format = useNumberFormat();
	const text = formatReading(reading, format);
	const value = drawnValue(reading);
	return (
		<mn {...readingAttributes(reading)} className={value === undefined ? styles.unknown : ""}>
			{bare ? text.replace(/^\u2212/, "") : text}
		</mn>
	);
}
