import { EngineError } from "../../engine/problem.ts";
import type { CsvSamples } from "../../formats/import/csv-samples.ts";
import type { Recognised } from "../../formats/import/recognise.ts";
import { readStateFile } from "../../formats/import/state-file.ts";
import { decodeState } from "../../formats/link/codec.ts";
import type { ModelState } from "../../formats/model/state.ts";
import type { SampleShapes } from "../../formats/prototxt/index.ts";
import type { Experiment } from "../../store/experiment.ts";
import { commitExperiment } from "../../store/history.ts";
import { experimentOf } from "../../store/model-state.ts";
import { sessionStore } from "../../store/session.ts";
import { startOf } from "../../timeline/cursor.ts";
import { showState } from "../link-state.ts";
import { type Imported, type Note, withNet, withSamples, withSolver, withWeights } from "./experiments.ts";

/** One of the things to be opened together. */
export interface Part {
	readonly name: string;
	readonly content: Recognised;
}

export interface Wishes {
	/** What stands in the table, with the columns' roles; null while none is among the parts. */
	readonly samples: CsvSamples | null;
	readonly shapes: SampleShapes;
}

/** An error, and the part in which it is. */
export class PartError extends Error {
	readonly part: string;

	constructor(part: string, cause: unknown) {
		super(part, { cause });
		this.name = "PartError";
		this.part = part;
	}
}

/** A whole experiment comes first, then the net; samples and weights go into what has been made so far. */
const ORDER: readonly Recognised["kind"][] = ["state", "link", "net", "solver", "csv", "npz", "caffemodel"];

/** At most one of each, whatever file it came from: the last one given. */
export function withPart(parts: readonly Part[], part: Part): readonly Part[] {
	const weights = ["npz", "caffemodel"];
	const whole = ["state", "link"];
	const replaces = (kind: Recognised["kind"]) =>
		[weights, whole].find((group) => group.includes(part.content.kind))?.includes(kind) ?? kind === part.content.kind;
	const others = parts.filter(({ content }) => !replaces(content.kind));
	return [...others, part].sort((a, b) => ORDER.indexOf(a.content.kind) - ORDER.indexOf(b.content.kind));
}

/** A file's name as the name of what is in it. */
const bare = (name: string) => name.replace(/\.[^.]*$/, "").slice(0, 60) || name.slice(0, 60);

function added(experiment: Experiment, { name, content }: Part, { samples, shapes }: Wishes): Imported {
	switch (content.kind) {
		case "net":
			return withNet(experiment, content.text, shapes, bare(name));
		case "solver":
			return withSolver(experiment, content.text);
		case "csv":
			return samples === null ? { experiment, notes: [] } : withSamples(experiment, samples, bare(name));
		case "npz":
		case "caffemodel":
			return withWeights(experiment, content.kind, content.bytes);
		case "state":
		case "link":
			return { experiment, notes: [] };
	}
}

async function inPart<T>(part: Part, act: () => T | Promise<T>): Promise<T> {
	try {
		return await act();
	} catch (error) {
		throw new PartError(part.name, error);
	}
}

async function stateOf(part: Part): Promise<ModelState | null> {
	const { content } = part;
	if (content.kind === "state") return readStateFile(content.text);
	return content.kind === "link" ? decodeState(content.text) : null;
}

/** Notes on the net's own samples are void where a table brings others. */
const without = (notes: readonly Note[], code: Note["code"]) => notes.filter((note) => note.code !== code);

/** What the parts make of the experiment at hand. @throws PartError */
export async function combine(current: Experiment, parts: readonly Part[], wishes: Wishes) {
	let experiment = current;
	let notes: readonly Note[] = [];
	let state: ModelState | null = null;
	for (const part of parts) {
		await inPart(part, async () => {
			const found = await stateOf(part);
			if (found !== null) {
				state = found;
				experiment = await experimentOf(found);
			}
			const made = added(experiment, part, wishes);
			experiment = made.experiment;
			notes = [...(part.content.kind === "csv" ? without(notes, "drawn") : notes), ...made.notes];
		});
	}
	return { experiment, notes, state };
}

/**
 * Opens what the parts make, undoably; what is shown stays until it is open.
 * @returns what is to be told of it
 * @throws PartError, EngineError
 */
export async function openParts(parts: readonly Part[], wishes: Wishes): Promise<readonly Note[]> {
	const { run } = sessionStore.getState();
	if (run === null) return [];
	const { experiment, notes, state } = await combine(run.experiment, parts, wishes);
	if (!(await commitExperiment(experiment, startOf(1)))) {
		const { problem } = sessionStore.getState();
		sessionStore.setState({ problem: null });
		if (problem !== null) throw new EngineError(problem);
	}
	if (state !== null) await showState(state);
	return notes;
}
