import type { ScalarReference, SolverQuantity } from "../../engine/reference.ts";
import { notations } from "../../explain/notation.ts";
import type { Symbol } from "../../explain/symbol.ts";
import { symbolLine } from "../../explain/symbol.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { View } from "../../store/view.ts";
import { type Group, groupScalar, outputLayer } from "../../timeline/structure.ts";
import { unitBase } from "../timeline/names.ts";
import type { DataRow, DataTable } from "./data-table.ts";

type Texts = Catalogue["tables"];

/** The symbol of all elements of what a scalar is one of. */
function wholeSymbol(view: View, reference: ScalarReference): Symbol {
	const { subscript: _element, ...whole } = notations[view.notation].symbol(view.timeline.structure, reference);
	return whole;
}

function layerName(view: View, texts: Texts, group: Group): string {
	if (group.role !== "hidden") return group.role === "loss" ? group.head.name : texts[group.role];
	const hidden = view.timeline.structure.groups.filter(({ role }) => role === "hidden");
	return hidden.length === 1 ? texts.hidden : texts.hiddenNumber(hidden.indexOf(group) + 1);
}

/** What a layer holds for the sample in front: its scalars by column. */
function layerColumns(view: View, group: Group): readonly ((unit: number) => ScalarReference)[] {
	const at = { iteration: view.cursor.iteration, pass: view.pass } as const;
	const of = (what: "z" | "a", side: "data" | "diff") => (unit: number) =>
		groupScalar(group, what, { ...at, side }, view.sample, unit);
	if (group.role === "input" || group.role === "target") return [of("a", "data")];
	const bends = outputLayer(group) !== group.head;
	const loss = view.timeline.structure.consumers(group).find(({ role }) => role === "loss");
	const [name] = Object.keys(loss?.head.run.internals ?? {});
	return [
		of("z", "data"),
		...(bends ? [of("a", "data")] : []),
		...(loss !== undefined && name !== undefined
			? [
					(unit: number): ScalarReference => ({
						kind: "internal",
						...at,
						layer: loss.head.name,
						name,
						side: "data",
						index: view.sample * group.units + unit,
					}),
				]
			: []),
		...(group.hasDelta ? [of("z", "diff")] : []),
	];
}

/** One table a layer: x, z, a, p and δ of each unit. */
export function layerTables(view: View, texts: Texts): readonly DataTable[] {
	const passes = view.trace.passes.length;
	const pass = passes > 1 ? texts.passNote(view.pass + 1, passes) : "";
	return view.timeline.structure.groups
		.filter(({ role }) => role !== "loss")
		.map((group) => {
			const columns = layerColumns(view, group);
			const base = unitBase(view.notation);
			return {
				id: `layer ${group.index}`,
				caption: `${texts.layerCaption(layerName(view, texts, group), String(view.sample + base))}${pass}`,
				columns: [texts.unit, ...columns.map((column) => wholeSymbol(view, column(0)))],
				count: group.units,
				row: (unit) => ({
					key: String(unit),
					name: String(unit + base),
					entries: columns.map((column) => [view.read(column(unit))]),
				}),
			};
		});
}

/** One table a parameter: each element before, its gradient, its update, after. */
export function parameterTables(view: View, texts: Texts): readonly DataTable[] {
	const { iteration } = view.cursor;
	const moments = ["before", "gradient", "update", "after"] as const;
	return view.timeline.structure.net.learnable.map(({ layer, slot, blob }) => {
		const at = (moment: (typeof moments)[number], index: number): ScalarReference => ({
			kind: "parameter",
			iteration,
			layer,
			slot,
			moment,
			index,
		});
		return {
			id: `parameter ${layer} ${slot}`,
			caption: texts.parameterCaption(symbolLine(wholeSymbol(view, at("before", 0)))),
			columns: [texts.element, texts.old, texts.gradient, texts.update, texts.after],
			count: blob.count,
			row: (index) => ({
				key: String(index),
				name: notations[view.notation].symbol(view.timeline.structure, at("before", index)),
				entries: moments.map((moment) => [view.read(at(moment, index))]),
			}),
		};
	});
}

/** Data and decay term, pass by pass and with the new parameters. */
export function lossTable(view: View, texts: Texts): DataTable {
	const { iteration } = view.cursor;
	const passes = view.trace.passes.map((_, pass) => pass);
	const parts = ["data", "decay", "total"] as const;
	return {
		id: "loss",
		caption: texts.lossCaption,
		columns: [
			texts.part,
			...passes.map((pass) => (passes.length === 1 ? texts.before : texts.beforePass(pass + 1))),
			texts.again,
		],
		count: parts.length,
		row: (place) => ({
			key: parts[place],
			name: texts.parts[parts[place]],
			entries: [...passes, "again" as const].map((pass) => [
				view.read({ kind: "loss", iteration, pass, part: parts[place] }),
			]),
		}),
	};
}

/** Every setting that decides the step, with the notation's name for it. */
export function solverTable(view: View, texts: Texts): DataTable {
	const { settings } = view.trace;
	const { iteration } = view.cursor;
	const number = (name: SolverQuantity & keyof Texts["settings"]): DataRow => {
		const reference: ScalarReference = { kind: "solver", iteration, name };
		return {
			key: name,
			name: `${texts.settings[name]} (${symbolLine(notations[view.notation].symbol(view.timeline.structure, reference))})`,
			entries: [[view.read(reference)]],
		};
	};
	const clips = settings.clipGradients >= 0;
	const rows: readonly DataRow[] = [
		{ key: "type", name: texts.settings.type, entries: [settings.type] },
		number("rate"),
		{ key: "policy", name: texts.settings.policy, entries: [settings.lrPolicy] },
		number("momentum"),
		number("weightDecay"),
		{ key: "regularization", name: texts.settings.regularization, entries: [settings.regularization] },
		number("iterSize"),
		...(clips
			? [number("clipGradients"), number("clipNorm"), number("clipScale")]
			: [{ key: "clipGradients", name: texts.settings.clipGradients, entries: [texts.off] }]),
	];
	return {
		id: "solver",
		caption: texts.solverCaption,
		columns: [texts.setting, texts.value],
		count: rows.length,
		row: (place) => rows[place],
	};
}
