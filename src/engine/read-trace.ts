import type { Net } from "./net.ts";
import type { ParameterMoment, ScalarReference } from "./reference.ts";
import { localDecay } from "./solver/decay.ts";
import type { IterationTrace, ParameterTrace, PassTrace } from "./trace.ts";

function passOf(trace: IterationTrace, pass: number | "again"): PassTrace | undefined {
	return pass === "again" ? trace.again : trace.passes[pass];
}

function momentValues(parameter: ParameterTrace, moment: ParameterMoment): Float64Array | null | undefined {
	switch (moment) {
		case "history":
			return parameter.history[0];
		case "history2":
			return parameter.history[1];
		default:
			return parameter[moment];
	}
}

function readParameter(
	net: Net,
	trace: IterationTrace,
	r: ScalarReference & { kind: "parameter" },
): number | undefined {
	const parameter = trace.parameters[learnableIndex(net, r.layer, r.slot)];
	if (parameter === undefined) return undefined;
	if (r.iteration === trace.iteration) return momentValues(parameter, r.moment)?.[r.index];
	if (r.iteration !== trace.iteration - 1) return undefined;
	// What the iteration before left behind is what this one found.
	if (r.moment === "after") return parameter.before[r.index];
	if (r.moment === "history") return parameter.historyBefore[0]?.[r.index];
	if (r.moment === "history2") return parameter.historyBefore[1]?.[r.index];
	return undefined;
}

function readSolver(net: Net, trace: IterationTrace, r: ScalarReference & { kind: "solver" }): number | undefined {
	const { settings } = trace;
	const learnable = r.layer === undefined ? undefined : net.learnable[learnableIndex(net, r.layer, r.slot ?? 0)];
	switch (r.name) {
		case "rate":
			return trace.rate * (learnable?.lrMult ?? 1);
		case "weightDecay":
			return localDecay(settings, learnable?.decayMult ?? 1);
		case "clipNorm":
			return trace.clip?.norm;
		case "clipScale":
			return trace.clip?.scale;
		default:
			return settings[r.name];
	}
}

function readInternal(net: Net, trace: IterationTrace, r: ScalarReference & { kind: "internal" }): number | undefined {
	const layer = passOf(trace, r.pass)?.layers[net.layer(r.layer).index];
	return (r.side === "data" ? layer?.internals : layer?.internalDiffs)?.[r.name]?.[r.index];
}

/** The state that the last pass of the iteration before left behind is what this iteration's first pass started from. */
function readCarried(net: Net, trace: IterationTrace, r: ScalarReference & { kind: "internal" }): number | undefined {
	const { index, definition } = net.layer(r.layer);
	const start = Object.keys(definition.carries).find((name) => definition.carries[name] === r.name);
	return start === undefined || r.side === "diff"
		? undefined
		: trace.passes[0]?.layers[index]?.internals[start]?.[r.index];
}

/** The learnable parameter that a layer's parameter is or shares; −1 where there is none. */
export function learnableIndex(net: Net, layer: string, slot: number): number {
	return net.layer(layer).parameters[slot]?.learnable ?? -1;
}

/** The recorded array that a scalar of this iteration is an element of; null where none holds it. */
export function traceArray(net: Net, trace: IterationTrace, r: ScalarReference): Float64Array | null {
	if (r.iteration !== trace.iteration) return null;
	if (r.kind === "parameter") {
		const parameter = trace.parameters[learnableIndex(net, r.layer, r.slot)];
		return parameter === undefined ? null : (momentValues(parameter, r.moment) ?? null);
	}
	if (r.kind !== "top" && r.kind !== "internal") return null;
	const layer = passOf(trace, r.pass)?.layers[net.layer(r.layer).index];
	if (r.kind === "top") return layer?.tops[r.slot]?.[r.side] ?? null;
	return (r.side === "data" ? layer?.internals : layer?.internalDiffs)?.[r.name] ?? null;
}

/**
 * One recorded number. A trace also answers for what the iteration before left behind (its `after` and `history`).
 * Undefined where this trace does not hold it: another iteration, a step skipped, a diff not computed. A `share` is
 * not recorded but computed from its expression.
 */
export function readTrace(net: Net, trace: IterationTrace, r: ScalarReference): number | undefined {
	if (r.kind === "parameter") return readParameter(net, trace, r);
	if (r.kind === "internal" && r.iteration === trace.iteration - 1) return readCarried(net, trace, r);
	if (r.iteration !== trace.iteration) return undefined;
	switch (r.kind) {
		case "top": {
			const top = passOf(trace, r.pass)?.layers[net.layer(r.layer).index]?.tops[r.slot];
			return (r.side === "data" ? top?.data : top?.diff)?.[r.index];
		}
		case "internal":
			return readInternal(net, trace, r);
		case "solver":
			return readSolver(net, trace, r);
		case "loss": {
			const pass = passOf(trace, r.pass);
			if (pass === undefined) return undefined;
			if (r.part === "data") return pass.dataLoss;
			return r.part === "decay" ? pass.decayLoss : pass.dataLoss + pass.decayLoss;
		}
		case "share":
			return undefined;
	}
}
