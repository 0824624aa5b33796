import { readTrace } from "../engine/read-trace.ts";
import { type SessionState, sessionStore } from "../store/session.ts";
import { settingsStore } from "../store/settings.ts";
import { addressText } from "../timeline/address.ts";
import { nodeAt } from "../timeline/cursor.ts";
import { stageLine } from "../views/timeline/names.ts";

const MOST_ROWS = 5000;

export type TableName = "weights" | "activations" | "gradients" | "trace";
type Row = Readonly<Record<string, string | number>>;

/** The values of the iteration that is shown, as rows; no more than a page can take at once. */
export function tableRows(what: TableName): readonly Row[] {
	const state = sessionStore.getState();
	if (state.run === null || state.opened === null) return [];
	switch (what) {
		case "weights":
			return parameterRows(state, "before");
		case "gradients":
			return parameterRows(state, "gradient");
		case "activations":
			return activationRows(state);
		case "trace":
			return stageRows(state);
	}
}

function parameterRows({ run, opened }: SessionState, moment: "before" | "gradient"): readonly Row[] {
	if (run === null || opened === null) return [];
	return run.runner.net.learnable
		.flatMap(({ layer, slot }, learnable) =>
			Array.from(opened.trace.parameters[learnable][moment], (value, index) => ({ layer, slot, index, value })),
		)
		.slice(0, MOST_ROWS);
}

function activationRows({ run, opened }: SessionState): readonly Row[] {
	if (run === null || opened === null) return [];
	const { net } = run.runner;
	const { trace } = opened;
	const rows: Row[] = [];
	for (const { name: layer, topNames } of net.layers) {
		topNames.forEach((blob, slot) => {
			for (let index = 0; rows.length < MOST_ROWS; index++) {
				const { iteration } = trace;
				const value = readTrace(net, trace, { kind: "top", iteration, pass: 0, layer, slot, side: "data", index });
				if (value === undefined) break;
				rows.push({ layer, blob, index, value });
			}
		});
	}
	return rows;
}

function stageRows({ opened, cursor: { iteration } }: SessionState): readonly Row[] {
	if (opened === null) return [];
	const { timeline } = opened;
	const { catalogue, notation } = settingsStore.getState();
	const rows: Row[] = [];
	for (let leaf = 0; leaf < timeline.leaves && rows.length < MOST_ROWS; ) {
		const node = nodeAt(timeline, leaf, "unit");
		const id = addressText(timeline, { iteration, leaf: node.last });
		rows.push({ id, text: stageLine(catalogue, timeline.structure, node, notation) });
		leaf = node.last + 1;
	}
	return rows;
}
