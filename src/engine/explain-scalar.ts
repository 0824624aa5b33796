import type { Expression } from "./expression.ts";
import { apply, constant, difference, product, quotient, scalar, sum } from "./expressions.ts";
import type { ExplanationScope } from "./layer.ts";
import type { Net, NetLayer } from "./net.ts";
import { learnableIndex } from "./read-trace.ts";
import type { ParameterMoment, Pass, ScalarReference } from "./reference.ts";
import { localDecay } from "./solver/decay.ts";
import { updateRule } from "./solver/known-rules.ts";
import type { SolverSettings } from "./specification.ts";

/** What an explanation is written about: a net, the settings in force, and a reader for choosing cases. */
export interface ExplanationContext {
	readonly net: Net;
	readonly settings: SolverSettings;
	/** A recorded number, only to choose a case (a kink's side, a label); NaN where it is not at hand. */
	read(reference: ScalarReference): number;
}

type Of<K extends ScalarReference["kind"]> = Extract<ScalarReference, { readonly kind: K }>;

/**
 * How a scalar comes from others, as the kernels compute it; null where it is given from outside (data, settings, the
 * start value of a parameter).
 */
export function explainScalar(context: ExplanationContext, r: ScalarReference): Expression | null {
	switch (r.kind) {
		case "top":
			return r.side === "data" ? explainTop(context, r) : explainDiff(context, r);
		case "internal": {
			const layer = context.net.layer(r.layer);
			return layer.definition.explain.internal(scopeOf(context, layer, r.iteration, r.pass), r.name, r.index, r.side);
		}
		case "share":
			return explainShare(context, r);
		case "parameter":
			return explainParameter(context, r);
		case "solver":
			return explainSolver(context, r);
		case "loss":
			return explainLoss(context, r);
	}
}

function scopeOf(
	context: ExplanationContext,
	layer: NetLayer,
	iteration: number,
	pass: Pass,
): ExplanationScope<Readonly<Record<string, unknown>>> {
	const { net } = context;
	const bottom = (slot: number, index: number, side: "data" | "diff" = "data"): ScalarReference => {
		const source = layer.sources[slot];
		return { kind: "top", iteration, pass, layer: net.layers[source.layer].name, slot: source.slot, side, index };
	};
	const top = (slot: number, index: number, side: "data" | "diff" = "data"): ScalarReference => ({
		kind: "top",
		iteration,
		pass,
		layer: layer.name,
		slot,
		side,
		index,
	});
	return {
		run: layer.run,
		pass,
		bottom: (slot, index, side) => scalar(bottom(slot, index, side)),
		top: (slot, index, side) =>
			side === "diff" && !layer.diffComputed[slot] ? constant(0) : scalar(top(slot, index, side)),
		hasDiff: (slot) => layer.diffComputed[slot],
		parameter: (slot, index) => {
			const owner = net.learnable[layer.parameters[slot].learnable];
			const moment = pass === "again" ? "after" : "before";
			return scalar({ kind: "parameter", iteration, layer: owner.layer, slot: owner.slot, moment, index });
		},
		internal: (name, index, side = "data") =>
			scalar({ kind: "internal", iteration, pass, layer: layer.name, name, side, index }),
		earlier(name, index) {
			const before = passBefore(context, iteration, pass);
			return before === null
				? null
				: scalar({ kind: "internal", ...before, layer: layer.name, name, side: "data", index });
		},
		internalValue: (name, index) =>
			context.read({ kind: "internal", iteration, pass, layer: layer.name, name, side: "data", index }),
		bottomValue: (slot, index) => context.read(bottom(slot, index)),
		topValue: (slot, index) => context.read(top(slot, index)),
		lossWeight: (slot) => layer.lossWeights[slot] ?? 0,
	};
}

/** The pass before one of an iteration; the closing forward repeats the last pass. Null before the first of all. */
function passBefore({ settings }: ExplanationContext, iteration: number, pass: Pass) {
	const last = settings.iterSize - 1;
	const own = pass === "again" ? last : pass;
	if (own > 0) return { iteration, pass: own - 1 };
	return iteration === 1 ? null : { iteration: iteration - 1, pass: last };
}

function explainTop(context: ExplanationContext, r: Of<"top">): Expression | null {
	const layer = context.net.layer(r.layer);
	return layer.definition.explain.top(scopeOf(context, layer, r.iteration, r.pass), r.slot, r.index);
}

