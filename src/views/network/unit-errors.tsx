import { useSettings } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { NumberLabel } from "../marks/number-text.tsx";
import { Pennant, SidePennant } from "../marks/pennant.tsx";
import { Valve } from "../marks/valve.tsx";
import { maximumSlope } from "./columns.ts";
import type { NetworkLayout, PlacedColumn, PlacedUnit } from "./layout.ts";
import { slopeReading, unitReference } from "./readings.ts";
import { deltaSymbol } from "./symbols.ts";

interface ErrorTermProps {
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly column: PlacedColumn;
	readonly placed: PlacedUnit;
	readonly lit: boolean;
	/** A small picture beside a scene has no room for numbers: the scene says them. */
	readonly numbers: boolean;
}

/** How far the valve of a unit is open. */
export function UnitValve({ view, column: { group }, placed: { unit, x, y, r }, lit }: ErrorTermProps) {
	const slope = slopeReading(view, group, unit);
	if (slope === null) return null;
	return <Valve reading={slope} maximum={maximumSlope(group) ?? 1} x={x} y={y} r={r} facing={0} back={!lit} />;
}

/** δ on the rim and, where there is room, in numbers. */
export function ErrorTerm({ view, layout, column, placed, lit, numbers }: ErrorTermProps) {
	const notation = useSettings((settings) => settings.notation);
	const { unit, x, y, r } = placed;
	// A valve lies round its disc.
	const ring = slopeReading(view, column.group, unit) === null ? r : r + 7;
	const reference = unitReference(view, column.group, "z", "diff", unit);
	const reading = view.read(reference);
	if (column.form === "compact" || r < 13) {
		// Beside the disc, where a row of small ones leaves no room above: the pole stands free.
		const inLens = layout.lens?.request.group === column.group && layout.lens.request.unit === unit;
		return (
			<g>
				<SidePennant
					reading={reading}
					x={x + ring + 8}
					y={y}
					height={r < 13 ? 16 : 26}
					back={!lit && !inLens && reading.status !== "known"}
				/>
				{numbers && layout.deltaX !== null && column.group.role === "output" && (
					<NumberLabel
						reading={reading}
						x={layout.deltaX + 62}
						y={y + 4}
						anchor="end"
						size={12.5}
						format={{ digits: 3 }}
					/>
				)}
			</g>
		);
	}
	const known = reading.status === "known";
	const up = !known || view.shown(reference) >= 0;
	const symbol = deltaSymbol(notation).base;
	return (
		<g>
			<Pennant reading={reading} x={x} y={y} r={ring} back={!lit} />
			{numbers && layout.crowded && !layout.narrow && (
				<NumberLabel
					reading={reading}
					x={x}
					y={up ? y - ring * 0.82 - 46 : y + ring * 0.82 + 56}
					size={10.5}
					format={{ digits: 2 }}
				/>
			)}
			{numbers && !layout.narrow && !layout.crowded && (
				<NumberLabel
					reading={reading}
					x={x + ring * 0.574 + 21}
					y={up ? y - ring * 0.82 - 13 : y + ring * 0.82 + 22}
					anchor="start"
					size={12}
					format={{ digits: 3 }}
					symbol={symbol}
				/>
			)}
		</g>
	);
}
