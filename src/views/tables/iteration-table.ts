import type { NumberFormat } from "../../explain/number-text.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";
import { placeOf, type StageNode } from "../../timeline/cursor.ts";
import { readSubject } from "../marks/read-subject.ts";
import { stageLine } from "../timeline/names.ts";
import type { DataTable } from "./data-table.ts";
import { formulaText } from "./formula-text.ts";
import { nodeOfPlace, resultOf } from "./results.ts";

export interface IterationTable extends DataTable {
	/** The row where one stands. */
	readonly here: number;
	node(place: number): StageNode;
	isKnown(place: number): boolean;
}

/** The whole iteration, a row a step of the chosen depth; what is still to come says so. */
export function iterationTable(view: View, text: Catalogue, format: NumberFormat): IterationTable {
	const { timeline, cursor, depth, notation } = view;
	const texts = text.tables;
	const { place: here, count } = placeOf(timeline, cursor.leaf, depth);
	const node = (place: number) => nodeOfPlace(timeline, depth, place);
	const isKnown = (place: number) => node(place).last <= cursor.leaf;
	return {
		id: "iteration",
		caption: texts.iterationCaption(String(cursor.iteration), text.app.depths[depth].toLowerCase()),
		columns: [texts.number, texts.step, texts.formula, texts.result],
		count,
		here,
		node,
		isKnown,
		row(place) {
			const own = node(place);
			const step = stageLine(text, timeline.structure, own, notation);
			const name = String(place + 1);
			const key = `${place}`;
			if (own.last > cursor.leaf) return { key, name, entries: [step, texts.notYet, texts.notYet] };
			const { subjects, more } = resultOf(view, own);
			if (subjects.length === 0) {
				const count = own.last - own.first + 1;
				return {
					key,
					name,
					entries: [step, own.group?.subject.kind === "input" ? texts.given : text.stage.terms(count), ""],
				};
			}
			const formulas = subjects.map((subject) => formulaText(view, subject, format, texts.more));
			return {
				key,
				name,
				entries: [
					step,
					[...formulas, ...(more > 0 ? [texts.more(more)] : [])].join("; "),
					subjects.map((subject) => readSubject(view, subject)),
				],
			};
		},
	};
}