/** A top's diff is what its one consumer hands back; a weighted top's is its loss weight. */
function explainDiff(context: ExplanationContext, r: Of<"top">): Expression | null {
	const { net } = context;
	const layer = net.layer(r.layer);
	const weight = layer.lossWeights[r.slot] ?? 0;
	if (weight !== 0) return constant(weight);
	const consumer = net.layers.find((candidate) =>
		candidate.sources.some((source) => source.layer === layer.index && source.slot === r.slot),
	);
	if (consumer === undefined) return null;
	const slot = consumer.sources.findIndex((source) => source.layer === layer.index && source.slot === r.slot);
	return consumer.definition.explain.bottomDiff(scopeOf(context, consumer, r.iteration, r.pass), slot, r.index);
}

function explainShare(context: ExplanationContext, r: Of<"share">): Expression {
	const layer = context.net.layer(r.layer);
	const scope = scopeOf(context, layer, r.iteration, r.pass);
	return layer.definition.explain.gradient(scope, r.slot, r.index).share(r.sample);
}

/** Layers that compute a diff of this parameter, in the order in which backward reaches them. */
function contributors(net: Net, learnable: number) {
	return net.layers
		.flatMap((layer) => layer.parameters.map((use, slot) => ({ layer, slot, use })))
		.filter(
			({ layer, slot, use }) =>
				use.learnable === learnable && layer.needsBackward && layer.run.parameterNeedsDiff[slot],
		)
		.reverse();
}

/** How many samples (rows of the batch) add to a parameter of a layer. */
export function gradientRows(context: ExplanationContext, layer: string, slot: number): number {
	const found = context.net.layer(layer);
	return found.definition.explain.gradient(scopeOf(context, found, 1, 0), slot, 0).rows;
}

function explainGradient(context: ExplanationContext, r: Of<"parameter">): Expression {
	const users = contributors(context.net, learnableIndex(context.net, r.layer, r.slot));
	const perPass: Expression[] = [];
	for (let pass = 0; pass < context.settings.iterSize; pass++) {
		for (const { layer, slot } of users) {
			const scope = scopeOf(context, layer, r.iteration, pass);
			const { rows, overwrites } = layer.definition.explain.gradient(scope, slot, r.index);
			if (overwrites) perPass.length = 0;
			const own = { iteration: r.iteration, pass, layer: layer.name, slot, index: r.index };
			const shares = Array.from({ length: rows }, (_, sample) => scalar({ kind: "share", ...own, sample }));
			perPass.push(sum(shares, "samples"));
		}
	}
	if (perPass.length === 0) return constant(0);
	return perPass.length === 1 ? perPass[0] : sum(perPass, "passes");
}

/** The last recorded moment before `until` in the solver's pipeline under these settings. */
function momentBefore(context: ExplanationContext, r: Of<"parameter">, until: ParameterMoment): ParameterMoment {
	const moments = momentsInForce(context, r.layer, r.slot);
	const place = moments.indexOf(until);
	return moments[place - 1];
}

/** The moments that one parameter goes through under the settings in force, in order, from `gradient` to `after`. */
export function momentsInForce(
	{ net, settings }: Pick<ExplanationContext, "net" | "settings">,
	layer: string,
	slot: number,
): readonly ParameterMoment[] {
	const { decayMult } = net.learnable[learnableIndex(net, layer, slot)];
	const { slots } = updateRule(settings.type);
	return [
		"gradient",
		...(settings.clipGradients >= 0 ? (["clipped"] as const) : []),
		...(settings.iterSize > 1 ? (["normalized"] as const) : []),
		...(localDecay(settings, decayMult) !== 0 ? (["regularized"] as const) : []),
		"history",
		...(slots > 1 ? (["history2"] as const) : []),
		"update",
		"after",
	];
}

