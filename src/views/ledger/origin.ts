import type { ScalarReference } from "../../engine/reference.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { isEdited } from "../../store/experiment.ts";
import type { View } from "../../store/view.ts";
import { nodeAt } from "../../timeline/cursor.ts";
import { sampleOf } from "../../timeline/sample-of.ts";
import { becomingOf } from "../../timeline/stage-of.ts";
import { mapPlace } from "../../timeline/structure.ts";
import { nameOfUnit, unitName } from "./names.ts";

/** Where an operand comes from, in a few words. */
export function originOf(view: View, text: Catalogue, r: ScalarReference): string {
	const { origin } = text.ledger;
	const { phases } = text.app;
	if (r.kind === "solver" && r.name !== "clipNorm" && r.name !== "clipScale") return origin.setting;
	if (r.kind === "parameter" && r.moment === "before") {
		if (isEdited(view.experiment, r.iteration, r.layer, r.slot, r.index)) return origin.edited;
		return r.iteration === 1 ? origin.start : origin.solver(r.iteration - 1);
	}
	if (r.kind === "parameter" && r.iteration < view.cursor.iteration) return origin.solver(r.iteration);
	const becoming = becomingOf(view.timeline, r);
	const sample = sampleOf(view.timeline.structure, r);
	const several = (view.timeline.structure.groups[0]?.samples ?? 1) > 1;
	if (becoming === "given") {
		if (r.kind !== "top" || sample === null) return origin.given;
		const given = several ? origin.sample(sample + 1) : origin.theSample;
		const group = view.timeline.structure.groupOf(r.layer, r.slot);
		return mapPlace(group, r.index % group.units) === null
			? given
			: origin.place(given, nameOfUnit(view, text, group, r.index % group.units));
	}
	if (becoming === "never") return r.kind === "parameter" && r.moment === "after" ? origin.fixed : origin.never;
	const { phase } = nodeAt(view.timeline, becoming, "phase");
	const name = phase === null ? "" : phases[phase.name].toLowerCase();
	const unit = unitName(view, text, r);
	const place = unit === null ? name : origin.place(name, unit);
	return several && sample !== null ? origin.ofSample(place, sample + 1) : place;
}
