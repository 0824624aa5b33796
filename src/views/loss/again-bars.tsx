import { difference, scalar } from "../../engine/expressions.ts";
import type { Pass } from "../../engine/reference.ts";
import { notations } from "../../explain/notation.ts";
import { symbolText } from "../../explain/symbol.ts";
import { inspect } from "../../store/actions.ts";
import { useFrame, useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Explainable } from "../marks/explainable.tsx";
import { InkBar } from "../marks/ink-bar.tsx";
import { part } from "../marks/linear-axis.ts";
import { NumberLabel, NumberText } from "../marks/number-text.tsx";
import { linearScale, symmetricMaximum } from "../marks/scales.ts";
import styles from "./loss.module.css";
import { lossReference } from "./loss-bars.tsx";

const LABEL = 116;
const NUMBER = 104;
const LINE = 38;

/** Words stand under their bars, on a phone at the margin. */
function indentOf(width: number): number {
	return width < 420 ? 0 : LABEL;
}

/** The loss before and after the update, on one scale; how much it went down or up, in words. */
export function AgainBars({ view, width }: { readonly view: View; readonly width: number }) {
	const texts = useText().scenes.loss;
	const notation = useSettings((settings) => settings.notation);
	const before = lossReference(view, view.pass, "total");
	const after = lossReference(view, "again", "total");
	const was = view.value(before);
	const is = view.value(after);
	const down = is < was;
	const scale = linearScale(symmetricMaximum([was, is]), Math.max(40, width - LABEL - NUMBER - 8));
	const withDecay = view.value(lossReference(view, view.pass, "decay")) !== 0;
	const change = view.derive(
		down ? difference(scalar(before), scalar(after)) : difference(scalar(after), scalar(before)),
	);
	const rows: readonly { readonly pass: Pass; readonly label: string }[] = [
		{ pass: view.pass, label: texts.before },
		{ pass: "again", label: texts.after },
	];
	return (
		<section className={styles.bars} aria-label={texts.again}>
			<svg width={width} height={rows.length * LINE + 4} role="presentation" data-loss="again">
				{rows.map(({ pass, label }, place) => {
					const y = place * LINE + 8;
					const reference = lossReference(view, pass, "total");
					const reading = view.read(reference);
					return (
						<g key={label} data-row={`again-${place}`}>
							<text x={0} y={y + 15} className={pass === "again" ? styles.lineStrong : styles.lineName}>
								{label}
							</text>
							<MovingTotal {...{ view, pass, scale, y, withDecay }} />
							<Explainable
								reading={reading}
								name={symbolText(notations[notation].symbol(view.timeline.structure, reference))}
								box={{ x: width - NUMBER + 4, y: y - 5, width: NUMBER - 4, height: 30 }}
								stop
							>
								<NumberLabel
									reading={reading}
									x={width - 6}
									y={y + 16}
									size={pass === "again" ? 18 : 15}
									anchor="end"
									coloured={false}
								/>
							</Explainable>
						</g>
					);
				})}
			</svg>
			<p className={styles.verdict} style={{ paddingInlineStart: indentOf(width) }}>
				{is === was ? (
					texts.same
				) : Number.isFinite(is) ? (
					<>
						<span aria-hidden="true">{down ? "▼ " : "▲ "}</span>
						{down ? texts.downBy : texts.upBy}{" "}
						<NumberText
							reading={change}
							onExplain={({ subject }) => {
								if (subject !== null) inspect(subject);
							}}
						/>
					</>
				) : (
					texts.notFinite
				)}
			</p>
			{withDecay && <Key view={view} width={width} />}
		</section>
	);
}

/** Which part of the bars is which, with the new numbers. */
function Key({ view, width }: { readonly view: View; readonly width: number }) {
	const texts = useText().scenes.loss;
	return (
		<p className={styles.key} style={{ paddingInlineStart: indentOf(width) }}>
			<span className={styles.solidKey} aria-hidden="true" /> {texts.data}{" "}
			<NumberText reading={view.read(lossReference(view, "again", "data"))} />
			<span className={styles.openKey} aria-hidden="true" /> {texts.decay}{" "}
			<NumberText reading={view.read(lossReference(view, "again", "decay"))} />
		</p>
	);
}

function MovingTotal({
	view,
	pass,
	scale,
	y,
	withDecay,
}: {
	readonly view: View;
	readonly pass: Pass;
	readonly scale: (value: number) => number;
	readonly y: number;
	readonly withDecay: boolean;
}) {
	const t = useFrame();
	const grown = pass === "again" ? part(t, 0.6, 1) : 1;
	const data = view.read(lossReference(view, pass, "data"));
	const decay = view.read(lossReference(view, pass, "decay"));
	const segments = [
		{ reading: data, look: pass === "again" ? ("solid" as const) : ("past" as const), t: grown },
		...(withDecay ? [{ reading: decay, look: "open" as const, t: grown }] : []),
	];
	return <InkBar segments={segments} scale={scale} x={LABEL} y={y} height={20} />;
}
