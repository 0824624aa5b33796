import { useMemo } from "react";
import type { View } from "../../store/view.ts";
import { Cell } from "../marks/cell.tsx";
import { signClass } from "../marks/reading-attributes.ts";
import { places } from "./columns.ts";
import type { PlacedColumn } from "./layout.ts";
import styles from "./network.module.css";
import { unitReading, unitReference } from "./readings.ts";

/** More cells than this are drawn as areas of like size and sign; each is still reached by the keyboard. */
const MOST_CELLS = 1024;
const LEVELS = 8;

/** A layer of very many units: one path for each level of each sign. */
function Levels({
	column: { box, group, across },
	view,
	maximum,
	size,
}: {
	readonly column: PlacedColumn;
	readonly view: View;
	readonly maximum: number;
	readonly size: number;
}) {
	const known = view.read(unitReference(view, group, "a", "data", group.units - 1)).status !== "not-yet";
	const paths = useMemo(() => {
		const found = new Map<number, string>();
		for (let unit = 0; unit < group.units; unit++) {
			const share = view.value(unitReference(view, group, "a", "data", unit)) / maximum;
			const level = Math.round(Math.max(-1, Math.min(1, share)) * LEVELS);
			if (level !== 0 && Number.isFinite(level)) {
				found.set(level, `${found.get(level) ?? ""}M${unit % across} ${Math.floor(unit / across)}h1v1h-1z`);
			}
		}
		return [...found];
	}, [view, group, across, maximum]);
	if (box === null) return null;
	if (!known) return <rect {...box} className={styles.hatchedArea} />;
	return (
		<g transform={`translate(${box.x} ${box.y}) scale(${size})`}>
			{paths.map(([level, path]) => (
				<path
					key={level}
					d={path}
					className={signClass(level)}
					style={{ fill: "var(--hue)", opacity: Math.abs(level) / LEVELS }}
				/>
			))}
		</g>
	);
}

/** A layer as an image or as tiles. */
export function Pixels({
	column,
	view,
	maximum,
	open,
}: {
	readonly column: PlacedColumn;
	readonly view: View;
	readonly maximum: number;
	/** The unit in the lens that stands beside. */
	readonly open: number | null;
}) {
	const { box, group, across } = column;
	if (box === null) return null;
	const size = box.width / across;
	return (
		<g>
			<rect x={box.x - 2} y={box.y - 2} width={box.width + 4} height={box.height + 4} className={styles.imageFrame} />
			{group.units > MOST_CELLS && <Levels column={column} view={view} maximum={maximum} size={size} />}
			{places(group.units > MOST_CELLS ? 0 : group.units).map((unit) => (
				<Cell
					key={unit}
					reading={unitReading(view, group, "a", "data", unit)}
					x={box.x + (unit % across) * size}
					y={box.y + Math.floor(unit / across) * size}
					width={size}
					height={size}
					maximum={maximum}
					bare
				/>
			))}
			{open !== null && (
				<rect
					x={box.x + (open % across) * size - 1}
					y={box.y + Math.floor(open / across) * size - 1}
					width={size + 2}
					height={size + 2}
					className={styles.openTile}
				/>
			)}
		</g>
	);
}
