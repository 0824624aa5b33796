import { memo, type ReactNode } from "react";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import { Cell } from "../marks/cell.tsx";
import { Disc } from "../marks/disc.tsx";
import { Message } from "../marks/message.tsx";
import { NumberLabel } from "../marks/number-text.tsx";
import { Pennant } from "../marks/pennant.tsx";
import { Ribbon } from "../marks/ribbon.tsx";
import type { PictureEmphasis } from "../marks/scene.ts";
import { BiasSquare, Target } from "../marks/square.tsx";
import { Valve } from "../marks/valve.tsx";
import { isLabel, maximumSlope, places, targetGroup } from "./columns.ts";
import { type Bundle, type Connection, parameterReference } from "./connections.ts";
import type { NetworkLayout, PlacedColumn, PlacedUnit } from "./layout.ts";
import { columnSymbol, deltaSymbol, MathText, unitLabel } from "./math-text.tsx";
import { columnName } from "./names.ts";
import styles from "./network.module.css";
import { discReading, messageReading, slopeReading, unitReading, unitReference } from "./readings.ts";
import { layerMaximum } from "./scales.ts";

export interface NetworkPictureProps {
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly bundles: readonly Bundle[];
	readonly emphasis: PictureEmphasis;
	/** Drawn under the discs and over the edges. */
	readonly children?: ReactNode;
}

/** The net's picture without what moves: layers as columns, parameters as ribbons, values as discs. */
export const NetworkPicture = memo(function NetworkPicture({
	view,
	layout,
	bundles,
	emphasis,
	children,
}: NetworkPictureProps) {
	return (
		<g data-picture="network">
			{!layout.narrow && <Heads view={view} layout={layout} errors={emphasis.errors === true} />}
			{bundles.map((bundle) => (
				<BundleDrawing
					key={`${bundle.source.group.index}-${bundle.target.group.index}`}
					{...{ bundle, view, layout, emphasis }}
				/>
			))}
			{layout.columns.map((column) =>
				column.bias === null ? null : (
					<g key={column.group.index}>
						<BiasSquare
							x={column.bias.x}
							y={column.bias.y}
							size={layout.narrow ? 20 : 26}
							back={!biasLit(emphasis, view, column)}
						/>
						{emphasis.lit === "all" && !layout.narrow && <AlwaysOne x={column.bias.x} y={column.bias.y + 29} />}
					</g>
				),
			)}
			{layout.columns.map((column) => (
				<ColumnDrawing key={column.group.index} {...{ column, view, layout, emphasis }} />
			))}
			<Targets view={view} layout={layout} emphasis={emphasis} />
			{children}
		</g>
	);
});

function AlwaysOne({ x, y }: { readonly x: number; readonly y: number }) {
	const texts = useText().stage;
	return (
		<text x={x} y={y} className={styles.note}>
			{texts.always}
		</text>
	);
}

function Heads({
	view,
	layout,
	errors,
}: {
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly errors: boolean;
}) {
	const texts = useText().stage;
	const notation = useSettings((settings) => settings.notation);
	const image = view.experiment.data.card.kind === "image" ? view.experiment.data.card : null;
	const { structure } = view.timeline;
	const crowded = layout.columns.length > 6;
	const target = targetGroup(structure);
	return (
		<g>
			{layout.columns.map((column, place) => {
				const boxed = column.form === "image" && column.box !== null;
				const y = boxed && column.box !== null ? column.box.y - 32 : 18;
				return (
					<g key={column.group.index}>
						{(!crowded || place === 0 || place === layout.columns.length - 1) && (
							<text x={column.x} y={y} className={styles.columnName}>
								{columnName(texts, structure, column.group, image)}
							</text>
						)}
						<MathText
							parts={columnSymbol(
								notation,
								column.group,
								place,
								errors && column.group.hasDelta && column.group.role !== "input" ? "a" : "a",
							)}
							x={column.x}
							y={y + 19}
							size={13}
						/>
					</g>
				);
			})}
			{layout.targetX !== null && target !== null && (
				<>
					<text x={layout.targetX} y={18} className={styles.columnName}>
						{isLabel(structure, target) ? texts.targetClass : texts.target}
					</text>
					<MathText
						parts={
							notation === "ufldl"
								? [{ base: "y" }]
								: [{ base: target.head.topNames[target.slot] ?? "y", upright: true }]
						}
						x={layout.targetX}
						y={37}
						size={13}
					/>
				</>
			)}
		</g>
	);
}

