import { memo, useMemo } from "react";
import { formatNumber } from "../../explain/number-text.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Cell } from "../marks/cell.tsx";
import { useNumberFormat } from "../marks/mark-context.ts";
import { largestWeight, weightsInto } from "./band-model.ts";
import type { Bundle } from "./connections.ts";
import type { Box, NetworkLayout } from "./layout.ts";
import styles from "./network.module.css";
import { unitLabel } from "./symbols.ts";

export interface WeightsMap {
	readonly bundle: Bundle;
	readonly unit: number;
	readonly box: Box;
}

const SIZE = 104;
const HEAD = 44;

/** The weights from an image into the unit in the lens, as an image of their own, below it. */
export function weightsMapOf(layout: NetworkLayout, bundles: readonly Bundle[]): WeightsMap | null {
	const { lens } = layout;
	if (lens === null || layout.narrow) return null;
	const bundle = bundles.find(({ source, target }) => target.group === lens.request.group && source.box !== null);
	const image = bundle?.source.box;
	if (bundle === undefined || image == null) return null;
	const y = image.y + image.height + HEAD;
	if (y + SIZE + 26 > layout.biasY - 14) return null;
	return {
		bundle,
		unit: lens.request.unit,
		box: { x: bundle.source.x - SIZE / 2, y, width: SIZE, height: (SIZE * image.height) / image.width },
	};
}

export const WeightsMapDrawing = memo(function WeightsMapDrawing({
	view,
	map: { bundle, unit, box },
}: {
	readonly view: View;
	readonly map: WeightsMap;
}) {
	const texts = useText().stage;
	const notation = useSettings((settings) => settings.notation);
	const format = useNumberFormat();
	const maximum = useMemo(() => largestWeight(view, bundle), [view, bundle]);
	const image = bundle.source.box;
	const size = box.width / bundle.source.across;
	if (image === null) return null;
	return (
		<g>
			<text x={box.x + box.width / 2} y={box.y - 11} className={styles.columnName}>
				{texts.weightsInto(unitLabel(notation, unit))}
			</text>
			<rect x={box.x - 2} y={box.y - 2} width={box.width + 4} height={box.height + 4} className={styles.imageFrame} />
			{weightsInto(view, bundle, unit).map(({ input, reading }) => (
				<Cell
					key={input}
					reading={reading}
					x={box.x + (input % bundle.source.across) * size}
					y={box.y + Math.floor(input / bundle.source.across) * size}
					width={size}
					height={size}
					maximum={maximum}
					bare
				/>
			))}
			<text x={box.x + box.width / 2} y={box.y + box.height + 19} className={styles.note}>
				{`−${formatNumber(maximum, { ...format, digits: 2 })} … +${formatNumber(maximum, { ...format, digits: 2 })}`}
			</text>
		</g>
	);
});
