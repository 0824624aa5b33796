import type { Bundle } from "./connections.ts";
import type { NetworkLayout, PlacedColumn } from "./layout.ts";
import styles from "./parts.module.css";

interface Extent {
	readonly top: number;
	readonly bottom: number;
}

/** The grey body of edges that are too many to draw one by one. */
export function Band({
	bundle: { source, target },
	layout,
}: {
	readonly bundle: Bundle;
	readonly layout: NetworkLayout;
}) {
	const left = rightRim(source);
	const right = leftRim(target);
	if (right <= left) return null;
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

export function rightRim(column: PlacedColumn): number {
	return column.x + (column.box === null ? column.r + (column.form === "strip" ? 10 : 12) : column.box.width / 2 + 3);
}

export function leftRim(column: PlacedColumn): number {
	return column.x - (column.box === null ? column.r + (column.form === "strip" ? 10 : 12) : column.box.width / 2 + 3);
}

export function extent(column: PlacedColumn, layout: NetworkLayout): Extent {
	if (column.box !== null) return { top: column.box.y, bottom: column.box.y + column.box.height };
	const first = column.units[0];
	const last = column.units.at(-1);
	return { top: (first?.y ?? layout.top) - column.r, bottom: (last?.y ?? layout.bottom) + column.r };
}
