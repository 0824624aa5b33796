import type { ScalarReference } from "../../engine/reference.ts";
import { notations } from "../../explain/notation.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import { unitFirst } from "../../timeline/timeline.ts";
import { AxisDrawing } from "../marks/axis-drawing.tsx";
import { Diamond } from "../marks/diamond.tsx";
import { LensFrame } from "../marks/lens-frame.tsx";
import { linearAxis } from "../marks/linear-axis.ts";
import { symbolParts } from "../marks/math-text.tsx";
import { NetBar, Pile } from "../marks/pile.tsx";
import { pileReach } from "../marks/pile-layout.ts";
import { progressOf, sumOf, termProgress } from "../marks/progress.ts";
import type { LensProps } from "./backward-lens.tsx";
import { parameterOf } from "./connections.ts";
import { Caption } from "./lens-parts.tsx";
import { lensTitle } from "./names.ts";

/** Piles of this width fit; the largest gradients of the row are drawn. */
const COLUMN = 92;

/** Gradients: one sliver a sample piles up for each weight of the row, then the sum, then the diamond. */
export function GradientLens({ view, lens, t }: Omit<LensProps, "bundles">) {
	const texts = useText().stage;
	const notation = useSettings((settings) => settings.notation);
	const { group, unit } = lens.request;
	const { structure } = view.timeline;
	const { iteration } = view.cursor;
	const stage = view.leaf.group;
	const first = stage === null ? null : unitFirst(stage, unit);
	const { head } = group;
	const inputs = head.run.parameters[0].count / group.units;
	const elements = [
		...Array.from({ length: inputs }, (_, input) => input),
		...(head.run.parameters.length > 1 ? [null] : []),
	]
		.map((input) => ({ input, ...parameterOf(head, unit, input, group.units) }))
		.filter(({ slot }) => head.run.parameterNeedsDiff[slot]);
	const gradient = (slot: number, index: number): ScalarReference => ({
		kind: "parameter",
		iteration,
		layer: head.name,
		slot,
		moment: "gradient",
		index,
	});
	const fit = Math.max(1, Math.floor((lens.width - 52) / COLUMN));
	const largest = elements
		.toSorted(
			(a, b) => Math.abs(view.value(gradient(b.slot, b.index))) - Math.abs(view.value(gradient(a.slot, a.index))),
		)
		.slice(0, fit);
	const drawn = elements.filter((element) => largest.includes(element));
	const samples = group.samples;
	const piles = drawn.map(({ slot, index }) =>
		Array.from(
			{ length: samples },
			(_, sample): ScalarReference => ({
				kind: "share",
				iteration,
				pass: view.pass,
				sample,
				layer: head.name,
				slot,
				index,
			}),
		),
	);
	const values = piles.map((pile) => pile.map((reference) => view.shown(reference)));
	const up = Math.max(...values.map((pile) => pileReach(pile.map((value) => Math.max(0, value)))), 1e-300);
	const down = Math.max(...values.map((pile) => pileReach(pile.map((value) => Math.min(0, value)))), 0);
	const captions = lens.height - 30;
	const axis = linearAxis(up, down, 48, captions - 22, 14);
	const arrivals = termProgress(view, first, samples, t, 0, 0.6);
	const pileT = sumOf(arrivals) / samples;
	const summed = progressOf(view, first === null ? null : first + samples - 1, t, 0.6, 0.85);
	const landed = progressOf(view, first === null ? null : first + samples - 1, t, 0.85, 1);
	const rest = elements.length - drawn.length;
	const labels = samples > 8 ? undefined : Array.from({ length: samples }, (_, sample) => String(sample + 1));
	const pitch = (lens.width - 52) / Math.max(1, drawn.length);
	return (
		<LensFrame
			x={lens.x}
			y={lens.y}
			width={lens.width}
			height={lens.height}
			title={lensTitle(texts, structure, notation, group, unit)}
			{...(rest > 0 ? { note: texts.moreWeights(rest) } : {})}
		>
			<AxisDrawing axis={axis} from={34} to={lens.width - 10} side="left" x={40} />
			{drawn.map(({ slot, index }, place) => {
				const x = 46 + place * pitch;
				const total = view.read(gradient(slot, index));
				const readings = piles[place].map((reference) => view.read(reference));
				return (
					<g key={`${slot}/${index}`}>
						<Pile
							readings={readings}
							scale={axis.scale}
							x={x}
							y={axis.zero}
							width={24}
							{...(labels === undefined ? {} : { labels })}
							t={pileT}
						/>
						<NetBar reading={total} scale={axis.scale} x={x + 30} y={axis.zero} width={16} t={summed} />
						{landed > 0 && <Diamond reading={total} x={x + 62} y={axis.zero} t={landed} />}
						<Caption
							x={x + 34}
							y={captions}
							symbol={symbolParts(notations[notation].symbol(structure, gradient(slot, index)))}
							reading={total}
							size={11.5}
						/>
					</g>
				);
			})}
		</LensFrame>
	);
}
