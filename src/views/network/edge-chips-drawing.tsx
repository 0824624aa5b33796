import { useMemo } from "react";
import { formatReading } from "../../explain/number-text.ts";
import type { View } from "../../store/view.ts";
import type { Point } from "../marks/edge-geometry.ts";
import { textWidth } from "../marks/fit-number.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { NumberLabel } from "../marks/number-text.tsx";
import { classes, drawnValue, signClass } from "../marks/reading-attributes.ts";
import type { PictureEmphasis } from "../marks/scene.ts";
import { type Bundle, type Connection, parameterReference } from "./connections.ts";
import { placeChips } from "./edge-chips.ts";
import type { Box, NetworkLayout } from "./layout.ts";
import styles from "./network.module.css";

/** More numbers than this on the edges of one picture would hide it. */
const MOST_IN_ALL = 24;
const MOST_IN_FOCUS = 6;
const FONT = 12;

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
	const wanted =
		layout.narrow ||
		(emphasis.errors === true && whole) ||
		emphasis.lit === "none" ||
		lit.length > (whole ? MOST_IN_ALL : MOST_IN_FOCUS)
			? NONE
			: lit;
	const total = bundle.drawn.length;
	const crowded = whole && (layout.columns.length > 4 || total > 12);
	const shown = crowded ? NONE : wanted;
	const style = { ...format, digits: 3, plus: !whole };
	const readings = shown.map((connection) =>
		view.read(parameterReference(structure, connection, view.cursor.iteration, emphasis.moment ?? "before")),
	);
	const texts = readings.map((reading) => formatReading(reading, style));
	const key = texts.join(" ");
	// biome-ignore lint/correctness/useExhaustiveDependencies: the chips' widths depend on their texts alone
	const chips = useMemo(
		() =>
			placeChips(
				shown.map(({ key, chain }, place) => ({
					key,
					chain,
					width: textWidth(texts[place] ?? "") * FONT + 18,
					height: 22,
				})),
				obstacles(bundle, layout),
				bundle.drawn.map(({ chain }) => chain),
				whole ? 0.36 : 0.55,
			),
		[shown, key, layout, bundle, whole],
	);
	return chips.map(({ key, x, y }, place) => {
		const reading = readings[place];
		if (reading === undefined) return null;
		const width = textWidth(texts[place] ?? "") * FONT + 18;
		return (
			<g key={key} className={classes(signClass(drawnValue(reading)), whole ? styles.chipQuiet : styles.chipLit)}>
				<rect x={x - width / 2} y={y - 11} width={width} height={22} rx={whole ? 11 : 6} />
				<NumberLabel reading={reading} x={x} y={y + 4.2} size={FONT} format={{ digits: 3, plus: !whole }} />
			</g>
		);
	});
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
