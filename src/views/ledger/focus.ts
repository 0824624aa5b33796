import type { ScalarReference } from "../../engine/reference.ts";
import type { Subject } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { type Group, groupScalar } from "../../timeline/structure.ts";

type Top = Extract<ScalarReference, { readonly kind: "top" }>;

/** The numbers whose formulas a stage shows, the main one last; `next` says that they are still to come. */
export interface Focus {
	readonly subjects: readonly Subject[];
	readonly next: boolean;
}

function unitScalars(view: View, group: Group, side: "data" | "diff", unit: number): readonly ScalarReference[] {
	const at = { iteration: view.cursor.iteration, pass: view.pass, side } as const;
	const z = groupScalar(group, "z", at, view.sample, unit);
	if (side === "diff" || group.elementwise.length === 0) return [z];
	return [z, groupScalar(group, "a", at, view.sample, unit)];
}

/** In a row of gradients the largest is the one that matters. */
function largestColumn(view: View, layer: string, row: number, columns: number): number {
	let best = 0;
	let size = -1;
	for (let column = 0; column < columns; column++) {
		const value = Math.abs(
			view.value({
				kind: "parameter",
				iteration: view.cursor.iteration,
				layer,
				slot: 0,
				moment: "gradient",
				index: row * columns + column,
			}),
		);
		if (value > size) {
			size = value;
			best = column;
		}
	}
	return best;
}

/** What the ledger explains where one stands, when nothing else was asked for. */
export function focusOf(view: View): Focus {
	const { phase, group: stage, unit, term } = view.leaf;
	const { iteration } = view.cursor;
	const { structure } = view.timeline;
	const done = (references: readonly ScalarReference[]): Focus => ({ subjects: references, next: false });
	if (phase === null || stage === null || unit === null || term === null) return done([]);
	const { subject } = stage;
	switch (subject.kind) {
		case "input": {
			const first = structure.groups.find(({ role }) => role === "hidden" || role === "output");
			return { subjects: first === undefined ? [] : unitScalars(view, first, "data", 0).slice(0, 1), next: true };
		}
		case "decay":
			return done([
				{ kind: "loss", iteration, pass: view.pass, part: "decay" },
				{ kind: "loss", iteration, pass: view.pass, part: "total" },
			]);
		case "clip":
			return done([
				{ kind: "solver", iteration, name: "clipNorm" },
				{ kind: "solver", iteration, name: "clipScale" },
			]);
		case "again":
			return done([{ kind: "loss", iteration, pass: "again", part: "total" }]);
		case "parameter": {
			const { parameter, moments } = subject;
			const columns = parameter.blob.count / stage.units;
			const index = unit * columns + Math.floor(term / moments.length);
			const upTo = moments.slice(0, (term % moments.length) + 1);
			return done(
				upTo
					.slice(-3)
					.map(
						(moment): ScalarReference => ({
							kind: "parameter",
							iteration,
							layer: parameter.layer,
							slot: parameter.slot,
							moment,
							index,
						}),
					),
			);
		}
		case "group":
			break;
	}
	const { group } = subject;
	switch (phase.name) {
		case "forward":
			return done(unitScalars(view, group, "data", unit));
		case "backward":
			return done(unitScalars(view, group, "diff", unit));
		case "gradients": {
			const [weight] = group.head.run.parameters;
			const columns = weight.shape.length > 1 ? weight.count / weight.shape[0] : 1;
			const row = Math.min(unit, weight.count / columns - 1);
			const index = row * columns + largestColumn(view, group.head.name, row, columns);
			return done([{ kind: "parameter", iteration, layer: group.head.name, slot: 0, moment: "gradient", index }]);
		}
		default: {
			const [name] = Object.keys(group.head.run.internals);
			if (name !== undefined && unit < stage.units - 1) {
				const index = view.sample * stage.segments[0].units + unit;
				return done([
					{ kind: "internal", iteration, pass: view.pass, layer: group.head.name, name, side: "data", index },
				]);
			}
			const top: Top = {
				kind: "top",
				iteration,
				pass: view.pass,
				layer: group.head.name,
				slot: 0,
				side: "data",
				index: 0,
			};
			return done([top]);
		}
	}
}
