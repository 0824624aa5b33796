import { lazy, memo, Suspense, useDeferredValue, useMemo, useRef } from "react";
import { useSession } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import type { PictureEmphasis } from "../marks/scene.ts";
import { BandCards } from "./band-cards.tsx";
import { connect } from "./connections.ts";
import { type LensRequest, layoutNetwork, type Size } from "./layout.ts";
import { lensSize } from "./lens-size.ts";
import { MovingLens, MovingMessages } from "./moving.tsx";
import styles from "./network.module.css";
import { NetworkPicture } from "./picture.tsx";
import { pointerHandlers, useLitMarks } from "./pointer.ts";
import type { LensSubject } from "./scene-of.ts";
import { TileColumns } from "./tile-columns.tsx";
import { UnitGrid } from "./unit-grid.tsx";
import { WeightsMapDrawing, WeightsTiles, weightsMapOf } from "./weights-map.tsx";

const ghosts = () => import("./ghosts.tsx");
const GhostsBelow = lazy(async () => ({ default: (await ghosts()).GhostsBelow }));
const GhostChips = lazy(async () => ({ default: (await ghosts()).GhostChips }));

export interface NetworkBlockProps extends Size {
	readonly view: View;
	readonly emphasis: PictureEmphasis;
	readonly lens: LensSubject | null;
}

/** The same object as long as the same unit is in the lens: the layout, and all edges, stay then. */
function useLensRequest(lens: LensSubject | null, width: number, height: number): LensRequest | null {
	const { kind, group, unit } = lens ?? { kind: "forward", group: null, unit: 0 };
	return useMemo(() => {
		if (group === null) return null;
		const side = kind === "backward" ? "out" : "in";
		return { ...lensSize({ kind, group, unit }, { width, height }), group, unit, side };
	}, [kind, group, unit, width, height]);
}

/** The network in a box: its drawing, and over it the units as what a keyboard and a screen reader meet. */
export const NetworkBlock = memo(function NetworkBlock({ view, emphasis, lens, width, height }: NetworkBlockProps) {
	const { structure } = view.timeline;
	const { card } = view.experiment.data;
	const request = useLensRequest(lens, width, height);
	const withoutTargets = emphasis.withoutTargets === true;
	const errors = emphasis.errors === true;
	const focus = typeof emphasis.lit === "string" ? null : emphasis.lit.group;
	const layout = useMemo(
		() =>
			layoutNetwork(
				structure,
				{ width, height },
				{ lens: request, image: card.kind === "image" ? card : null, withoutTargets, errors, focus },
			),
		[structure, request, width, height, card, withoutTargets, errors, focus],
	);
	const bundles = useMemo(() => connect(structure, layout), [structure, layout]);
	// What only a keyboard and a screen reader meet may come a moment after the picture.
	const now = useMemo(() => ({ view, layout }), [view, layout]);
	const later = useDeferredValue(now);
	const proposing = useSession(({ proposal }) => proposal !== null);
	const block = useRef<HTMLDivElement>(null);
	const handlers = useMemo(() => pointerHandlers(view, layout, emphasis), [view, layout, emphasis]);
	useLitMarks(block, view);
	const map = useMemo(() => weightsMapOf(layout, bundles), [layout, bundles]);
	const taken = useMemo(() => (map === null ? [] : [map.box]), [map]);
	return (
		<div
			ref={block}
			className={styles.block}
			style={{ width: layout.width, height }}
			aria-busy={later !== now}
			{...handlers}
		>
			<div aria-hidden="true">
				<TileColumns view={view} layout={layout} emphasis={emphasis} />
				{map !== null && <WeightsTiles view={view} map={map} />}
			</div>
			<svg width={layout.width} height={layout.height} aria-hidden="true">
				{proposing && (
					<Suspense>
						<GhostsBelow layout={layout} bundles={bundles} />
					</Suspense>
				)}
				<NetworkPicture view={view} layout={layout} bundles={bundles} emphasis={emphasis} />
				{map !== null && <WeightsMapDrawing view={view} map={map} />}
				<MovingMessages view={view} bundles={bundles} emphasis={emphasis} />
				{layout.lens !== null && lens !== null && (
					<MovingLens view={view} lens={layout.lens} kind={lens.kind} bundles={bundles} />
				)}
				{proposing && (
					<Suspense>
						<GhostChips layout={layout} bundles={bundles} />
					</Suspense>
				)}
			</svg>
			<UnitGrid view={later.view} layout={later.layout} />
			<BandCards view={view} layout={layout} bundles={bundles} taken={taken} />
		</div>
	);
});
