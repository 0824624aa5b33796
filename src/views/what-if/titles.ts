import type { Editable } from "../../store/editable.ts";
import type { useText } from "../../store/hooks.ts";
import { isBias, type Structure } from "../../timeline/structure.ts";

type Texts = ReturnType<typeof useText>["editor"]["whatIf"];

type Kind = "weight" | "bias" | "input" | "target" | "baseLr" | "momentum" | "weightDecay";

function kindOf(structure: Structure, editable: Editable): Kind {
	switch (editable.kind) {
		case "parameter":
			return isBias(structure, editable.layer, editable.slot) ? "bias" : "weight";
		case "data":
			return editable.role;
		case "solver":
			return editable.setting;
	}
}

/** "What if this weight were −1/3?" */
export function questionOf(texts: Texts, structure: Structure, editable: Editable, value: string): string {
	return texts.titles[kindOf(structure, editable)](value);
}

/** "Loss over this weight" */
export function chartTitle({ chart }: Texts, structure: Structure, editable: Editable): string {
	if (editable.kind === "solver") return chart.solver;
	if (editable.kind === "data") return editable.classes !== null ? chart.label : chart[editable.role];
	return isBias(structure, editable.layer, editable.slot) ? chart.bias : chart.weight;
}

/** What keeping it would do to the run. */
export function consequenceOf(texts: Texts, editable: Editable): string {
	return editable.kind === "data" ? texts.restarts : texts.holdsFrom(editable.iteration);
}
