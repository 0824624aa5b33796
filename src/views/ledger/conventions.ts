import type { Subject } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";

/** The convention in force where a number stands; empty where the notations agree. */
export function conventionOf(view: View, text: Catalogue, subject: Subject): string {
	const said = text.ledger.conventions[view.notation];
	const { structure } = view.timeline;
	switch (subject.kind) {
		case "top": {
			const group = structure.groupOf(subject.layer, subject.slot);
			if (subject.side === "data") return group.role === "loss" ? lossConvention(view, text) : said.none;
			if (group.role !== "output") return said.delta;
			return isSquared(view) ? said.output : said.outputFused;
		}
		case "parameter":
			if (subject.moment === "gradient") return said.gradient;
			if (subject.moment === "history" || subject.moment === "after") {
				return view.trace.settings.momentum === 0 ? said.none : said.history;
			}
			return subject.moment === "regularized" ? said.decay : said.none;
		case "share":
			return said.gradient;
		case "loss":
			return subject.part === "decay" ? said.decay : lossConvention(view, text);
		default:
			return said.none;
	}
}

const isSquared = (view: View) => view.timeline.structure.groups.some(({ head }) => head.type === "EuclideanLoss");

/** The ½ and the mean are said of the squared error only. */
function lossConvention(view: View, text: Catalogue): string {
	const said = text.ledger.conventions[view.notation];
	return isSquared(view) ? said.loss : said.none;
}
