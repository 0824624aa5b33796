import { memo } from "react";
import { BesidePicture } from "../marks/beside-picture.tsx";
import type { LegendEntry } from "../marks/legend.tsx";
import type { SceneModule, SceneProps } from "../marks/scene.ts";
import { AgainBars } from "./again-bars.tsx";
import { Faces, facesHeight, pictureHeight } from "./faces.tsx";
import styles from "./loss.module.css";
import { facedLoss } from "./model.ts";

/** The closing forward: the same samples with the new parameters, and whether the loss went down. */
const AgainScene = memo(function AgainScene({ view, width, height, narrow, picture }: SceneProps) {
	const loss = facedLoss(view);
	const upper = narrow ? pictureHeight(view, loss, height) : Math.max(240, height - 158);
	const faces = narrow ? width - 24 : Math.round(Math.min(440, Math.max(300, width * 0.46)));
	const pictureWidth = narrow ? width : width - faces - 32;
	return (
		<div className={narrow ? styles.stacked : styles.scene} data-scene="again">
			<div className={styles.upper}>
				<div style={{ width: pictureWidth, height: upper }}>
					{picture(
						{ width: pictureWidth, height: upper },
						{ lit: "all", moment: "after", pass: "again", withoutTargets: true },
					)}
				</div>
				{loss !== null && (
					<BesidePicture>
						<Faces
							view={view}
							loss={loss}
							pass="again"
							width={faces}
							height={narrow ? facesHeight(view, loss) : upper - 16}
						/>
					</BesidePicture>
				)}
			</div>
			<BesidePicture>
				<AgainBars view={view} width={width - 40} />
			</BesidePicture>
		</div>
	);
});

function legend(): readonly LegendEntry[] {
	return [{ kind: "weight" }, { kind: "value", maximum: 1 }, { kind: "target" }, { kind: "ghost" }];
}

const module: SceneModule = { Scene: AgainScene, legend };
export default module;
