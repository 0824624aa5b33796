import { type ReactNode, useState } from "react";
import { makeReading, type Reading } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { Cell } from "./cell.tsx";
import { Chip } from "./chip.tsx";
import { Diamond } from "./diamond.tsx";
import { Disc } from "./disc.tsx";
import { edgeBetween } from "./edge-geometry.ts";
import { Hazard } from "./hazard.tsx";
import { Legend, type LegendEntry } from "./legend.tsx";
import { LensFrame } from "./lens-frame.tsx";
import { MarkDefinitions } from "./mark-definitions.tsx";
import { Message } from "./message.tsx";
import { MiniHistogram } from "./mini-histogram.tsx";
import { NumberLabel, NumberText } from "./number-text.tsx";
import { Pennant } from "./pennant.tsx";
import { NetBar, Pile } from "./pile.tsx";
import { Ribbon } from "./ribbon.tsx";
import { linearScale } from "./scales.ts";
import { BiasSquare, Target } from "./square.tsx";
import { Valve } from "./valve.tsx";

const known = (value: number, id = `known ${value}`): Reading => makeReading(id, null, "known", value);
const later = makeReading("later", null, "not-yet", 1);
const never = makeReading("never", null, "not-computed", 1);
const nan = known(Number.NaN);
const thin = known(0);

const level = edgeBetween({ x: 6, y: 36 }, { x: 104, y: 36 });
const slope = edgeBetween({ x: 6, y: 16 }, { x: 104, y: 56 });
const chain = [edgeBetween({ x: 6, y: 14 }, { x: 60, y: 56 }), edgeBetween({ x: 60, y: 56 }, { x: 104, y: 56 })];
const pileScale = linearScale(1, 30);
const terms = [known(0.5, "first"), known(-0.4, "second"), known(0.3, "third")];
const bandValues = Array.from({ length: 150 }, (_, index) => Math.sin(index * 7.3) ** 3 + 0.1);
const band = bandValues.map((value, index) => known(value, `band ${index}`));

const legendEntries: readonly LegendEntry[] = [
	{ kind: "weight" },
	{ kind: "bias" },
	{ kind: "message" },
	{ kind: "errorTerm" },
	{ kind: "valve", maximum: 0.25 },
	{ kind: "value", maximum: 1 },
	{ kind: "gradient" },
	{ kind: "terms" },
	{ kind: "target" },
	{ kind: "ghost" },
	{ kind: "band" },
	{ kind: "tiles", of: "value" },
	{ kind: "step" },
	{ kind: "gate" },
	{ kind: "window" },
	{ kind: "notYet" },
	{ kind: "notComputed" },
	{ kind: "notFinite" },
];

interface Specimen {
	readonly name: string;
	readonly drawing: ReactNode;
}

