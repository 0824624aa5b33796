import type { NamedDataSet } from "../data/preset.ts";
import { presetById, presetIdOf } from "../data/presets/index.ts";
import { buildNet } from "../engine/net.ts";
import { EngineError } from "../engine/problem.ts";
import { countOf } from "../engine/shape.ts";
import type { DataSource, SolverSettings } from "../engine/specification.ts";
import { writeNumber, writeNumbers } from "../formats/model/numbers.ts";
import { StateError } from "../formats/model/problem.ts";
import { type ModelState, STATE_VERSION, type WrittenState } from "../formats/model/state.ts";
import { FormatError, readNet, readSolver, writeNet, writeSolver } from "../formats/prototxt/index.ts";
import type { Edit, Experiment } from "./experiment.ts";
import { openPreset } from "./open-experiment.ts";

/** What a state without a preset is said against. */
const DEFAULT_PRESET = "worked-example";

type WrittenData = NonNullable<WrittenState["data"]>;

const sameJson = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function netOf({ net }: Experiment): NonNullable<WrittenState["net"]> {
	return { text: writeNet(net).text, precision: net.precision };
}

function solverOf({ solver }: Experiment): NonNullable<WrittenState["solver"]> {
	return { text: writeSolver(solver).text, precision: solver.precision };
}

function startOf({ start }: Experiment): NonNullable<WrittenState["start"]> {
	return Object.fromEntries(Object.entries(start).map(([key, values]) => [key, writeNumbers(values)]));
}

/** Only what differs, where the data set kept its shape; all of it otherwise. */
function dataOf(data: NamedDataSet, base: NamedDataSet): WrittenData | null {
	if (data === base) return null;
	const shapes = ({ blobs, samples }: DataSource) =>
		JSON.stringify([
			samples,
			Object.entries(blobs).map(([name, { sampleShape, values }]) => [name, sampleShape, values.length]),
		]);
	if (shapes(data.source) === shapes(base.source) && data.id === base.id) {
		const changes: Record<string, Record<string, number | string>> = {};
		for (const [name, { values }] of Object.entries(data.source.blobs)) {
			const before = base.source.blobs[name].values;
			values.forEach((value, index) => {
				if (!Object.is(value, before[index])) changes[name] = { ...changes[name], [index]: writeNumber(value) };
			});
		}
		return Object.keys(changes).length === 0 ? null : { id: data.id, changes };
	}
	return {
		id: data.id,
		card: data.card,
		source: data.origin.source,
		licence: data.origin.licence,
		samples: data.source.samples,
		blobs: Object.fromEntries(
			Object.entries(data.source.blobs).map(([name, { sampleShape, values }]) => {
				const rows = values.length / countOf(sampleShape);
				const own = rows === data.source.samples ? {} : { rows };
				return [name, { shape: [...sampleShape], ...own, values: writeNumbers(values) }];
			}),
		),
	};
}

/** A setting of each kind, to hold those of a solver edit against. */
const SETTINGS: ReadonlyMap<string, unknown> = new Map(
	Object.entries(readSolver('lr_policy: "fixed"', { precision: "double" })).filter(([key]) => key !== "precision"),
);

function editOf(edit: Edit): NonNullable<WrittenState["edits"]>[number] {
	if (edit.kind === "solver") return [edit.iteration, "solver", JSON.stringify(edit.change)];
	return [edit.iteration, `${edit.layer}/${edit.slot}/${edit.index}`, writeNumber(edit.value)];
}

/** An experiment as a state: what differs from its preset, or with `whole` everything. */
export async function stateOf(experiment: Experiment, whole = false): Promise<WrittenState> {
	const base = await openPreset(presetById(experiment.preset));
	const differs = (write: (of: Experiment) => unknown) => whole || !sameJson(write(experiment), write(base));
	const data = dataOf(experiment.data, whole ? { ...base.data, id: "" } : base.data);
	return {
		v: STATE_VERSION,
		preset: experiment.preset,
		...(experiment.name === undefined ? {} : { name: experiment.name }),
		...(differs(netOf) ? { net: netOf(experiment) } : {}),
		...(differs(solverOf) ? { solver: solverOf(experiment) } : {}),
		...(differs(({ seed }) => seed) ? { seed: experiment.seed } : {}),
		...(differs(startOf) ? { start: startOf(experiment) } : {}),
		...(data === null ? {} : { data }),
		...(experiment.edits.length === 0 ? {} : { edits: experiment.edits.map(editOf) }),
	};
}

/** Does a part; what the engine or a format refuses is told with the path of the part. */
function at<T>(path: string, make: () => T): T {
	try {
		return make();
	} catch (error) {
		if (error instanceof EngineError || error instanceof FormatError) throw new StateError({ code: "S5", path }, error);
		throw error;
	}
}

