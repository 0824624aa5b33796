import { lazy, memo, Suspense, useMemo, useState } from "react";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { MiniHistogram } from "../marks/mini-histogram.tsx";
import { leftRim, rightRim } from "./band.tsx";
import { bandCardPlace, bandValues } from "./band-model.ts";
import type { Bundle } from "./connections.ts";
import type { Box, NetworkLayout } from "./layout.ts";
import { layerName } from "./names.ts";
import styles from "./parts.module.css";
import { weightsMapOf } from "./weights-map.tsx";

const BandDialog = lazy(() => import("./band-dialog.tsx").then((module) => ({ default: module.BandDialog })));

export interface BandCardsProps {
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly bundles: readonly Bundle[];
}

const CARD = { width: 108, height: 64 };
const SMALL = { width: 62, height: 26 };

/** Between close columns a card says only how many. */
function sizeOf(bundle: Bundle, layout: NetworkLayout) {
	return layout.narrow || leftRim(bundle.target) - rightRim(bundle.source) < CARD.width + 4 ? SMALL : CARD;
}

/** Each band of edges says how many it holds and how they are distributed, and opens. */
export const BandCards = memo(function BandCards({ view, layout, bundles }: BandCardsProps) {
	const [open, setOpen] = useState<string | null>(null);
	const banded = useMemo(() => bundles.filter(({ rest }) => rest.weights > 0), [bundles]);
	const boxes = useMemo(() => {
		const map = weightsMapOf(layout, bundles);
		const taken = map === null ? [] : [map.box];
		const placed: Box[] = [];
		for (const bundle of banded)
			placed.push(bandCardPlace(bundle, layout, sizeOf(bundle, layout), [...taken, ...placed]));
		return placed;
	}, [banded, bundles, layout]);
	const opened = banded.find((bundle) => keyOf(bundle) === open);
	return (
		<>
			{banded.map((bundle, place) => (
				<BandCard
					key={keyOf(bundle)}
					view={view}
					bundle={bundle}
					box={boxes[place] ?? { x: 0, y: 0, ...SMALL }}
					small={sizeOf(bundle, layout) === SMALL}
					onOpen={() => setOpen(keyOf(bundle))}
				/>
			))}
			{opened !== undefined && (
				<Suspense>
					<BandDialog view={view} bundle={opened} onClose={() => setOpen(null)} />
				</Suspense>
			)}
		</>
	);
});

function keyOf({ source, target }: Bundle): string {
	return `${source.group.index}-${target.group.index}`;
}

interface BandCardProps {
	readonly view: View;
	readonly bundle: Bundle;
	readonly box: Box;
	readonly small: boolean;
	readonly onOpen: () => void;
}

function BandCard({ view, bundle, box, small, onOpen }: BandCardProps) {
	const texts = useText().stage;
	const { structure } = view.timeline;
	const { drawn, source, target, rest } = bundle;
	// The weights are those before the solver, whatever the cursor.
	// biome-ignore lint/correctness/useExhaustiveDependencies: of the view only its trace
	const values = useMemo(() => bandValues(view, bundle), [view.trace, bundle]);
	const count = drawn.length > 0 ? texts.moreWeights(rest.weights) : texts.weights(rest.weights);
	const names = [source, target].map(({ group }) => layerName(texts, structure, group));
	return (
		<button
			type="button"
			className={styles.bandButton}
			style={{ left: box.x, top: box.y, width: box.width, minHeight: box.height }}
			aria-label={texts.bandOpen(rest.weights, names[0] ?? "", names[1] ?? "")}
			onClick={onOpen}
		>
			{!small && (
				<svg width={66} height={31} aria-hidden="true">
					<MiniHistogram values={values} x={0} y={0} />
				</svg>
			)}
			{small ? texts.number(rest.weights) : count}
		</button>
	);
}
