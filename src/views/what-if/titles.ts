import type { Editable } from "../../store/editable.ts";
import type { useText } from "../../store/hooks.ts";

type Texts = ReturnType<typeof useText>["editor"]["whatIf"];

type Kind = "weight" | "bias" | "input" | "target" | "baseLr" | "momentum" | "weightDecay";

function kindOf(editable: Editable): Kind {
	switch (editable.kind) {
		case "parameter":
			return editable.slot === 0 ? "weight" : "bias";
		case "data":
			return editable.role;
		case "solver":
			return editable.setting;
	}
}

/** "What if this weight were −1/3?" */
export function questionOf(texts: Texts, editable: Editable, value: string): string {
	return texts.titles[kindOf(editable)](value);
}

/** "Loss over this weight" */
export function chartTitle({ chart }: Texts, editable: Editable): string {
	if (editable.kind === "solver") return chart.solver;
	if (editable.kind === "data") return editable.classes !== null ? chart.label : chart[editable.role];
	return editable.slot === 0 ? chart.weight : chart.bias;
}

/** What keeping it would do to the run. */
export function consequenceOf(texts: Texts, editable: Editable): string {
	return editable.kind === "data" ? texts.restarts : texts.holdsFrom(editable.iteration);
}
