import { memo, useMemo } from "react";
import { useFrame } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import type { PictureEmphasis } from "../marks/scene.ts";
import { BackwardLens } from "./backward-lens.tsx";
import type { ImageShape } from "./columns.ts";
import { type Bundle, connect } from "./connections.ts";
import { ForwardLens } from "./forward-lens.tsx";
import { type LensRequest, layoutNetwork, type PlacedLens, type Size } from "./layout.ts";
import { lensSize } from "./lens-size.ts";
import styles from "./network.module.css";
import { NetworkPicture } from "./picture.tsx";
import type { LensSubject } from "./scene-of.ts";

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
			{ lens: request, image: imageShape(view), withoutTargets: emphasis.withoutTargets === true },
		);
	}, [structure, lens, width, height, view, emphasis.withoutTargets]);
	const bundles = useMemo(() => connect(structure, layout), [structure, layout]);
	return (
		<div className={styles.block} style={{ width: layout.width, height }}>
			<svg width={layout.width} height={layout.height} aria-hidden="true">
				<NetworkPicture view={view} layout={layout} bundles={bundles} emphasis={emphasis} />
				{layout.lens !== null && lens !== null && (
					<MovingLens view={view} lens={layout.lens} kind={lens.kind} bundles={bundles} />
				)}
			</svg>
		</div>
	);
});

interface MovingLensProps {
	readonly view: View;
	readonly lens: PlacedLens;
	readonly kind: LensSubject["kind"];
	readonly bundles: readonly Bundle[];
}

/** What moves: drawn again every frame. */
function MovingLens({ view, lens, kind, bundles }: MovingLensProps) {
	const t = useFrame();
	if (kind === "backward") return <BackwardLens view={view} lens={lens} t={t} />;
	return <ForwardLens view={view} lens={lens} bundles={bundles} t={t} />;
}