function readData(written: NonNullable<ModelState["data"]>, base: NamedDataSet): NamedDataSet {
	const { id, card, source, licence, samples, blobs, changes = {} } = written;
	if (blobs === undefined) {
		const changed = Object.entries(base.source.blobs).map(([name, blob]) => {
			const values = blob.values.slice();
			for (const [index, value] of Object.entries(changes[name] ?? {})) {
				if (Number(index) >= values.length) throw new StateError({ code: "S5", path: `data.changes.${name}.${index}` });
				values[Number(index)] = value;
			}
			return [name, { ...blob, values }] as const;
		});
		return { ...base, source: { ...base.source, blobs: Object.fromEntries(changed) } };
	}
	if (samples === undefined) throw new StateError({ code: "S5", path: "data.samples" });
	const read = Object.entries(blobs).map(([name, { shape, rows = samples, values }]) => {
		if (countOf(shape) * rows !== values.length) throw new StateError({ code: "S5", path: `data.blobs.${name}` });
		return [name, { sampleShape: shape, values: Float64Array.from(values) }] as const;
	});
	return {
		id,
		source: { samples, blobs: Object.fromEntries(read) },
		card: card ?? { kind: "numbers" },
		origin: { source: source ?? "", licence: licence ?? "" },
	};
}

function readSolverChange(text: string, path: string): Partial<SolverSettings> {
	const refused = new StateError({ code: "S5", path });
	let parsed: unknown;
	try {
		parsed = JSON.parse(text);
	} catch {
		throw refused;
	}
	if (typeof parsed !== "object" || parsed === null) throw refused;
	const change = Object.entries(parsed);
	for (const [key, value] of change) {
		const sample = SETTINGS.get(key);
		const fits = Array.isArray(sample)
			? Array.isArray(value) && value.every((one) => typeof one === "number")
			: typeof value === typeof sample;
		if (!fits) throw new StateError({ code: "S5", path: `${path}.${key}` });
	}
	return Object.fromEntries(change);
}

function readEdit(edit: NonNullable<ModelState["edits"]>[number], place: number): Edit {
	const [iteration, what, value] = edit;
	if (typeof value === "string")
		return { kind: "solver", iteration, change: readSolverChange(value, `edits.${place}`) };
	const parts = what.split("/");
	const index = Number(parts.pop());
	const slot = Number(parts.pop());
	return { kind: "parameter", iteration, layer: parts.join("/"), slot, index, value };
}

/** Holds start values and edits against the parameters that the net has; those of the preset give way to another net. */
function checkParameters(experiment: Experiment, { net, start, edits }: ModelState): Experiment {
	if (net === undefined && start === undefined && edits === undefined) return experiment;
	const { learnable } = at("net", () => buildNet(experiment.net));
	const counts = new Map(learnable.map(({ layer, slot, blob }) => [`${layer}/${slot}`, blob.count]));
	const fits = ([key, values]: readonly [string, readonly number[]]) => counts.get(key) === values.length;
	const misfit = Object.entries(start ?? {}).find((entry) => !fits(entry));
	if (misfit !== undefined) throw new StateError({ code: "S5", path: `start.${misfit[0]}` });
	experiment.edits.forEach((edit, place) => {
		if (edit.kind === "parameter" && !(edit.index < (counts.get(`${edit.layer}/${edit.slot}`) ?? 0))) {
			throw new StateError({ code: "S5", path: `edits.${place}` });
		}
	});
	return { ...experiment, start: Object.fromEntries(Object.entries(experiment.start).filter(fits)) };
}

/**
 * The experiment that a state describes.
 * @throws StateError S5 with the path of what cannot be; its `cause` says why where the engine or a format refused it
 */
export async function experimentOf(state: ModelState): Promise<Experiment> {
	const id = presetIdOf(state.preset ?? DEFAULT_PRESET);
	if (id === null) throw new StateError({ code: "S5", path: "preset" });
	const base = await openPreset(presetById(id));
	const { net, solver, seed, start, data, edits, name } = state;
	const described: Experiment = {
		...base,
		...(name === undefined ? {} : { name }),
		...(net === undefined ? {} : { net: at("net", () => readNet(net.text, { precision: net.precision })) }),
		...(solver === undefined
			? {}
			: { solver: at("solver", () => readSolver(solver.text, { precision: solver.precision })) }),
		...(seed === undefined ? {} : { seed: seed | 0 }),
		...(start === undefined ? {} : { start }),
		...(data === undefined ? {} : { data: readData(data, base.data) }),
		...(edits === undefined ? {} : { edits: edits.map(readEdit) }),
	};
	return checkParameters(described, state);
}
