import { memo, Suspense } from "react";
import { useSession } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { BesidePicture } from "../marks/beside-picture.tsx";
import type { LegendEntry } from "../marks/legend.tsx";
import type { PictureEmphasis, SceneModule, SceneProps } from "../marks/scene.ts";
import { tilesEntry } from "../marks/tiles-entry.ts";
import { DeckCard } from "./deck-card.tsx";
import styles from "./gradients.module.css";
import { type GradientRow, gradientRow, mainElement, sameElement } from "./model.ts";
import { Strips } from "./strips.tsx";

/** Scene 4: what came in × what comes back, sample by sample, and how the shares come together. */
const GradientScene = memo(function GradientScene(props: SceneProps) {
	const row = gradientRow(props.view);
	return row === null ? null : <Gradients {...props} row={row} />;
});

function Gradients({ view, width, height, narrow, picture, row }: SceneProps & { readonly row: GradientRow }) {
	const inspected = useSession((state) => state.inspected);
	const dense = row.group.head.definition.picture === "dense";
	const strips = Math.round(Math.max(196, Math.min(236, height * 0.38)));
	const upper = narrow ? Math.max(150, Math.min(230, height * 0.62)) : Math.max(240, height - strips - 4);
	const cardWidth = !dense ? 0 : narrow ? width - 24 : Math.round(Math.min(430, Math.max(290, width * 0.48)));
	const asked = row.elements.find((element) => inspected?.kind === "parameter" && sameElement(element, inspected));
	const main = asked ?? mainElement(view, row.elements);
	const emphasis: PictureEmphasis = {
		lit: { group: row.group, unit: row.unit, side: "in" },
		errors: true,
		quiet: true,
		gradients: true,
		withoutTargets: true,
		...(main === null
			? {}
			: {
					parameter: { layer: row.group.head.name, slot: main.slot, index: main.index },
					chip: view.read(main.gradient).status === "known" ? "gradient" : null,
				}),
	};
	const pictureWidth = narrow ? width : width - (cardWidth === 0 ? 0 : cardWidth + 28);
	return (
		<div className={narrow ? styles.stacked : styles.scene} data-scene="gradients">
			<div className={styles.upper}>
				<div className={styles.picture} style={{ width: pictureWidth, height: upper }}>
					{picture({ width: pictureWidth, height: upper }, emphasis)}
				</div>
				{cardWidth > 0 && (
					<BesidePicture>
						<DeckCard view={view} row={row} width={cardWidth} height={narrow ? 300 : upper} />
					</BesidePicture>
				)}
			</div>
			<Suspense fallback={<div style={{ minHeight: strips }} aria-busy="true" />}>
				<BesidePicture>
					<Strips view={view} row={row} width={width - 24} height={strips} narrow={narrow} />
				</BesidePicture>
			</Suspense>
		</div>
	);
}

function legend({ timeline }: View): readonly LegendEntry[] {
	const tiles = tilesEntry(timeline.structure, "delta");
	return [
		{ kind: "gradient" },
		{ kind: "terms" },
		{ kind: "errorTerm" },
		tiles ?? { kind: "weight" },
		{ kind: "notYet" },
	];
}

const module: SceneModule = { Scene: GradientScene, legend };
export default module;
