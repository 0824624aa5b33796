import { memo } from "react";
import { formatNumber } from "../../explain/number-text.ts";
import { inspect } from "../../store/actions.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Cell } from "../marks/cell.tsx";
import { useNumberFormat } from "../marks/mark-context.ts";
import { placeTiles, type TileGeometry, tileBox } from "../marks/tile-geometry.ts";
import { Tiles } from "../marks/tiles.tsx";
import { largestWeight } from "./band-model.ts";
import { places } from "./columns.ts";
import { type Bundle, isDense, parameterReference } from "./connections.ts";
import type { Box, NetworkLayout } from "./layout.ts";
import styles from "./network.module.css";
import parts from "./parts.module.css";
import { MOST_DRAWN } from "./pixels.tsx";
import { unitLabel } from "./symbols.ts";

interface WeightsMap {
	readonly bundle: Bundle;
	readonly unit: number;
	readonly box: Box;
	/** As the image lies that they weigh; of a window as many maps as it reaches through. */
	readonly tiles: TileGeometry;
	/** The first of them in the layer's weights. */
	readonly first: number;
}

const SIZE = 104;
const HEAD = 44;

/** The weights into one unit, as they are stored one after the other; null where they are not. */
function rowOf({ source, target }: Bundle, unit: number) {
	const [weight] = target.group.head.run.parameters;
	if (weight === undefined || source.tiles === null || target.group.head.run.settings.transpose === true) return null;
	if (isDense(target.group)) {
		const { maps, rows, columns, count } = source.tiles;
		return { shape: { maps, rows, columns, count }, first: unit * count };
	}
	if (target.group.head.type !== "Convolution" || weight.shape.length !== 4) return null;
	const [channels, maps, rows, columns] = weight.shape;
	const count = maps * rows * columns;
	return { shape: { maps, rows, columns, count }, first: Math.floor(unit / (target.group.units / channels)) * count };
}

/** The weights from an image into the unit in the lens, as an image of their own, below it. */
export function weightsMapOf(layout: NetworkLayout, bundles: readonly Bundle[]): WeightsMap | null {
	const { lens } = layout;
	if (lens === null || layout.narrow) return null;
	const bundle = bundles.find(({ source, target }) => target.group === lens.request.group && source.box !== null);
	const image = bundle?.source.box;
	if (bundle === undefined || image == null) return null;
	const { unit } = lens.request;
	const row = rowOf(bundle, unit);
	const y = image.y + image.height + HEAD;
	const width = Math.min(SIZE, bundle.source.half * 2);
	if (row === null || y + width + 26 > layout.biasY - 14) return null;
	const tiles = placeTiles(row.shape, { width, height: layout.biasY - 40 - y });
	const box = { x: bundle.source.x - tiles.width / 2, y, width: tiles.width, height: tiles.height };
	return { bundle, unit, tiles, first: row.first, box };
}

export interface WeightsMapProps {
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly bundles: readonly Bundle[];
}

/** Weights that are too many to be drawn one by one. */
export const WeightsTiles = memo(function WeightsTiles({ view, layout, bundles }: WeightsMapProps) {
	const map = weightsMapOf(layout, bundles);
	if (map === null || map.tiles.count <= MOST_DRAWN) return null;
	const { bundle, tiles, first, box } = map;
	const place = { layer: bundle.target.group.head.name, slot: 0, index: first };
	const reference = parameterReference(view.timeline.structure, place, view.cursor.iteration);
	return (
		<Tiles
			block={view.block(reference, tiles.count)}
			geometry={tiles}
			maximum={largestWeight(view, bundle)}
			x={box.x}
			y={box.y}
			onExplain={inspect}
		/>
	);
});

export const WeightsMapDrawing = memo(function WeightsMapDrawing({ view, layout, bundles }: WeightsMapProps) {
	const text = useText();
	const notation = useSettings((settings) => settings.notation);
	const format = useNumberFormat();
	const map = weightsMapOf(layout, bundles);
	if (map === null) return null;
	const { bundle, unit, box, tiles, first } = map;
	const maximum = largestWeight(view, bundle);
	const { structure } = view.timeline;
	const { name: layer } = bundle.target.group.head;
	const reference = (index: number) => parameterReference(structure, { layer, slot: 0, index }, view.cursor.iteration);
	return (
		<g>
			<text x={box.x + box.width / 2} y={box.y - 11} className={styles.columnName}>
				{isDense(bundle.target.group) ? text.stage.weightsInto(unitLabel(notation, unit)) : text.layers.panel.kernel}
			</text>
			<rect x={box.x - 2} y={box.y - 2} width={box.width + 4} height={box.height + 4} className={parts.imageFrame} />
			{places(tiles.count > MOST_DRAWN ? 0 : tiles.count).map((input) => {
				const { x, y, width } = tileBox(tiles, input);
				return (
					<Cell
						key={input}
						reading={view.read(reference(first + input))}
						x={box.x + x}
						y={box.y + y}
						width={width}
						height={width}
						maximum={maximum}
						bare
					/>
				);
			})}
			<text x={box.x + box.width / 2} y={box.y + box.height + 19} className={styles.note}>
				{`−${formatNumber(maximum, { ...format, digits: 2 })} … +${formatNumber(maximum, { ...format, digits: 2 })}`}
			</text>
		</g>
	);
});
