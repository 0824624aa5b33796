import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { AxisDrawing } from "../marks/axis-drawing.tsx";
import { Disc } from "../marks/disc.tsx";
import { edgesOf } from "../marks/edge-geometry.ts";
import { FunctionCurve } from "../marks/function-curve.tsx";
import { Leads } from "../marks/leads.tsx";
import { LensFrame } from "../marks/lens-frame.tsx";
import { linearAxis } from "../marks/linear-axis.ts";
import { NetBar, Pile } from "../marks/pile.tsx";
import { pileReach } from "../marks/pile-layout.ts";
import { progressOf, sumOf, termProgress } from "../marks/progress.ts";
import type { Bundle } from "./connections.ts";
import { curveOf } from "./curve.ts";
import type { PlacedLens } from "./layout.ts";
import { Arrow, Caption } from "./lens-parts.tsx";
import { lensTitle } from "./names.ts";
import { firstLeaf, forwardTerms, slopeReading, unitReading, unitReference } from "./readings.ts";
import { layerMaximum } from "./scales.ts";
import { unitLabel } from "./symbols.ts";

export interface LensProps {
	readonly view: View;
	readonly lens: PlacedLens;
	readonly bundles: readonly Bundle[];
	readonly t: number;
}

/** Forward: contributions pile up to z, z passes through f and becomes a. Left to right. */
export function ForwardLens({ view, lens, bundles, t }: LensProps) {
	const texts = useText().stage;
	const notation = useSettings((settings) => settings.notation);
	const { group, unit } = lens.request;
	const { structure } = view.timeline;
	const terms = forwardTerms(view, group, unit);
	const first = firstLeaf(view, "forward", group, unit);
	const values = terms.map(({ references }) =>
		references.reduce((product, reference) => product * view.value(reference), 1),
	);
	const above = pileReach(values.map((value) => Math.max(0, value)));
	const below = pileReach(values.map((value) => Math.min(0, value)));
	const narrow = lens.width < 300;
	const captions = lens.height - (narrow ? 36 : 30);
	const axis = linearAxis(above, below, 44, captions - 22, 12);
	const linear = group.elementwise.length === 0;
	const sizes = place(lens.width, linear, narrow);

	const arrivals = termProgress(view, first, terms.length, t, 0, linear ? 0.75 : 0.5);
	const last = first === null ? null : first + terms.length - 1;
	const summed = progressOf(view, last, t, linear ? 0.75 : 0.5, linear ? 1 : 0.65);
	const bent = progressOf(
		view,
		first === null ? null : first + terms.length + group.elementwise.length - 1,
		t,
		0.65,
		1,
	);
	const z = unitReading(view, group, "z", "data", unit);
	const a = unitReading(view, group, "a", "data", unit);
	const slope = slopeReading(view, group, unit);
	const name = lensTitle(texts, structure, notation, group, unit);
	const atTerm = view.depth === "term" && view.leaf.term !== null && view.leaf.term < terms.length;
	const curve = curveOf(group, view.value(unitReference(view, group, "z", "data", unit)), layerMaximum(view, group));
	const bundle = bundles.find(({ target }) => target.group === group);
	const ports = terms.map((_, index) => {
		const connection = bundle?.drawn.find(
			({ target, source }) =>
				target.unit === unit &&
				(source === null
					? index === terms.length - 1 && terms.length > bundle.source.group.units
					: source.unit === index),
		);
		const end = connection === undefined ? undefined : edgesOf(connection.chain).at(-1)?.to;
		return end === undefined ? undefined : { x: end.x - lens.x, y: end.y - lens.y };
	});
	const labels =
		terms.length > 8
			? undefined
			: terms.map((_, index) =>
					index === terms.length - 1 && ports.length > (bundle?.source.group.units ?? 0)
						? "b"
						: `${bundle?.source.group.role === "input" ? "x" : "a"}${subscript(unitLabel(notation, index))}`,
				);
	const scale = axis.scale;
	const readings = terms.map(({ reading }) => reading);
	const pileT = sumOf(arrivals) / Math.max(1, terms.length);
	return (
		<LensFrame
			x={lens.x}
			y={lens.y}
			width={lens.width}
			height={lens.height}
			title={atTerm ? texts.lensTerm(name, (view.leaf.term ?? 0) + 1, terms.length) : name}
		>
			<Leads readings={readings} scale={scale} ports={ports} x={sizes.pile} y={axis.zero} t={pileT} />
			<AxisDrawing axis={axis} from={sizes.axis - 4} to={sizes.net + 34} side="left" x={sizes.axis} />
			<Pile
				readings={readings}
				scale={scale}
				x={sizes.pile}
				y={axis.zero}
				width={sizes.bar}
				{...(labels === undefined ? {} : { labels })}
				t={pileT}
			/>
			<NetBar reading={z} scale={scale} x={sizes.net} y={axis.zero} width={22} t={summed} />
			{!linear && <Arrow from={sizes.net + 27} to={sizes.curve - 6} y={axis.zero - scale(0)} />}
			{curve !== null && (
				<FunctionCurve
					value={curve.value}
					argument={z}
					result={a}
					slope={slope}
					reach={curve.reach}
					low={curve.low}
					high={curve.high}
					x={sizes.curve}
					y={60}
					width={sizes.curveWidth}
					height={captions - 22 - 66}
					t={bent}
				/>
			)}
			{!linear && sizes.disc !== null && (
				<Disc
					reading={a}
					x={sizes.disc}
					y={discHeight(lens.height, captions)}
					r={narrow ? 18 : 26}
					maximum={layerMaximum(view, group)}
					focus
				/>
			)}
			<Caption
				x={sizes.pile + sizes.bar / 2}
				y={captions}
				symbol={[
					{ base: "W·a" },
					...(labels?.at(-1) === "b" || terms.length > (bundle?.source.group.units ?? 0) ? [", ", { base: "b" }] : []),
				]}
				words={texts.terms(terms.length)}
				size={narrow ? 11 : 12.5}
			/>
			<Caption x={sizes.net + 14} y={captions} symbol={["Σ = ", { base: "z" }]} reading={z} size={narrow ? 11 : 12.5} />
			{slope !== null && !narrow && (
				<Caption
					x={sizes.curve + sizes.curveWidth / 2}
					y={captions}
					symbol={[`${texts.slope.replace("f′", "")}`, { base: "f′" }]}
					reading={slope}
					coloured={false}
				/>
			)}
			{!linear && (
				<Caption
					x={sizes.disc ?? sizes.curve + sizes.curveWidth / 2}
					y={captions}
					symbol={["= ", { base: "a" }]}
					reading={a}
					size={narrow ? 11 : 12.5}
				/>
			)}
		</LensFrame>
	);
}

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
function subscript(digits: string): string {
	return Array.from(digits, (digit) => SUBSCRIPTS[Number(digit)] ?? digit).join("");
}

function discHeight(height: number, captions: number): number {
	return Math.min(height * 0.42, captions - 56);
}

/** Where the parts stand across the lens, from left to right. */
function place(width: number, linear: boolean, narrow: boolean) {
	if (linear) {
		const pile = width * 0.36 - 14;
		return { axis: 40, pile, bar: 30, net: width * 0.66 - 11, curve: width, curveWidth: 0, disc: null };
	}
	if (narrow)
		return { axis: 34, pile: 42, bar: 24, net: 82, curve: 122, curveWidth: width - 122 - 52, disc: width - 28 };
	const curve = width * 0.44;
	return { axis: 36, pile: 46, bar: 28, net: 98, curve, curveWidth: width - curve - 82, disc: width - 44 };
}