function edgeLit(emphasis: PictureEmphasis, { source, target }: Pick<Connection, "source" | "target">): boolean {
	const { lit } = emphasis;
	if (lit === "all" || lit === "none") return lit === "all";
	const same = (unit: number) => lit.unit === "all" || lit.unit === unit;
	return lit.side === "in"
		? lit.group === target.group && same(target.unit)
		: source !== null && lit.group === source.group && same(source.unit);
}

function unitLit(emphasis: PictureEmphasis, view: View, group: Group, unit: number): boolean {
	const { lit } = emphasis;
	if (lit === "all" || lit === "none") return lit === "all";
	if (lit.group === group) return lit.unit === "all" || lit.unit === unit;
	const { structure } = view.timeline;
	return (lit.side === "in" ? structure.sourceGroups(lit.group) : structure.consumers(lit.group)).includes(group);
}

function biasLit(emphasis: PictureEmphasis, view: View, column: PlacedColumn): boolean {
	const { lit } = emphasis;
	if (lit === "all" || lit === "none") return lit === "all";
	return lit.side === "in" && view.timeline.structure.sourceGroups(lit.group).includes(column.group);
}

interface PartProps {
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly emphasis: PictureEmphasis;
}

const BundleDrawing = memo(function BundleDrawing({
	bundle,
	view,
	layout,
	emphasis,
}: PartProps & { readonly bundle: Bundle }) {
	const { structure } = view.timeline;
	const back = bundle.drawn.filter((connection) => !edgeLit(emphasis, connection));
	const lit = bundle.drawn.filter((connection) => edgeLit(emphasis, connection));
	const reading = (connection: Connection) =>
		view.read(parameterReference(structure, connection, view.cursor.iteration, emphasis.moment));
	return (
		<g>
			{bundle.rest.weights > 0 && <Band bundle={bundle} layout={layout} />}
			{back.map((connection) => (
				<Ribbon key={connection.key} reading={reading(connection)} edge={connection.chain} back />
			))}
			{emphasis.errors === true &&
				emphasis.quiet !== true &&
				back.map((connection) => <PastMessage key={connection.key} {...{ connection, view }} />)}
			{lit.map((connection) => (
				<Ribbon key={connection.key} reading={reading(connection)} edge={connection.chain} />
			))}
		</g>
	);
});

/** A message that an earlier step of this iteration carried back: pale, beside its weight. */
function PastMessage({ connection, view }: { readonly connection: Connection; readonly view: View }) {
	const { source, target } = connection;
	if (source === null || !source.group.hasDelta || source.group.role === "input") return null;
	if (view.read(unitReference(view, source.group, "z", "diff", source.unit)).status !== "known") return null;
	const reference = parameterReference(view.timeline.structure, connection, view.cursor.iteration);
	const delta = unitReference(view, target.group, "z", "diff", target.unit);
	return (
		<Message
			reading={messageReading(view, reference, delta)}
			weight={view.read(reference)}
			edge={connection.chain}
			back
		/>
	);
}

/** The grey body of edges that are too many to draw one by one. */
function Band({ bundle: { source, target }, layout }: { readonly bundle: Bundle; readonly layout: NetworkLayout }) {
	const left = source.x + (source.box === null ? source.r + 8 : source.box.width / 2 + 3);
	const right = target.x - (target.box === null ? target.r + 12 : target.box.width / 2 + 3);
	const from = extent(source, layout);
	const to = extent(target, layout);
	const middle = (left + right) / 2;
	return (
		<path
			data-mark="band"
			className={styles.band}
			d={`M${left} ${from.top}C${middle} ${from.top} ${middle} ${to.top} ${right} ${to.top}V${to.bottom}C${middle} ${to.bottom} ${middle} ${from.bottom} ${left} ${from.bottom}Z`}
		/>
	);
}