function explainParameter(context: ExplanationContext, r: Of<"parameter">): Expression | null {
	const { settings, net } = context;
	const at = (moment: ParameterMoment, iteration = r.iteration): Expression => scalar({ ...r, moment, iteration });
	const learnable = net.learnable[learnableIndex(net, r.layer, r.slot)];
	const solver = (name: Of<"solver">["name"], own: boolean): Expression =>
		scalar({ kind: "solver", iteration: r.iteration, name, ...(own ? { layer: r.layer, slot: r.slot } : {}) });
	/** A diff on its way through the pipeline; 0 where it begins with one that this net does not compute. */
	const diffAt = (moment: ParameterMoment): Expression =>
		moment === "gradient" && contributors(net, learnable.index).length === 0 ? constant(0) : at(moment);

	switch (r.moment) {
		case "before": {
			if (!learnable.movedByLayer) return r.iteration === 1 ? null : at("after", r.iteration - 1);
			const owner = net.layer(r.layer);
			const scope = scopeOf(context, owner, r.iteration, settings.iterSize - 1);
			return owner.definition.explain.movedParameter(scope, r.slot, r.index);
		}
		case "gradient":
			return explainGradient(context, r);
		case "clipped":
			return product(diffAt("gradient"), solver("clipScale", false));
		case "normalized":
			return product(diffAt(momentBefore(context, r, "normalized")), quotient(constant(1), solver("iterSize", false)));
		case "regularized": {
			const decay = solver("weightDecay", learnable.decayMult !== 1);
			const pull = settings.regularization === "L2" ? at("before") : apply("sign", at("before"));
			return sum([diffAt(momentBefore(context, r, "regularized")), product(decay, pull)]);
		}
		case "history":
		case "history2":
		case "update": {
			const previous = (slot: number) =>
				r.iteration === 1 ? constant(0) : at(slot === 0 ? "history" : "history2", r.iteration - 1);
			const scope = {
				gradient: diffAt(momentBefore(context, r, "history")),
				historyBefore: previous,
				history: (slot: number) => at(slot === 0 ? "history" : "history2"),
				rate: solver("rate", learnable.lrMult !== 1),
				setting: (name: "momentum" | "momentum2" | "delta" | "rmsDecay") => solver(name, false),
				iteration: r.iteration - 1,
			};
			const rule = updateRule(settings.type);
			return r.moment === "update"
				? rule.explain.update(scope)
				: rule.explain.history(scope, r.moment === "history" ? 0 : 1);
		}
		case "after":
			// A parameter with lr_mult 0 is left alone: its update is 0 whatever its history holds.
			return learnable.lrMult === 0 ? at("before") : difference(at("before"), at("update"));
	}
}

function explainSolver(context: ExplanationContext, r: Of<"solver">): Expression | null {
	const { net } = context;
	const whole = (name: Of<"solver">["name"]) => scalar({ kind: "solver", iteration: r.iteration, name });
	if (r.layer !== undefined) {
		const { lrMult, decayMult } = net.learnable[learnableIndex(net, r.layer, r.slot ?? 0)];
		if (r.name === "rate") return product(whole("rate"), constant(lrMult));
		if (r.name === "weightDecay") return product(whole("weightDecay"), constant(decayMult));
	}
	if (r.name === "clipScale") {
		const norm = whole("clipNorm");
		const bound = whole("clipGradients");
		const exceeds = context.read({ ...r, name: "clipNorm" }) > context.settings.clipGradients;
		return exceeds ? quotient(bound, norm) : constant(1);
	}
	if (r.name === "clipNorm") {
		const squares = net.learnable.map(({ layer, slot, blob }) =>
			sum(
				Array.from({ length: blob.count }, (_, index) =>
					apply(
						"square",
						scalar({ kind: "parameter", iteration: r.iteration, layer, slot, moment: "gradient", index }),
					),
				),
				"elements",
			),
		);
		return apply("sqrt", sum(squares));
	}
	return null;
}

function explainLoss({ net, settings }: ExplanationContext, r: Of<"loss">): Expression {
	const { iteration, pass } = r;
	if (r.part === "total") {
		return sum([scalar({ ...r, part: "data" }), scalar({ ...r, part: "decay" })]);
	}
	if (r.part === "data") {
		const terms = net.layers.flatMap((layer) =>
			layer.run.tops.flatMap((top, slot) => {
				const weight = layer.lossWeights[slot] ?? 0;
				if (weight === 0) return [];
				return Array.from({ length: top.count }, (_, index) =>
					product(
						scalar({ kind: "top", iteration, pass, layer: layer.name, slot, side: "data", index }),
						constant(weight),
					),
				);
			}),
		);
		return sum(terms);
	}
	const moment = pass === "again" ? "after" : "before";
	const terms = net.learnable.flatMap(({ layer, slot, blob, decayMult }) => {
		if (localDecay(settings, decayMult) === 0) return [];
		const decay = scalar({
			kind: "solver",
			iteration,
			name: "weightDecay",
			...(decayMult === 1 ? {} : { layer, slot }),
		});
		const weights = Array.from({ length: blob.count }, (_, index) =>
			apply(
				settings.regularization === "L2" ? "square" : "abs",
				scalar({ kind: "parameter", iteration, layer, slot, moment, index }),
			),
		);
		const factor = settings.regularization === "L2" ? quotient(decay, constant(2)) : decay;
		return [product(factor, sum(weights, "elements"))];
	});
	return sum(terms);
}
