import { memo } from "react";
import type { View } from "../../store/view.ts";
import type { PictureEmphasis } from "../marks/scene.ts";
import { Tiles } from "../marks/tiles.tsx";
import { hasError, unitLit } from "./emphasis.ts";
import type { NetworkLayout, PlacedColumn } from "./layout.ts";
import { MOST_DRAWN } from "./pixels.tsx";
import { blockOf } from "./readings.ts";
import { deltaMaximum, layerMaximum } from "./scales.ts";

export interface TileColumnsProps {
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly emphasis: PictureEmphasis;
}

/** Whether a column shows what comes back instead of what went forward: both would not be told apart as tiles. */
export function showsDelta(emphasis: PictureEmphasis, { group }: PlacedColumn): boolean {
	return hasError(emphasis, group);
}

/** The layers of very many units, painted below the drawing. */
export const TileColumns = memo(function TileColumns({ view, layout, emphasis }: TileColumnsProps) {
	const { structure } = view.timeline;
	const request = layout.lens?.request;
	return layout.columns.map((column) => {
		const { group, box, tiles } = column;
		if (box === null || tiles === null || group.units <= MOST_DRAWN) return null;
		const delta = showsDelta(emphasis, column);
		return (
			<Tiles
				key={group.index}
				block={blockOf(view, group, delta ? "diff" : "data")}
				geometry={tiles}
				maximum={delta ? deltaMaximum(view, group) : layerMaximum(view, group)}
				x={box.x}
				y={box.y}
				focus={request?.group === group ? request.unit : null}
				back={!unitLit(emphasis, structure, group, 0) && request?.group !== group}
			/>
		);
	});
});