function extent(column: PlacedColumn, layout: NetworkLayout) {
	if (column.box !== null) return { top: column.box.y, bottom: column.box.y + column.box.height };
	const first = column.units[0];
	const last = column.units.at(-1);
	return { top: (first?.y ?? layout.top) - column.r, bottom: (last?.y ?? layout.bottom) + column.r };
}

const ColumnDrawing = memo(function ColumnDrawing({
	column,
	view,
	layout,
	emphasis,
}: PartProps & { readonly column: PlacedColumn }) {
	const maximum = layerMaximum(view, column.group);
	if (column.box !== null) return <Pixels column={column} view={view} maximum={maximum} emphasis={emphasis} />;
	return (
		<g>
			{column.units.map((placed) => {
				if (placed.open) return null;
				return <UnitDrawing key={placed.unit} {...{ placed, column, view, layout, emphasis, maximum }} />;
			})}
		</g>
	);
});

interface UnitDrawingProps extends PartProps {
	readonly placed: PlacedUnit;
	readonly column: PlacedColumn;
	readonly maximum: number;
}

function UnitDrawing({ placed, column, view, layout, emphasis, maximum }: UnitDrawingProps) {
	const notation = useSettings((settings) => settings.notation);
	const texts = useText().stage;
	const { group } = column;
	const { unit, x, y, r } = placed;
	const lit = unitLit(emphasis, view, group, unit);
	const next = emphasis.next?.group === group && emphasis.next.unit === unit;
	const inLens = layout.lens?.request.group === group && layout.lens.request.unit === unit;
	const slope =
		emphasis.errors === true && group.role !== "input" && group.hasDelta ? slopeReading(view, group, unit) : null;
	const steepest = maximumSlope(group) ?? 1;
	const delta =
		emphasis.errors === true && group.role !== "input" && group.hasDelta
			? unitReference(view, group, "z", "diff", unit)
			: null;
	const ring = slope === null ? r : r + 7;
	const labelled = column.form === "compact" && !layout.narrow && group.role === "hidden";
	return (
		<g>
			{slope !== null && <Valve reading={slope} maximum={steepest} x={x} y={y} r={r} facing={0} back={!lit} />}
			<Disc
				reading={discReading(view, group, unit)}
				x={x}
				y={y}
				r={r}
				maximum={maximum}
				focus={(lit && emphasis.lit !== "all") || inLens || (emphasis.lit === "all" && group.role === "input")}
				back={!lit}
				bare={r < 11}
			/>
			{delta !== null && (
				<DeltaFlag
					{...{
						view,
						reference: delta,
						x,
						y,
						r: ring,
						lit,
						compact: column.form !== "discs",
						narrow: layout.narrow,
						unit: r,
					}}
				/>
			)}
			{next && (
				<g>
					<circle cx={x} cy={y} r={r + 7} className={styles.nextRing} />
					<path d={`M${x - 5} ${y - r - 16}h10l-5 6z`} className={styles.nextPlate} />
					<rect x={x - 26} y={y - r - 38} width={52} height={23} rx={9} className={styles.nextPlate} />
					<text x={x} y={y - r - 22} className={styles.nextText}>
						{texts.next}
					</text>
				</g>
			)}
			{labelled && (
				<text x={x - ring - 6} y={y + 4} className={`${lit ? styles.noteStrong : styles.note} ${styles.end}`}>
					{unitLabel(notation, unit)}
				</text>
			)}
			{group.role === "input" && emphasis.lit === "all" && !layout.narrow && column.form === "discs" && (
				<MathText
					parts={notation === "ufldl" ? [{ base: "x", below: unitLabel(notation, unit) }] : [`[${unit}]`]}
					x={x - r - 18}
					y={y + 4}
					size={14}
				/>
			)}
		</g>
	);
}

interface DeltaFlagProps {
	readonly view: View;
	readonly reference: ReturnType<typeof unitReference>;
	readonly x: number;
	readonly y: number;
	readonly r: number;
	readonly lit: boolean;
	readonly compact: boolean;
	readonly narrow: boolean;
	readonly unit: number;
}

