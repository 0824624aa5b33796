import type { ScalarReference } from "../../engine/reference.ts";
import { expand } from "../../explain/expand.ts";
import { notations } from "../../explain/notation.ts";
import { symbolText } from "../../explain/symbol.ts";
import { useFrame, useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import type { StageGroup } from "../../timeline/timeline.ts";
import { Explainable } from "../marks/explainable.tsx";
import { InkBar } from "../marks/ink-bar.tsx";
import { part } from "../marks/linear-axis.ts";
import { NumberLabel } from "../marks/number-text.tsx";
import { termProgress } from "../marks/progress.ts";
import { linearScale, symmetricMaximum } from "../marks/scales.ts";
import { parameterSymbol } from "../timeline/names.ts";
import styles from "./solver.module.css";

export interface ClipProps {
	readonly view: View;
	readonly stage: StageGroup;
	readonly width: number;
	readonly height: number;
}

const LABEL = 150;
const NUMBER = 96;
const LINE = 32;

/** Clipping: the squares of all gradients, the length of them all together, its bound, and the one factor for all. */
export function Clip({ view, stage, width, height }: ClipProps) {
	const t = useFrame();
	const texts = useText().scenes.solver;
	const notation = useSettings((settings) => settings.notation);
	const { structure } = view.timeline;
	const whole = (name: "clipNorm" | "clipGradients" | "clipScale"): ScalarReference => ({
		kind: "solver",
		iteration: view.cursor.iteration,
		name,
	});
	const expression = expand(view.explain, whole("clipNorm"));
	const squares = expression?.kind === "apply" && expression.argument.kind === "sum" ? expression.argument.terms : [];
	const readings = squares.map((square, place) => view.derive(square, stage.first + place));
	const norm = view.read(whole("clipNorm"));
	const bound = view.read(whole("clipGradients"));
	const room = Math.max(60, width - LABEL - NUMBER - 40);
	const square = view.shown(whole("clipNorm")) ** 2;
	const area = linearScale(symmetricMaximum([square]), room);
	const length = linearScale(
		symmetricMaximum([view.shown(whole("clipNorm")), view.shown(whole("clipGradients"))]),
		room,
	);
	const arrivals = termProgress(view, stage.first, squares.length, t, 0, 0.7);
	const landed = part(t, 0.7, 1);
	const name = (reference: ScalarReference) => symbolText(notations[notation].symbol(structure, reference));
	const lines = [
		...readings.map((reading, place) => ({
			key: reading.id,
			label: texts.squares(layerName(view, notation, place)),
			reading,
			scale: area,
			t: arrivals[place] ?? 0,
		})),
		{
			key: "norm",
			label: `${texts.norm} ${name(whole("clipNorm"))}`,
			reading: norm,
			scale: length,
			t: view.cursor.leaf > stage.first + stage.leaves - 1 ? 1 : landed,
		},
		{ key: "bound", label: texts.bound, reading: bound, scale: length, t: 1 },
	];
	const factor = view.read(whole("clipScale"));
	const y = (place: number) => 34 + place * LINE + (place >= readings.length ? 18 : 0);
	return (
		// biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
		<svg
			width={width}
			height={Math.max(height, y(lines.length) + 40)}
			role="group"
			aria-label={texts.steps.clipped}
			data-solver="clip"
			data-row="clip"
		>
			{lines.map(({ key, label, reading, scale, t: shown }, place) => (
				<Explainable
					key={key}
					reading={reading}
					name={label}
					box={{ x: 4, y: y(place) - 13, width: width - 8, height: 28 }}
					stop={place === 0}
				>
					<text x={LABEL} y={y(place) + 5} className={styles.lineName}>
						{label}
					</text>
					<InkBar
						segments={[{ reading, look: key === "bound" ? "open" : "solid", t: shown }]}
						scale={scale}
						x={LABEL + 12}
						y={y(place) - 8}
					/>
					<NumberLabel reading={reading} x={width - 16} y={y(place) + 5} size={14} anchor="end" coloured={false} />
				</Explainable>
			))}
			<Explainable
				reading={factor}
				name={texts.factor}
				box={{ x: 4, y: y(lines.length) - 10, width: width - 8, height: 30 }}
			>
				<text x={LABEL + 12} y={y(lines.length) + 9} className={styles.verdict}>
					{factor.status !== "known" ? "" : view.shown(whole("clipScale")) < 1 ? texts.exceeds : texts.within}
				</text>
				<NumberLabel
					reading={factor}
					x={width - 16}
					y={y(lines.length) + 9}
					size={15}
					anchor="end"
					coloured={false}
					symbol="×"
				/>
			</Explainable>
		</svg>
	);
}

function layerName(view: View, notation: keyof typeof notations, place: number): string {
	const { structure } = view.timeline;
	const { layer, slot } = structure.net.learnable[place];
	return parameterSymbol(structure, layer, slot, notation);
}
