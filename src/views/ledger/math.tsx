import { createContext, createElement, memo, type ReactNode, useContext } from "react";
import { type MathNode, mathText, mathWords } from "../../explain/math.ts";
import { formatNumber, formatReading } from "../../explain/number-text.ts";
import type { Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { drawnValue, readingAttributes } from "../marks/reading-attributes.ts";
import styles from "./ledger.module.css";

/** The view whose numbers stand in the formulas below. */
export const ViewContext = createContext<View | null>(null);

interface MathProps {
	readonly node: MathNode;
}

/** Symbols within a button: MathML gives it no name, so the words stand beside it. */
export function NamedMath({ node }: MathProps) {
	return (
		<>
			<span aria-hidden="true">
				<MathView node={node} />
			</span>
			<span className="sr-only">{mathWords(node)}</span>
		</>
	);
}

/**
 * A piece of MathML. Typeset once for its shape: when only the numbers change, only their text is written anew.
 */
export function MathView({ node }: MathProps) {
	return <Typeset node={node} text={`${mathText(node)} ${numbersOf(node)}`} />;
}

/** From when on each number may be shown, and how it is written: a formula of the same text may differ in both. */
function numbersOf(node: MathNode): string {
	if (node.tag === "number") return `${node.from} ${node.bare}`;
	return "children" in node ? node.children.map(numbersOf).join() : "";
}

const Typeset = memo(
	function Typeset({ node }: MathProps & { readonly text: string }) {
		return <math>{printed(node)}</math>;
	},
	(before, after) => before.text === after.text,
);

function printed(node: MathNode, key?: number): ReactNode {
	switch (node.tag) {
		case "number":
			return <NumberMath key={key} node={node} />;
		case "constant":
			return <ConstantMath key={key} value={node.value} />;
		case "mi":
		case "mn":
		case "mo":
		case "mtext":
			return createElement(
				node.tag,
				{ key, ...(node.code ? { className: "code" } : {}), ...(fences(node.text) ? { stretchy: "false" } : {}) },
				node.text,
			);
		default:
			return createElement(
				node.tag,
				{
					key,
					...(node.display ? { displaystyle: "true" } : {}),
					// Close to its letter, and in full size.
					...(node.tag === "mover" ? { accent: "true" } : {}),
				},
				node.children.map((child, index) => printed(child, index)),
			);
	}
}

const fences = (text: string) => text === "(" || text === ")" || text === "|";

function ConstantMath({ value }: { readonly value: number }) {
	return <mn>{formatNumber(value, useNumberFormat())}</mn>;
}

type NumberNode = MathNode & { readonly tag: "number" };

/** What stands at a number's place in a formula. */
export function readingAt(view: View, { subject, from }: NumberNode): Reading {
	return subject.kind === "derived" ? view.derive(subject.expression, from) : view.read(subject);
}

function NumberMath({ node }: { readonly node: NumberNode }) {
	const view = useContext(ViewContext);
	if (view === null) return null;
	return <ReadingMath reading={readingAt(view, node)} bare={node.bare === true} />;
}

/** A number in a formula: hatched while it may not be shown, on a plate where it is no finite number. */
export function ReadingMath({ reading, bare = false }: { readonly reading: Reading; readonly bare?: boolean }) {
	const format = useNumberFormat();
	const text = formatReading(reading, format);
	const known = drawnValue(reading) !== undefined;
	const look = known ? "" : reading.status === "not-finite" ? styles.broken : styles.unknown;
	return (
		<mn {...readingAttributes(reading)} className={look}>
			{bare ? text.replace(/^\u2212/, "") : text}
		</mn>
	);
}
