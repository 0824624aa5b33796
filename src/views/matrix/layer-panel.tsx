import type { ReactNode } from "react";
import type { ScalarReference } from "../../engine/reference.ts";
import { subjectText } from "../../explain/reading.ts";
import { inspect } from "../../store/actions.ts";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { groupScalar } from "../../timeline/structure.ts";
import { NumberText } from "../marks/number-text.tsx";
import { placeTiles, type TileShape } from "../marks/tile-geometry.ts";
import { blockMaximumOf, Tiles } from "../marks/tiles.tsx";
import { unitBase } from "../timeline/names.ts";
import { GatesTable } from "./gates-table.tsx";
import styles from "./layer.module.css";
import { UnitPicker } from "./unit-picker.tsx";
import { type LayerSpot, ownMap, windowModel } from "./window-model.ts";

const open = (reading: { readonly subject: Parameters<typeof inspect>[0] | null }) => {
	if (reading.subject !== null) inspect(reading.subject);
};

/** A layer of windows or of time steps, by one of its units: what it sees, what weighs it, what comes of it. */
export function LayerPanel({ view, spot }: { readonly view: View; readonly spot: LayerSpot }) {
	const steps = spot.group.head.definition.steps !== null;
	return (
		<div className={styles.layer} data-panel="layer">
			<UnitPicker view={view} spot={spot} />
			<div className={styles.parts}>
				{steps ? <GatesTable view={view} spot={spot} /> : <WindowParts view={view} spot={spot} />}
			</div>
		</div>
	);
}

const ROOM = { width: 168, height: 168 };

function WindowParts({ view, spot }: { readonly view: View; readonly spot: LayerSpot }) {
	const { panel } = useText().layers;
	const model = windowModel(view, spot);
	const map = ownMap(view, spot);
	const back = spot.side === "diff";
	const at = { iteration: view.cursor.iteration, pass: view.pass, side: spot.side } as const;
	const own: ScalarReference = groupScalar(spot.group, back ? "a" : "z", at, spot.sample, spot.unit);
	return (
		<>
			{model !== null && (
				<Part title={back ? panel.back : panel.under}>
					<BlockTiles block={model.values} shape={model.shape} />
				</Part>
			)}
			{model?.weights != null && (
				<>
					<Sign>×</Sign>
					<Part title={back ? panel.by : panel.kernel}>
						<BlockTiles block={model.weights} shape={model.shape} />
					</Part>
				</>
			)}
			<Sign>→</Sign>
			<Part title={map === null ? panel.output : panel.map(map.channel + unitBase(view.notation))}>
				{map !== null && <BlockTiles block={map.block} shape={map.shape} focus={map.place} />}
				<p className={styles.result} data-focus={subjectText(own)}>
					<NumberText reading={view.read(own)} coloured onExplain={open} />
				</p>
			</Part>
		</>
	);
}

interface BlockTilesProps {
	readonly block: Parameters<typeof Tiles>[0]["block"];
	readonly shape: TileShape;
	readonly focus?: number;
}

function BlockTiles({ block, shape, focus }: BlockTilesProps) {
	return (
		<Tiles
			block={block}
			geometry={placeTiles(shape, ROOM)}
			maximum={blockMaximumOf(block)}
			focus={focus ?? null}
			onExplain={inspect}
		/>
	);
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
	return (
		<figure className={styles.part}>
			<figcaption>{title}</figcaption>
			{children}
		</figure>
	);
}

function Sign({ children }: { readonly children: string }) {
	return (
		<span className={styles.sign} aria-hidden="true">
			{children}
		</span>
	);
}
