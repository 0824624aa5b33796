import { memo } from "react";
import { useSession, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { BesidePicture } from "../marks/beside-picture.tsx";
import type { LegendEntry } from "../marks/legend.tsx";
import type { PictureEmphasis, SceneModule, SceneProps } from "../marks/scene.ts";
import { tilesEntry } from "../marks/tiles-entry.ts";
import { Clip } from "./clip.tsx";
import { SolverControls } from "./controls.tsx";
import { type SolverElement, solverElement } from "./model.ts";
import { RowPanel } from "./row-panel.tsx";
import { Settle } from "./settle.tsx";
import styles from "./solver.module.css";
import { StepLine } from "./step-line.tsx";
import { solverSteps } from "./steps.ts";

/** Scene 5: one parameter's way through the solver, from the shares of its samples to its new value. */
const SolverScene = memo(function SolverScene(props: SceneProps) {
	const inspected = useSession((state) => state.inspected);
	const { view, width, height, narrow, picture } = props;
	const stage = view.leaf.group;
	const element = solverElement(view, inspected);
	const strip = Math.round(Math.max(270, Math.min(350, height * 0.55)));
	const upper = narrow ? Math.max(150, Math.min(230, height * 0.62)) : Math.max(200, height - strip - 4);
	const panel = narrow ? width - 24 : Math.round(Math.min(330, Math.max(270, width * 0.36)));
	const pictureWidth = narrow ? width : width - panel - 28;
	return (
		<div className={narrow ? styles.stacked : styles.scene} data-scene="solver">
			<div className={styles.upper}>
				<div style={{ width: pictureWidth, height: upper }}>
					{picture({ width: pictureWidth, height: upper }, emphasisOf(view, element))}
				</div>
				{element !== null && (
					<BesidePicture>
						<RowPanel view={view} element={element} width={panel} height={narrow ? 260 : upper} />
					</BesidePicture>
				)}
			</div>
			<div className={styles.strip}>
				<BesidePicture>
					{element !== null ? (
						<Strip view={view} element={element} width={width - 16} height={strip} narrow={narrow} />
					) : (
						stage?.subject.kind === "clip" && <Clip view={view} stage={stage} width={width - 24} height={strip} />
					)}
				</BesidePicture>
			</div>
		</div>
	);
});

function emphasisOf(view: View, element: SolverElement | null): PictureEmphasis {
	if (element === null) return { lit: "all", gradients: true, withoutTargets: true };
	const { parameter, index, stage } = element;
	const { structure } = view.timeline;
	const group = structure.groupOf(parameter.layer, 0);
	const columns = stage === null ? 1 : parameter.blob.count / stage.units;
	const unit = Math.min(group.units - 1, Math.floor(index / columns));
	return {
		lit: { group, unit, side: "in" },
		withoutTargets: true,
		parameter: { layer: parameter.layer, slot: parameter.slot, index },
		chip: "update",
	};
}

interface StripProps {
	readonly view: View;
	readonly element: SolverElement;
	readonly width: number;
	readonly height: number;
	readonly narrow: boolean;
}

const LEAST = 100;
const SETTLE = 168;
const FOOT = 22;

function Strip({ view, element, width, height, narrow }: StripProps) {
	const texts = useText().scenes.solver;
	if (element.stage === null) return <p className={styles.still}>{texts.still}</p>;
	const steps = solverSteps(view, element);
	const most = Math.max(2, Math.floor((width - 44 - (narrow ? 0 : SETTLE)) / LEAST));
	const lines = Math.ceil(steps.length / most);
	const each = Math.ceil(steps.length / lines);
	const high = lines > 1 ? 220 : height - FOOT;
	const settle = (
		<Settle
			view={view}
			element={element}
			number={steps.length + 1}
			ownUpdate={steps.some(({ kind }) => kind === "update")}
			width={narrow ? width : SETTLE}
			height={high}
		/>
	);
	return (
		<>
			{Array.from({ length: lines }, (_, line) => line * each).map((from) => (
				<div key={from} className={styles.line}>
					<StepLine
						view={view}
						element={element}
						steps={steps}
						from={from}
						count={Math.min(each, steps.length - from)}
						width={narrow ? width : width - SETTLE}
						height={high}
					/>
					{!narrow && from + each >= steps.length && settle}
				</div>
			))}
			{narrow && settle}
			<p className={styles.foot}>{texts.foot(steps.length + 1, view.cursor.iteration - 1)}</p>
		</>
	);
}

function legend({ timeline }: View): readonly LegendEntry[] {
	const tiles = tilesEntry(timeline.structure, "value");
	const entries: readonly (LegendEntry | null)[] = [
		{ kind: "weight" },
		{ kind: "terms" },
		{ kind: "ghost" },
		tiles,
		{ kind: "notYet" },
	];
	return entries.filter((entry) => entry !== null);
}

const module: SceneModule = { Scene: SolverScene, legend, Controls: SolverControls };
export default module;
