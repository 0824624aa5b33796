import { memo } from "react";
import { BesidePicture } from "../marks/beside-picture.tsx";
import type { LegendEntry } from "../marks/legend.tsx";
import type { SceneModule, SceneProps } from "../marks/scene.ts";
import { Faces, facesHeight, pictureHeight } from "./faces.tsx";
import styles from "./loss.module.css";
import { LossBars } from "./loss-bars.tsx";
import { decayParts, facedLoss, lossParts } from "./model.ts";

/** Scene 1: output and target face each other; what the gaps cost, and what the weights cost. */
const LossScene = memo(function LossScene({ view, width, height, narrow, picture }: SceneProps) {
	const loss = facedLoss(view);
	const twoLines = lossParts(view, view.pass).length > 6;
	const bars = 96 + (decayParts(view, view.pass).length > 0 ? 68 : 0) + (twoLines ? 26 : 0);
	const upper = narrow ? pictureHeight(view, loss, height) : Math.max(240, height - bars - 8);
	const faces = narrow ? width - 24 : Math.round(Math.min(440, Math.max(300, width * 0.46)));
	const pictureWidth = narrow ? width : width - faces - 32;
	const outputs = loss === null ? null : (view.timeline.structure.sourceGroups(loss)[0] ?? null);
	return (
		<div className={narrow ? styles.stacked : styles.scene} data-scene="loss">
			<div className={styles.upper}>
				<div style={{ width: pictureWidth, height: upper }}>
					{picture(
						{ width: pictureWidth, height: upper },
						{
							lit: outputs === null ? "none" : { group: outputs, unit: "all", side: "out" },
							withoutTargets: true,
						},
					)}
				</div>
				{loss !== null && (
					<BesidePicture>
						<Faces
							view={view}
							loss={loss}
							pass={view.pass}
							width={faces}
							height={narrow ? facesHeight(view, loss) : upper - 16}
						/>
					</BesidePicture>
				)}
			</div>
			<BesidePicture>
				<LossBars view={view} width={width - 40} />
			</BesidePicture>
		</div>
	);
});

function legend(): readonly LegendEntry[] {
	return [{ kind: "value", maximum: 1 }, { kind: "target" }, { kind: "notYet" }];
}

const module: SceneModule = { Scene: LossScene, legend };
export default module;