const specimens: readonly Specimen[] = [
	{ name: "disc", drawing: <Disc reading={known(0.734)} x={55} y={36} maximum={1} /> },
	{ name: "disc, focus", drawing: <Disc reading={known(-0.41)} x={55} y={36} maximum={1} focus /> },
	{ name: "disc, back", drawing: <Disc reading={known(0.593)} x={55} y={36} maximum={1} back /> },
	{ name: "disc, zero", drawing: <Disc reading={known(0)} x={55} y={36} maximum={1} /> },
	{ name: "disc, large", drawing: <Disc reading={known(1.67e174)} x={55} y={36} maximum={1} /> },
	{ name: "disc, not yet", drawing: <Disc reading={later} x={55} y={36} maximum={1} /> },
	{ name: "disc, next", drawing: <Disc reading={later} x={55} y={36} maximum={1} focus /> },
	{ name: "disc, not computed", drawing: <Disc reading={never} x={55} y={36} maximum={1} /> },
	{
		name: "disc, r 19 17 12",
		drawing: [19, 17, 12].map((r, index) => (
			<Disc key={r} reading={known(0.75)} x={24 + index * 36} y={36} r={r} maximum={1} />
		)),
	},
	{
		name: "hazard",
		drawing: [26, 17, 9].map((r, index) => <Hazard key={r} reading={nan} x={30 + index * 36} y={36} r={r} />),
	},
	{ name: "ribbon +", drawing: <Ribbon reading={known(1.2)} edge={slope} /> },
	{ name: "ribbon −", drawing: <Ribbon reading={known(-1.2)} edge={slope} /> },
	{ name: "ribbon, clamp", drawing: <Ribbon reading={known(-5)} edge={slope} /> },
	{ name: "ribbon, chain", drawing: <Ribbon reading={known(-0.4)} edge={chain} /> },
	{ name: "ribbon, back", drawing: <Ribbon reading={known(-1.2)} edge={slope} back /> },
	{ name: "ribbon, zero", drawing: <Ribbon reading={known(0)} edge={slope} /> },
	{ name: "ribbon, not yet", drawing: <Ribbon reading={later} edge={slope} /> },
	{
		name: "bias",
		drawing: (
			<>
				<Ribbon reading={known(0.7)} edge={edgeBetween({ x: 35, y: 36 }, { x: 104, y: 36 })} />
				<BiasSquare x={22} y={36} />
			</>
		),
	},
	{
		name: "message +",
		drawing: (
			<>
				<Ribbon reading={known(0.4)} edge={slope} />
				<Message reading={known(0.0554)} weight={known(0.4)} edge={slope} />
			</>
		),
	},
	{
		name: "message −",
		drawing: (
			<>
				<Ribbon reading={known(-1.5)} edge={level} />
				<Message reading={known(-0.2)} weight={known(-1.5)} edge={level} />
			</>
		),
	},
	{
		name: "message, half way",
		drawing: (
			<>
				<Ribbon reading={known(0.5)} edge={chain} back />
				<Message reading={known(-0.019)} weight={known(0.5)} edge={chain} t={0.5} />
			</>
		),
	},
	{ name: "message, back", drawing: <Message reading={known(0.2)} weight={thin} edge={slope} back /> },
	{ name: "message, not yet", drawing: <Message reading={later} weight={thin} edge={slope} /> },
	{ name: "pile and net", drawing: <PileSpecimen t={1} /> },
	{ name: "pile, half way", drawing: <PileSpecimen t={0.5} /> },
	{
		name: "pile, not yet",
		drawing: <Pile readings={[known(0.5), later]} scale={pileScale} x={40} y={44} />,
	},
	{
		name: "bars, level",
		drawing: (
			<>
				<NetBar reading={known(0.9)} scale={pileScale} x={55} y={8} width={14} direction="level" look="part" />
				<NetBar reading={known(-0.8)} scale={pileScale} x={55} y={28} width={14} direction="level" look="part" />
				<NetBar reading={known(0.1)} scale={pileScale} x={55} y={48} width={14} direction="level" />
			</>
		),
	},
	{ name: "δ up", drawing: <PennantSpecimen reading={known(0.138)} y={52} /> },
	{ name: "δ down", drawing: <PennantSpecimen reading={known(-0.0381)} y={22} /> },
	{ name: "δ tiny", drawing: <PennantSpecimen reading={known(0.0001)} y={44} /> },
	{ name: "δ not yet", drawing: <PennantSpecimen reading={later} y={48} /> },
	{
		name: "δ ghost",
		drawing: (
			<>
				<Pennant reading={known(0.138)} x={50} y={54} r={16} ghost />
				<PennantSpecimen reading={known(-0.02)} y={54} />
			</>
		),
	},
	{ name: "valve open", drawing: <ValveSpecimen value={0.5} slope={0.25} /> },
	{ name: "valve, half", drawing: <ValveSpecimen value={0.854} slope={0.125} /> },
	{ name: "valve, saturated", drawing: <ValveSpecimen value={0.99} slope={0.0099} /> },
	{ name: "valve, dead", drawing: <ValveSpecimen value={0} slope={0} /> },
	{ name: "valve, negative", drawing: <ValveSpecimen value={-0.1} slope={-0.1} /> },
	{ name: "valve, not yet", drawing: <Valve reading={later} maximum={0.25} x={55} y={36} r={17} /> },
	{
		name: "gradient",
		drawing: [0.9, -0.08, 0.002, 0].map((value, index) => (
			<Diamond key={value} reading={known(value)} x={18 + index * 26} y={36} />
		)),
	},
	{
		name: "gradient, unknown",
		drawing: (
			<>
				<Diamond reading={later} x={20} y={36} />
				<Diamond reading={never} x={46} y={36} />
				<Diamond reading={known(-0.3)} x={78} y={36} focus />
			</>
		),
	},
	{
		name: "target",
		drawing: (
			<>
				<Target reading={known(0.01)} x={28} y={36} />
				<Target reading={known(0.99)} x={82} y={36} focus />
			</>
		),
	},
	{
		name: "update",
		drawing: (
			<>
				<Ribbon reading={known(0.4)} edge={edgeBetween({ x: 6, y: 54 }, { x: 104, y: 54 })} ghost />
				<Ribbon reading={known(0.2)} edge={edgeBetween({ x: 6, y: 54 }, { x: 104, y: 54 })} />
				<Chip before={known(0.4)} after={known(0.3589)} x={62} y={24} />
			</>
		),
	},
	{ name: "chip, δ", drawing: <Chip before={known(0.00877)} after={known(-0.0163)} symbol="δ" x={72} y={36} /> },
	{ name: "number", drawing: <NumberLabel reading={known(-0.0381)} symbol="δ" x={55} y={40} /> },
	{
		name: "cells",
		drawing: [known(0.7514), known(-0.2171), later, never].map((reading, index) => (
			<Cell
				key={reading.id}
				reading={reading}
				x={index % 2 === 0 ? 2 : 58}
				y={index < 2 ? 4 : 38}
				width={52}
				height={30}
				maximum={1}
				focus={index === 0}
			/>
		)),
	},
	{
		name: "heat map",
		drawing: band
			.slice(0, 24)
			.map((reading, index) => (
				<Cell
					key={reading.id}
					reading={index === 20 ? nan : index > 20 ? later : reading}
					x={5 + (index % 6) * 17}
					y={3 + Math.floor(index / 6) * 17}
					width={15}
					height={15}
					maximum={1}
					bare
				/>
			)),
	},
	{ name: "band", drawing: <MiniHistogram values={bandValues} x={22} y={8} caption="+150" /> },
	{
		name: "lens",
		drawing: (
			<LensFrame x={2} y={2} width={130} height={68} title="f′" note="78 %">
				<Disc reading={known(0.734)} x={65} y={44} r={17} maximum={1} focus />
			</LensFrame>
		),
	},
];

