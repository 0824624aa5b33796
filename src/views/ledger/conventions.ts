import { inPlaceWarnings } from "../../engine/in-place-warnings.ts";
import { wholeBatchReason } from "../../explain/expand.ts";
import type { Subject } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";

/** What has to be known beside a number's formula: a gradient that Caffe gets wrong, the convention in force. */
export function conventionOf(view: View, text: Catalogue, subject: Subject): string {
	return [...inPlaceReasons(view, text, subject), notedConvention(view, text, subject)].filter(Boolean).join(" ");
}

/** Why the diff of a top is wrong (the first reason, if there are several) where the layer that hands it back needs what an in-place layer has overwritten. */
function inPlaceReasons({ timeline: { structure } }: View, text: Catalogue, subject: Subject): readonly string[] {
	if (subject.kind !== "top" || subject.side !== "diff") return [];
	const { net } = structure;
	const { index } = net.layer(subject.layer);
	return inPlaceWarnings(net)
		.filter(({ reader }) =>
			net.layer(reader).sources.some(({ layer, slot }) => layer === index && slot === subject.slot),
		)
		.slice(0, 1)
		.map(({ layer, reason, reader }) => text.common.inPlace[reason](layer, reader));
}

/** The convention in force where a number stands; empty where the notations agree. */
function notedConvention(view: View, text: Catalogue, subject: Subject): string {
	const said = text.ledger.conventions[view.notation];
	const { structure } = view.timeline;
	switch (subject.kind) {
		case "top": {
			const group = structure.groupOf(subject.layer, subject.slot);
			if (subject.side === "data") return group.role === "loss" ? lossConvention(view, text) : said.none;
			if (view.notation === "ufldl") {
				const reason = wholeBatchReason(structure);
				if (reason !== null) return text.ledger.wholeBatch[reason];
			}
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
