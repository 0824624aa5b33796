import {
	type MouseEvent,
	memo,
	type PointerEvent,
	type RefObject,
	Suspense,
	useLayoutEffect,
	useMemo,
	useRef,
} from "react";
import { useSession } from "../../store/hooks.ts";
import { useInTurn } from "../../store/turns.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import { afterwards, later } from "../marks/later.tsx";
import type { PictureEmphasis } from "../marks/scene.ts";
import { MOST_CELLS } from "../marks/tile-geometry.ts";
import { connect } from "./connections.ts";
import { type LensRequest, layoutNetwork, type NetworkLayout, type Size } from "./layout.ts";
import { lensSize } from "./lens-size.ts";
import { MovingLens } from "./moving.tsx";
import styles from "./network.module.css";
import { NetworkPicture } from "./picture.tsx";
import type { PointerHandlers } from "./pointer.ts";
import type { LensSubject } from "./scene-of.ts";

const GhostsBelow = later(async () => (await import("./ghosts.tsx")).GhostsBelow);
const GhostChips = later(async () => (await import("./ghosts.tsx")).GhostChips);
const MovingMessages = later(async () => (await import("./other-stages.ts")).MovingMessages);
const BandCards = later(async () => (await import("./many-units.ts")).BandCards);
const TileColumns = later(async () => (await import("./many-units.ts")).TileColumns);
const WeightsTiles = later(async () => (await import("./many-units.ts")).WeightsTiles);
const WeightsMapDrawing = later(async () => (await import("./many-units.ts")).WeightsMapDrawing);
const WeightHandle = afterwards(async () => (await import("./beside-picture.ts")).WeightHandle);
const UnitGrid = afterwards(async () => (await import("./beside-picture.ts")).UnitGrid);
const Pointer = afterwards(async () => (await import("./beside-picture.ts")).Pointer);

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

/** A picture that is wider than its box is scrolled to the layer that matters. */
function useFocusInSight(
	block: RefObject<HTMLElement>,
	layout: NetworkLayout,
	room: number,
	focus: Group | null,
): void {
	useLayoutEffect(() => {
		const scroller = block.current?.parentElement;
		const column = layout.columns.find(({ group }) => group === focus);
		if (layout.width <= room || column === undefined || scroller == null) return;
		const { lens } = layout;
		const middle = lens === null ? column.x : (column.x + lens.x + lens.width / 2) / 2;
		scroller.scrollLeft = middle - room / 2;
	}, [block, layout, room, focus]);
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
	const grid = useInTurn("panels", now);
	const proposing = useSession(({ proposal }) => proposal !== null);
	const block = useRef<HTMLDivElement>(null);
	useFocusInSight(block, layout, width, request?.group ?? focus);
	const pointer = useRef<PointerHandlers>(null);
	const handlers = useMemo(
		() => ({
			onClick: (event: MouseEvent) => pointer.current?.onClick(event),
			onPointerMove: (event: PointerEvent) => pointer.current?.onPointerMove(event),
			onPointerLeave: () => pointer.current?.onPointerLeave(),
		}),
		[],
	);
	const boxed = layout.columns.some(({ box }) => box !== null);
	const painted = layout.columns.some(({ tiles, group }) => tiles !== null && group.units > MOST_CELLS);
	const banded = bundles.some(({ rest }) => rest.weights > 0);
	return (
		<div
			ref={block}
			className={styles.block}
			style={{ width: layout.width, height }}
			aria-busy={grid !== now}
			{...handlers}
		>
			<div aria-hidden="true">
				{painted && <TileColumns view={view} layout={layout} emphasis={emphasis} />}
				{boxed && <WeightsTiles view={view} layout={layout} bundles={bundles} />}
			</div>
			<svg width={layout.width} height={layout.height} aria-hidden="true">
				{proposing && (
					<Suspense>
						<GhostsBelow layout={layout} bundles={bundles} />
					</Suspense>
				)}
				<NetworkPicture view={view} layout={layout} bundles={bundles} emphasis={emphasis} />
				{boxed && <WeightsMapDrawing view={view} layout={layout} bundles={bundles} />}
				{errors && (
					<Suspense>
						<MovingMessages view={view} bundles={bundles} emphasis={emphasis} />
					</Suspense>
				)}
				{layout.lens !== null && lens !== null && (
					<MovingLens view={view} lens={layout.lens} kind={lens.kind} bundles={bundles} />
				)}
				{proposing && (
					<Suspense>
						<GhostChips layout={layout} bundles={bundles} />
					</Suspense>
				)}
				<Suspense>
					<WeightHandle view={view} bundles={bundles} />
				</Suspense>
			</svg>
			<Suspense>
				<UnitGrid view={grid.view} layout={grid.layout} />
				<Pointer root={block} handlers={pointer} view={view} layout={layout} emphasis={emphasis} />
			</Suspense>
			{banded && <BandCards view={view} layout={layout} bundles={bundles} />}
		</div>
	);
});
