import type { PresetId } from "../../data/preset.ts";
import type { SolverSettings } from "../../engine/specification.ts";
import type { NotationId } from "../../explain/notation.ts";
import type { Depth } from "../../timeline/cursor.ts";
import { goToAddress, selectSample, setDepth } from "../actions.ts";
import { setFrame } from "../clock.ts";
import { commitExperiment } from "../history.ts";
import { selectView, sessionStore } from "../session.ts";
import { changeSettings } from "../settings.ts";
import { openPresetById } from "../show-experiment.ts";
import type { View } from "../view.ts";

export interface StageWish {
	readonly preset: PresetId;
	/** An address, as in a link. */
	readonly at: string;
	readonly depth?: Depth;
	readonly notation?: NotationId;
	/** The sample in front, from 0. */
	readonly sample?: number;
	readonly solver?: Partial<SolverSettings>;
}

/** Opens a preset in the page's own stores and goes to a stage of it. For tests of what is drawn there. */
export async function openStage({
	preset,
	at,
	depth = "unit",
	notation = "ufldl",
	sample = 0,
	solver,
}: StageWish): Promise<View> {
	await changeSettings({ notation, language: "en" });
	await openPresetById(preset);
	const { run } = sessionStore.getState();
	if (run !== null && solver !== undefined) {
		const { experiment } = run;
		await commitExperiment({ ...experiment, solver: { ...experiment.solver, ...solver } });
	}
	setDepth(depth);
	selectSample(sample);
	if (!(await goToAddress(at))) throw new Error(`no stage at ${at}`);
	setFrame(1);
	const view = selectView(sessionStore.getState(), notation);
	if (view === null) throw new Error("nothing is open");
	return view;
}
