import { memo, useMemo, useRef } from "react";
import type { View } from "../../store/view.ts";
import type { PictureEmphasis } from "../marks/scene.ts";
import { BandCards } from "./band-cards.tsx";
import type { ImageShape } from "./columns.ts";
import { connect } from "./connections.ts";
import { type LensRequest, layoutNetwork, type Size } from "./layout.ts";
import { lensSize } from "./lens-size.ts";
import { MovingLens, MovingMessages } from "./moving.tsx";
import styles from "./network.module.css";
import { NetworkPicture } from "./picture.tsx";
import { pointerHandlers, useLitMarks } from "./pointer.ts";
import type { LensSubject } from "./scene-of.ts";
import { UnitGrid } from "./unit-grid.tsx";
import { WeightsMapDrawing, weightsMapOf } from "./weights-map.tsx";

export interface NetworkBlockProps extends Size {
	readonly view: View;
	readonly emphasis: PictureEmphasis;
	readonly lens: LensSubject | null;
}

/** The picture of the input's pixels, where the data set says that it is one. */
export function imageShape(view: View): ImageShape | null {
	const { card } = view.experiment.data;
	return card.kind === "image" ? { width: card.width, height: card.height } : null;
}

/** The network in a box: its drawing, and over it the units as what a keyboard and a screen reader meet. */
export const NetworkBlock = memo(function NetworkBlock({ view, emphasis, lens, width, height }: NetworkBlockProps) {
	const { structure } = view.timeline;
	const layout = useMemo(() => {
		const request: LensRequest | null =
			lens === null
				? null
				: { ...lensSize(lens, { width, height }), ...lens, side: lens.kind === "backward" ? "out" : "in" };
		return layoutNetwork(
			structure,
			{ width, height },
			{
				lens: request,
				image: imageShape(view),
				withoutTargets: emphasis.withoutTargets === true,
				errors: emphasis.errors === true,
			},
		);
	}, [structure, lens, width, height, view, emphasis.withoutTargets, emphasis.errors]);
	const bundles = useMemo(() => connect(structure, layout), [structure, layout]);
	const block = useRef<HTMLDivElement>(null);
	const handlers = useMemo(() => pointerHandlers(view), [view]);
	useLitMarks(block, view);
	const map = useMemo(() => weightsMapOf(layout, bundles), [layout, bundles]);
	const taken = useMemo(() => (map === null ? [] : [map.box]), [map]);
	return (
		<div ref={block} className={styles.block} style={{ width: layout.width, height }} {...handlers}>
			<svg width={layout.width} height={layout.height} aria-hidden="true">
				<NetworkPicture view={view} layout={layout} bundles={bundles} emphasis={emphasis} />
				{map !== null && <WeightsMapDrawing view={view} map={map} />}
				<MovingMessages view={view} bundles={bundles} emphasis={emphasis} />
				{layout.lens !== null && lens !== null && (
					<MovingLens view={view} lens={layout.lens} kind={lens.kind} bundles={bundles} />
				)}
			</svg>
			<UnitGrid view={view} layout={layout} />
			<BandCards view={view} layout={layout} bundles={bundles} taken={taken} />
		</div>
	);
});
