import { readTrace } from "../engine/read-trace.ts";
import { parseReference, referenceText, type ScalarReference } from "../engine/reference.ts";
import { decodeState, encodeState } from "../formats/link/codec.ts";
import type { ModelState, WrittenState } from "../formats/model/state.ts";
import { goTo, inspect, selectSample, setDepth } from "../store/actions.ts";
import { experimentOf, stateOf } from "../store/model-state.ts";
import { sessionStore } from "../store/session.ts";
import { settingsStore } from "../store/settings.ts";
import { showExperiment } from "../store/show-experiment.ts";
import { traceReader } from "../store/view.ts";
import { addressText, parseAddress } from "../timeline/address.ts";
import { startOf } from "../timeline/cursor.ts";
import { pageStore } from "./page-store.ts";
import { panels } from "./panels.ts";

/** All that decides what is seen now, with `whole` also what the preset has anyway; null until an experiment is open. */
export async function currentState(whole = false): Promise<WrittenState | null> {
	const { run, opened, cursor, depth, sample, inspected } = sessionStore.getState();
	if (run === null || opened === null) return null;
	const { notation, form } = settingsStore.getState();
	const { panel, tables } = pageStore.getState();
	return {
		...(await stateOf(run.experiment, whole)),
		at: addressText(opened.timeline, cursor),
		gran: depth,
		view: {
			...(sample === 0 ? {} : { sample }),
			...(inspected === null || inspected.kind === "derived" ? {} : { inspected: referenceText(inspected) }),
			...(notation === "ufldl" ? {} : { notation }),
			...(form === "scalar" ? {} : { form }),
			...(panel === "step" || panel === panels[0]?.id ? {} : { panel }),
			...(tables ? { tables } : {}),
		},
	};
}

/** What is seen now as the word of a link; null until an experiment is open. */
export async function currentLink(): Promise<string | null> {
	const state = await currentState();
	return state === null ? null : encodeState(state);
}

function showView({ view = {}, gran }: ModelState): void {
	if (gran !== undefined) setDepth(gran);
	const { sample, notation, form, panel, tables } = view;
	settingsStore.setState({ ...(notation ? { notation } : {}), ...(form ? { form } : {}) });
	const known = panels.find(({ id }) => id === panel)?.id;
	pageStore.setState({ ...(known ? { panel: known } : {}), ...(tables === undefined ? {} : { tables }) });
	if (sample !== undefined) selectSample(sample);
}

async function showPlace({ at, view }: ModelState): Promise<void> {
	const { opened } = sessionStore.getState();
	if (opened === null || at === undefined) return;
	// An earlier iteration may have other stages: the solver's settings decide which.
	await goTo({ iteration: parseAddress(opened.timeline, at).cursor.iteration, leaf: 0 });
	const there = sessionStore.getState().opened;
	if (there === null) return;
	await goTo(parseAddress(there.timeline, at).cursor);
	const inspected = view?.inspected === undefined ? null : parseReference(view.inspected);
	if (inspected !== null && exists(inspected)) inspect(inspected);
}

/** Whether the open iteration has a number: a link's author can name any. */
function exists(reference: ScalarReference): boolean {
	const { opened } = sessionStore.getState();
	if (opened === null) return false;
	const { timeline, trace } = opened;
	try {
		if (reference.kind === "share") return !Number.isNaN(traceReader(timeline, trace).read(reference));
		return readTrace(timeline.structure.net, trace, reference) !== undefined;
	} catch (error) {
		if (error instanceof RangeError) return false;
		throw error;
	}
}

/** Goes to a state's place and shows its panels, in an experiment that is open. */
export async function showState(state: ModelState): Promise<void> {
	showView(state);
	await showPlace(state);
}

/** Shows what a state describes. @throws StateError, EngineError where it cannot be */
export async function openState(state: ModelState): Promise<void> {
	const experiment = await experimentOf(state);
	sessionStore.setState({ past: [], future: [] });
	await showExperiment(experiment, startOf(1));
	await showState(state);
}

/** Shows what a link's word describes. @throws StateError, EngineError where it cannot be */
export async function openLink(text: string): Promise<void> {
	await openState(await decodeState(text));
}
