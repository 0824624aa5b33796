import { notations } from "../../explain/notation.ts";
import { goTo } from "../../store/actions.ts";
import { useSession, useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { MathText, symbolParts } from "../marks/math-text.tsx";
import { elementEnd, momentOf, neighbour, type SolverElement, solverElement } from "./model.ts";
import styles from "./solver.module.css";

/** Which parameter the strip is about, and the ways to the one before and after it. */
export function SolverControls({ view }: { readonly view: View }) {
	const texts = useText().scenes.solver;
	const notation = useSettings((settings) => settings.notation);
	const inspected = useSession((state) => state.inspected);
	const element = solverElement(view, inspected);
	if (element === null) return null;
	const symbol = notations[notation].symbol(view.timeline.structure, momentOf(view, element, "before"));
	const parts = symbolParts(symbol);
	const width =
		symbol.kind === "code" ? Math.min(190, 12 + (symbol.text.length + (symbol.subscript?.length ?? 0) + 2) * 8) : 58;
	return (
		<div className={styles.controls}>
			<span aria-hidden="true">{texts.parameter}</span>
			<svg width={width} height={30} className={styles.chosen} aria-hidden="true">
				<MathText parts={parts} x={width / 2} y={20} size={14} strong />
			</svg>
			<Way view={view} element={neighbour(view, element, -1)} label={texts.previous}>
				{`‹ ${texts.previousShort}`}
			</Way>
			<Way view={view} element={neighbour(view, element, 1)} label={texts.next}>
				{`${texts.nextShort} ›`}
			</Way>
		</div>
	);
}

function Way({
	view,
	element,
	label,
	children,
}: {
	readonly view: View;
	readonly element: SolverElement | null;
	readonly label: string;
	readonly children: string;
}) {
	const end = element === null ? null : elementEnd(view, element);
	return (
		<button
			type="button"
			className={styles.way}
			aria-label={label}
			disabled={end === null}
			onClick={() => {
				if (end !== null) void goTo(end);
			}}
		>
			{children}
		</button>
	);
}
