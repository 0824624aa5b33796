import type { View } from "../../store/view.ts";
import { Cell } from "../marks/cell.tsx";
import { tileBox } from "../marks/tile-geometry.ts";
import { places } from "./columns.ts";
import type { PlacedColumn } from "./layout.ts";
import styles from "./parts.module.css";
import { unitReading } from "./readings.ts";

/** More cells than this are painted, not drawn one by one. */
export const MOST_DRAWN = 64;

/** A layer as an image or as tiles: the cells of a small one; of a large one the frame round what is painted. */
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
	const { box, group, tiles } = column;
	if (box === null || tiles === null) return null;
	const openBox = open === null || group.units > MOST_DRAWN ? null : tileBox(tiles, open);
	return (
		<g>
			{tiles.maps === 1 && (
				<rect x={box.x - 2} y={box.y - 2} width={box.width + 4} height={box.height + 4} className={styles.imageFrame} />
			)}
			{places(group.units > MOST_DRAWN ? 0 : group.units).map((unit) => {
				const { x, y, width } = tileBox(tiles, unit);
				return (
					<Cell
						key={unit}
						reading={unitReading(view, group, "a", "data", unit)}
						x={box.x + x}
						y={box.y + y}
						width={width}
						height={width}
						maximum={maximum}
						bare
					/>
				);
			})}
			{openBox !== null && (
				<rect
					x={box.x + openBox.x - 1}
					y={box.y + openBox.y - 1}
					width={openBox.width + 2}
					height={openBox.width + 2}
					className={styles.openTile}
				/>
			)}
		</g>
	);
}
