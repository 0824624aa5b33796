import { useMemo } from "react";
import { formatReading } from "../../explain/number-text.ts";
import type { View } from "../../store/view.ts";
import { type Chain, edgesOf, type Point } from "../marks/edge-geometry.ts";
import { textWidth } from "../marks/fit-number.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { NumberLabel } from "../marks/number-text.tsx";
import { classes, drawnValue, signClass } from "../marks/reading-attributes.ts";
import { ribbonWidth } from "../marks/scales.ts";
import type { PictureEmphasis } from "../marks/scene.ts";
import { type Bundle, type Connection, parameterReference } from "./connections.ts";
import { type ChipRequest, placeChips } from "./edge-chips.ts";
import type { Box, NetworkLayout } from "./layout.ts";
import styles from "./network.module.css";

/** More numbers than this on the edges of one picture would hide it. */
const MOST_IN_ALL = 24;
const MOST_IN_FOCUS = 6;
const FONT = 12;
/** What a number on its plate covers, and how much of the room between two layers all of them may. */
const CHIP = 56 * 22;
const MOST_COVERED = 0.2;

export interface EdgeChipsProps {
	readonly bundle: Bundle;
	readonly lit: readonly Connection[];
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly emphasis: PictureEmphasis;
}

/** The numbers of the edges in focus, on the edges. */
export function EdgeChips({ bundle, lit, view, layout, emphasis }: EdgeChipsProps) {
	const format = useNumberFormat();
	const { structure } = view.timeline;
	const whole = emphasis.lit === "all";
	// Beside an edge that a message runs along, the weight's number stands on the free side.
	const beside = typeof emphasis.lit === "object" && emphasis.lit.side === "out";
	const wanted =
		layout.narrow ||
		(emphasis.errors === true && whole) ||
		emphasis.lit === "none" ||
		lit.length > (whole ? MOST_IN_ALL : MOST_IN_FOCUS)
			? NONE
			: lit;
	const total = bundle.drawn.length;
	const span = Math.max(1, bundle.target.x - bundle.source.x) * Math.max(1, layout.bottom - layout.top);
	const crowded = whole && (layout.columns.length > 4 || total > 12 || total * CHIP > MOST_COVERED * span);
	const style = { ...format, digits: 3, plus: !whole };
	const widthOf = (connection: Connection) => {
		const reference = parameterReference(structure, connection, view.cursor.iteration, emphasis.moment ?? "before");
		return textWidth(formatReading(view.read(reference), style)) * FONT + (beside ? 4 : 18);
	};
	// An edge shorter than its number has no room for it.
	const shown = crowded ? NONE : wanted.filter((connection) => spanOf(connection.chain) > widthOf(connection) + 12);
	const readings = shown.map((connection) =>
		view.read(parameterReference(structure, connection, view.cursor.iteration, emphasis.moment ?? "before")),
	);
	const requests = shown.map((connection, place): ChipRequest => {
		const { key, chain } = connection;
		const weight = readings[place] === undefined ? 0 : (drawnValue(readings[place]) ?? 0);
		const drop = beside ? 11 + ribbonWidth(weight) / 2 : 0;
		return { key, chain, drop, width: widthOf(connection), height: beside ? 16 : 22 };
	});
	const signature = requests.map(({ key, width, drop }) => `${key} ${width} ${drop}`).join();
	// biome-ignore lint/correctness/useExhaustiveDependencies: the requests are what their signature says
	const chips = useMemo(
		() =>
			placeChips(
				requests,
				obstacles(bundle, layout),
				bundle.drawn.map(({ chain }) => chain),
				whole ? 0.36 : 0.55,
			),
		[signature, layout, bundle, whole],
	);
	return chips.map(({ key, x, y }, place) => {
		const reading = readings[place];
		const width = requests[place]?.width ?? 0;
		if (reading === undefined) return null;
		return (
			<g
				key={key}
				className={classes(
					signClass(drawnValue(reading)),
					beside ? styles.chipBare : whole ? styles.chipQuiet : styles.chipLit,
				)}
			>
				{!beside && <rect x={x - width / 2} y={y - 11} width={width} height={22} rx={whole ? 11 : 6} />}
				<NumberLabel reading={reading} x={x} y={y + 4.2} size={FONT} format={{ digits: 3, plus: !whole && !beside }} />
			</g>
		);
	});
}

/** How far an edge runs across. */
function spanOf(chain: Chain): number {
	const edges = edgesOf(chain);
	return (edges.at(-1)?.to.x ?? 0) - (edges[0]?.from.x ?? 0);
}

const NONE: readonly Connection[] = [];

/** Discs, "+1" and lens: what a chip must not cover. */
function obstacles({ source, target }: Bundle, layout: NetworkLayout): readonly Box[] {
	const around = ({ x, y }: Point, half: number): Box => ({
		x: x - half,
		y: y - half,
		width: 2 * half,
		height: 2 * half,
	});
	const units = [source, target].flatMap((column) => [
		...(column.box === null ? [] : [column.box]),
		...column.units.map((unit) => around(unit, unit.r + 6)),
	]);
	return [
		...units,
		...(source.bias === null ? [] : [around(source.bias, 16)]),
		...(layout.lens === null ? [] : [layout.lens]),
	];
}
