import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";
import { isBias } from "../../timeline/structure.ts";
import { layerName } from "./names.ts";
import { isFused, type StageScene } from "./scene-of.ts";

export interface StageTitle {
	readonly kicker: string;
	readonly title: string;
}

/** What stands over the picture. */
export function stageTitle(text: Catalogue, view: View, scene: StageScene): StageTitle {
	const texts = text.stage;
	const { structure } = view.timeline;
	const { group } = scene;
	if (scene.given) {
		const parameters = structure.net.layers.flatMap((layer) =>
			layer.run.parameters.map((blob, slot) => ({ count: blob.count, bias: isBias(structure, layer.name, slot) })),
		);
		const count = (bias: boolean) =>
			parameters.filter((each) => each.bias === bias).reduce((sum, each) => sum + each.count, 0);
		return {
			kicker: texts.givenKicker(
				view.experiment.name ?? text.presets[view.experiment.preset].title,
				view.cursor.iteration,
			),
			title: texts.givenTitle(structure.groups[0]?.samples ?? 1, count(false), count(true)),
		};
	}
	const kind = scene.lens === null || scene.lens.kind === "hazard" ? scene.phase : scene.lens.kind;
	const kicker = () => {
		if (kind === "forward" && group !== null) return texts.forwardKicker(layerName(texts, structure, group));
		switch (kind) {
			case "forward":
				return text.app.phases.forward;
			case "loss":
				return texts.lossKicker;
			case "backward":
				return group?.role === "output" ? texts.outputKicker : texts.pullKicker;
			case "gradients":
				return texts.gradientsKicker;
			case "solver":
				return texts.solverKicker;
			case "again":
				return texts.againKicker;
		}
	};
	const title = () => {
		if (scene.failed) return texts.failedTitle;
		switch (kind) {
			case "forward":
				if (group?.head.definition.steps != null) return text.layers.stage.gates;
				if (group?.head.definition.picture === "window") return text.layers.stage.window;
				return group?.elementwise.length === 0 ? texts.forwardTitleLinear : texts.forwardTitle;
			case "loss":
				return texts.lossTitle;
			case "backward":
				if (group?.head.definition.steps != null && group.times > 1) return text.layers.stage.back;
				if (group?.role !== "output") return texts.pullTitle;
				return isFused(view, group) || group.elementwise.length === 0 ? texts.outputTitleFused : texts.outputTitle;
			case "gradients":
				return texts.gradientsTitle;
			case "solver":
				return texts.solverTitle;
			case "again":
				return texts.againTitle;
		}
	};
	return { kicker: kicker(), title: title() };
}
