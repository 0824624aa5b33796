import { localDecay } from "../../engine/solver/decay.ts";
import type { View } from "../../store/view.ts";
import { type Group, outputLayer, type Structure } from "../../timeline/structure.ts";
import { type Lit, one, type Place, parameter, vector } from "./blocks.ts";
import type { MatrixTable, Spot } from "./model.ts";

export const isDense = (group: Group) => group.head.definition.picture === "dense";

/** The groups that compute something, in running order. */
export const computedGroups = (structure: Structure): readonly Group[] =>
	structure.groups.filter(({ role }) => role === "hidden" || role === "output");

/** Row `unit` of what a layer makes, and all of what it reads. `brief` leaves out the activation: one table of several. */
export function forwardTable(view: View, group: Group, at: Place, { unit, term }: Spot, brief = false): MatrixTable {
	const { structure } = view.timeline;
	const [source] = structure.sourceGroups(group);
	const row: Lit = unit === null ? "none" : { row: unit };
	const read: Lit = unit === null ? "none" : "all";
	const bends = outputLayer(group) !== group.head && !brief;
	const outputs = [
		vector("z", group, "z", "data", at, true, { lit: row, sign: "→" }),
		...(bends ? [vector("a", group, "a", "data", at, true, { lit: row })] : []),
	];
	if (!isDense(group) || source === undefined) {
		const inputs = source === undefined ? [] : [vector("input", source, "a", "data", at, true, { lit: read })];
		return { group, bands: [[...inputs, ...outputs]], frame: null };
	}
	const moment = at.pass === "again" ? "after" : "before";
	const kind = at.pass === "again" ? "after" : "weight";
	const product = unit === null || term === null || term >= source.units ? null : { row: unit, column: term };
	const biasTerm = unit !== null && term === source.units ? { row: unit, column: 0 } : null;
	const bias = parameter(kind === "weight" ? "bias" : "after", group, 1, moment, at.iteration, {
		lit: row,
		strong: biasTerm,
	});
	return {
		group,
		bands: [
			[
				vector("input", source, "a", "data", at, false, {
					lit: read,
					strong: product === null ? null : { row: 0, column: product.column },
				}),
				bias === null ? null : one(group, { lit: read }),
			],
			[parameter(kind, group, 0, moment, at.iteration, { lit: row, strong: product }), bias, ...outputs],
		],
		frame: unit === null ? null : { band: 1, row: unit },
	};
}

/** What the parameters of a layer look like side by side, with those lit that a condition names. */
function parameterTable(
	group: Group,
	moment: "before" | "gradient",
	iteration: number,
	lit: (slot: number) => boolean,
): MatrixTable {
	const block = (slot: number) =>
		parameter(moment === "gradient" ? "gradient" : slot === 0 ? "weight" : "bias", group, slot, moment, iteration, {
			lit: lit(slot) ? "all" : "none",
		});
	return { group, bands: [[block(0), block(1)]], frame: null };
}

/** The parameters whose size the decay term counts. */
export function decayTables(view: View): readonly MatrixTable[] {
	const { structure, settings } = view.timeline;
	const { net } = structure;
	return structure.groups.filter(isDense).map((group) =>
		parameterTable(group, "before", view.cursor.iteration, (slot) => {
			const learnable = net.learnable[group.head.parameters[slot]?.learnable ?? -1];
			return learnable !== undefined && localDecay(settings, learnable.decayMult) !== 0;
		}),
	);
}

/** All gradients, whose common length the clip measures. */
export function clipTables(view: View): readonly MatrixTable[] {
	return view.timeline.structure.groups
		.filter(isDense)
		.map((group) => parameterTable(group, "gradient", view.cursor.iteration, () => true));
}