function PileSpecimen({ t }: { readonly t: number }) {
	return (
		<>
			<line x1="8" x2="104" y1="44" y2="44" style={{ stroke: "var(--line2)" }} />
			<Pile readings={terms} scale={pileScale} x={20} y={44} labels={["1", "2", "3"]} t={t} />
			<NetBar reading={known(0.4)} scale={pileScale} x={64} y={44} t={t} />
		</>
	);
}

function PennantSpecimen({ reading, y }: { readonly reading: Reading; readonly y: number }) {
	return (
		<>
			<Disc reading={known(0.6)} x={50} y={y} r={16} maximum={1} bare />
			<Pennant reading={reading} x={50} y={y} r={16} />
		</>
	);
}

function ValveSpecimen({ value, slope: derivative }: { readonly value: number; readonly slope: number }) {
	return (
		<>
			<Valve reading={known(derivative)} maximum={0.25} x={55} y={36} r={17} />
			<Disc reading={known(value)} x={55} y={36} r={17} maximum={1} />
		</>
	);
}

/** Every mark in every state, for work on the marks and for their tests. */
export function MarksGallery({ texts }: { readonly texts: Catalogue["marks"] }) {
	const [explained, setExplained] = useState("");
	return (
		<div style={{ background: "var(--surface)", padding: 20 }}>
			<MarkDefinitions />
			<div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fill, 144px)", gap: "8px 10px" }}>
				{specimens.map(({ name, drawing }) => (
					<figure key={name} data-specimen={name}>
						<svg width="136" height="72" viewBox="0 0 136 72" aria-hidden="true" style={{ overflow: "visible" }}>
							{drawing}
						</svg>
						<figcaption style={{ fontSize: "var(--text-axis)", color: "var(--ink3)" }}>{name}</figcaption>
					</figure>
				))}
			</div>
			<p style={{ display: "flex", gap: 16, margin: "16px 0", alignItems: "baseline" }}>
				{[known(0.1385), known(-0.0392), known(5.5e231), later, never, nan].map((reading) => (
					<NumberText key={reading.id} reading={reading} coloured />
				))}
				<NumberText reading={known(-0.2)} coloured onExplain={({ id }) => setExplained(id)} />
				<output>{explained}</output>
			</p>
			<Legend entries={legendEntries} texts={texts} />
		</div>
	);
}
