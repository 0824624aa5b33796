import { useState } from "react";
import { notations } from "../../explain/notation.ts";
import { type Symbol, symbolText } from "../../explain/symbol.ts";
import { goTo, inspect } from "../../store/actions.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { MathText, symbolParts } from "../marks/math-text.tsx";
import { NumberText } from "../marks/number-text.tsx";
import { NetBar } from "../marks/pile.tsx";
import { linearScale, symmetricMaximum } from "../marks/scales.ts";
import { parameterSymbol } from "../timeline/names.ts";
import { elementEnd, fixedParameters, momentOf, rowOf, type SolverElement } from "./model.ts";
import styles from "./solver.module.css";

export interface RowPanelProps {
	readonly view: View;
	readonly element: SolverElement;
	readonly width: number;
	readonly height: number;
}

/** In code the tensor's name stands in the heading. */
function shortParts(symbol: Symbol): ReturnType<typeof symbolParts> {
	return symbol.kind === "code" && symbol.subscript !== undefined ? [`[${symbol.subscript}]`] : symbolParts(symbol);
}

const LINE = 34;
const HEADS = 58;

/** The other elements of the row: from old to new, and the step between; each a way to its strip. */
export function RowPanel({ view, element, width, height }: RowPanelProps) {
	const texts = useText().scenes.solver;
	const notation = useSettings((settings) => settings.notation);
	const row = rowOf(element);
	const fixed = fixedParameters(view.timeline);
	const fit = Math.max(2, Math.floor((height - HEADS - (fixed.length > 0 ? 40 : 0)) / LINE));
	const pages = Math.ceil(row.length / fit);
	const [page, setPage] = useState<number | null>(null);
	const own = row.findIndex(({ index }) => index === element.index);
	const turned = page ?? Math.floor(own / fit);
	const shown = row.slice(turned * fit, turned * fit + fit);
	const { structure } = view.timeline;
	const bar = Math.max(36, Math.min(96, width - 214));
	const scale = linearScale(
		symmetricMaximum(
			row.map((each) => view.shown(momentOf(view, each, "after")) - view.shown(momentOf(view, each, "before"))),
		),
		bar / 2 - 2,
	);
	const turn = (by: number) => setPage((turned + by + pages) % pages);
	const symbolOf = (each: SolverElement) => notations[notation].symbol(structure, momentOf(view, each, "before"));
	return (
		<section className={styles.panel} style={{ width }} aria-label={texts.row}>
			<h3 className={styles.panelHead}>
				<span>
					{texts.rowOf(parameterSymbol(structure, element.parameter.layer, element.parameter.slot, notation))}
				</span>
				{pages > 1 && (
					<span className={styles.pages}>
						<button type="button" className={styles.turn} aria-label={texts.previousPage} onClick={() => turn(-1)}>
							‹
						</button>
						{texts.page(turned + 1, pages)}
						<button type="button" className={styles.turn} aria-label={texts.nextPage} onClick={() => turn(1)}>
							›
						</button>
					</span>
				)}
			</h3>
			<ul className={styles.rows}>
				{shown.map((each) => {
					const before = view.read(momentOf(view, each, "before"));
					const after = view.read(momentOf(view, each, "after"));
					const end = elementEnd(view, each);
					const known = after.status === "known" || end === null;
					return (
						<li key={each.index}>
							<button
								type="button"
								className={styles.rowButton}
								aria-current={each.index === element.index}
								aria-label={texts.choose(symbolText(symbolOf(each)))}
								onClick={() => (known || end === null ? inspect(momentOf(view, each, "after")) : void goTo(end))}
							>
								<svg width={64} height={26} aria-hidden="true">
									<MathText parts={shortParts(symbolOf(each))} x={4} y={18} size={13} anchor="start" strong />
								</svg>
								<span className={styles.change}>
									<NumberText reading={before} />
									<span aria-hidden="true">→</span>
									<NumberText reading={after} coloured />
								</span>
								<svg width={bar} height={22} aria-hidden="true">
									<line x1={bar / 2} x2={bar / 2} y1={1} y2={21} className={styles.axis} />
									{after.status === "known" && (
										<NetBar
											reading={view.derive({
												kind: "difference",
												left: { kind: "scalar", reference: momentOf(view, each, "after") },
												right: { kind: "scalar", reference: momentOf(view, each, "before") },
											})}
											scale={scale}
											x={bar / 2}
											y={6}
											width={10}
											direction="level"
										/>
									)}
								</svg>
							</button>
						</li>
					);
				})}
			</ul>
			{fixed.length > 0 && (
				<p className={styles.fixed}>
					{texts.fixed(fixed.map(({ layer, slot }) => parameterSymbol(structure, layer, slot, notation)).join(", "))}
				</p>
			)}
		</section>
	);
}