/** δ on the rim and, where there is room, in numbers. */
function DeltaFlag({ view, reference, x, y, r, lit, compact, narrow, unit }: DeltaFlagProps) {
	const notation = useSettings((settings) => settings.notation);
	const reading = view.read(reference);
	const up = reading.status !== "known" || view.shown(reference) >= 0;
	const symbol = deltaSymbol(notation).base;
	if (compact && unit < 15) return <Pennant reading={reading} x={x + 4} y={y + r * 0.6} r={r - 2} back={!lit} />;
	const place = compact
		? { x: x + r + 22, y: y + 4 }
		: { x: x + r * 0.57 + 21, y: up ? y - r * 0.82 - 16 : y + r * 0.82 + 24 };
	return (
		<g>
			<Pennant reading={reading} x={x} y={y} r={r} back={!lit} />
			{!narrow && (
				<NumberLabel reading={reading} {...place} anchor="start" size={12} format={{ digits: 3 }} symbol={symbol} />
			)}
		</g>
	);
}

function Pixels({
	column,
	view,
	maximum,
}: {
	readonly column: PlacedColumn;
	readonly view: View;
	readonly maximum: number;
	readonly emphasis: PictureEmphasis;
}) {
	const { box, group } = column;
	const { card } = view.experiment.data;
	if (box === null) return null;
	const across = card.kind === "image" && group.role === "input" ? card.width : Math.ceil(Math.sqrt(group.units));
	const size = box.width / across;
	return (
		<g>
			<rect x={box.x - 2} y={box.y - 2} width={box.width + 4} height={box.height + 4} className={styles.imageFrame} />
			{places(group.units).map((unit) => (
				<Cell
					key={unit}
					reading={unitReading(view, group, "a", "data", unit)}
					x={box.x + (unit % across) * size + 0.5}
					y={box.y + Math.floor(unit / across) * size + 0.5}
					width={size - 1}
					height={size - 1}
					maximum={maximum}
					bare
				/>
			))}
		</g>
	);
}

function Targets({ view, layout, emphasis }: PartProps) {
	const { structure } = view.timeline;
	const target = targetGroup(structure);
	const output = layout.columns.findLast(({ group }) => group.role === "output");
	if (target === null || output === undefined) return null;
	const labelled = isLabel(structure, target);
	const { lens } = layout;
	return (
		<g>
			{layout.targets.map((placed) => {
				const reading = unitReading(view, target, "a", "data", labelled ? 0 : placed.unit);
				const facing = output.units[placed.unit];
				const open = facing?.open === true && lens !== null;
				const lit = unitLit(emphasis, view, output.group, placed.unit) && emphasis.lit !== "none";
				const focus =
					emphasis.lit === "all" || (lit && typeof emphasis.lit === "object" && emphasis.lit.group === output.group);
				const from = open && lens !== null ? lens.x + lens.width : (facing?.x ?? 0) + (facing?.r ?? 0) + 8;
				const wanted = !labelled || labelOf(view, target) === placed.unit;
				return (
					<g key={placed.unit}>
						{!labelled && (
							<line
								x1={from}
								x2={placed.x - placed.size / 2}
								y1={placed.y}
								y2={placed.y}
								className={open ? styles.tieFocus : styles.tie}
							/>
						)}
						{wanted ? (
							<Target
								reading={reading}
								x={placed.x}
								y={placed.y}
								size={placed.size}
								focus={focus || labelled}
								back={!focus}
							/>
						) : (
							<text x={placed.x} y={placed.y + 4} className={styles.note}>
								{placed.unit}
							</text>
						)}
					</g>
				);
			})}
			{layout.narrow &&
				!labelled &&
				output.units.map(({ unit, x, y, r, open }) =>
					open ? null : (
						<NumberLabel
							key={unit}
							reading={unitReading(view, target, "a", "data", unit)}
							x={Math.min(x, layout.width - 24)}
							y={y + r + 22}
							size={11}
							coloured={false}
							symbol="y ="
						/>
					),
				)}
		</g>
	);
}

/** Which class a label names: decides which row of the picture is marked. */
function labelOf(view: View, target: Group): number {
	return Math.trunc(view.value(unitReference(view, target, "a", "data", 0)));
}
