import { backwardFlags } from "./backward-flags.ts";
import { type Blob, createBlob, createMemory, type Memory } from "./blob.ts";
import { buildGraph } from "./graph.ts";
import type { LayerDefinition, LayerPasses, LayerRun } from "./layer.ts";
import { computedDiffs, elementsOf, lossWeightsOf, planLayers, type TopAddress } from "./net-plan.ts";
import { bindParameters, type LearnableParameter, type ParameterUse } from "./parameters.ts";
import { createRandom, type RandomGenerator } from "./random.ts";
import type { NetSpecification } from "./specification.ts";

export type { TopAddress } from "./net-plan.ts";

export interface NetLayer {
	readonly index: number;
	readonly name: string;
	readonly type: string;
	readonly definition: LayerDefinition;
	/** Inserted by the builder. */
	readonly automatic: boolean;
	readonly run: LayerRun<Readonly<Record<string, unknown>>>;
	readonly passes: LayerPasses;
	/** Where each bottom comes from. */
	readonly sources: readonly TopAddress[];
	readonly bottomNames: readonly string[];
	readonly topNames: readonly string[];
	/** The layer runs backward. */
	readonly needsBackward: boolean;
	readonly lossWeights: readonly number[];
	/** For each top, whether anything ever writes its diff: its loss weight, or a consumer on the way back. */
	readonly diffComputed: readonly boolean[];
	/** For each parameter of the layer, the learnable parameter it is or shares. */
	readonly parameters: readonly ParameterUse[];
}

/** A built net: layers in order over planned buffers. Its shape never changes; its buffers are written by the passes. */
export interface Net {
	readonly specification: NetSpecification;
	readonly layers: readonly NetLayer[];
	readonly blobs: readonly Blob[];
	readonly memory: Memory;
	/** Whether any layer writes over what it reads. */
	readonly worksInPlace: boolean;
	/** Owners only, in the order of the layers: one history and one update each. */
	readonly learnable: readonly LearnableParameter[];
	/** Tops of Input layers, to be filled from the data. */
	readonly inputs: readonly {
		readonly name: string;
		readonly blob: Blob;
		readonly layer: string;
		readonly slot: number;
	}[];
	layer(name: string): NetLayer;
	/** Fixes the draws of the next pass: the same number gives the same masks. */
	setDraw(draw: number): void;
	readonly draw: number;
	/** Makes one layer draw from another generator, so that a test can hand it known numbers. */
	setRandom(layer: string, random: () => RandomGenerator): void;
	/**
	 * One forward pass. Returns the net's loss: Σ over weighted tops of ⟨data, weight⟩. `again`: the last pass once more,
	 * so that layers with a state start from where that pass started.
	 */
	forward(afterLayer?: (layer: NetLayer) => void, again?: boolean): number;
	/** One backward pass after a forward; parameter diffs accumulate. */
	backward(beforeLayer?: (layer: NetLayer) => void, afterLayer?: (layer: NetLayer) => void): void;
	/** The same where nobody looks at diffs afterwards: only those that lead to a parameter's are sure to be written. */
	backwardToParameters(): void;
	/** {@link forward}, pausing after each layer. */
	forwardParts(afterLayer?: (layer: NetLayer) => void, again?: boolean): Generator<void, number>;
	/** {@link backward}, pausing after each layer. */
	backwardParts(beforeLayer: (layer: NetLayer) => void, afterLayer: (layer: NetLayer) => void): Generator<void, void>;
	/** {@link backwardToParameters}, pausing after each layer. */
	backwardToParametersParts(): Generator<void, void>;
	clearParameterDiffs(): void;
}

/**
 * Builds a net from its specification: filters, splits, plans shapes, allocates, shares parameters, decides which diffs
 * are computed. Parameters start at 0; see {@link fillParameters}.
 * @throws EngineError with the layer, and its line where it came from a file.
 */
export function buildNet(specification: NetSpecification): Net {
	const graph = buildGraph(specification);
	const planned = planLayers(graph, specification);
	const lossWeights = graph.map((layer) => lossWeightsOf(layer, specification.precision));
	const parameters = bindParameters(
		planned.map(({ graph: { specification: layer }, plan }) => ({ specification: layer, plans: plan.parameters })),
		specification.precision,
	);
	const memory = createMemory(elementsOf(planned));
	const { uses, learnable } = parameters.allocate(memory);
	const flags = backwardFlags({
		graph,
		lrMults: uses.map((layerUses) => layerUses.map((use) => use.ownLrMult)),
		lossWeights,
		forceBackward: specification.forceBackward,
	});

	const computed = computedDiffs(planned, lossWeights, flags);

	const blobs: Blob[] = [];
	const tops: Blob[][] = [];
	let draw = 0;
	const replacedRandom = new Map<string, () => RandomGenerator>();
	const layers: NetLayer[] = planned.map(
		({ graph: { specification: layer, definition, automatic }, settings, plan, sources, topNames }, index) => {
			const bottoms = sources.map((source) => tops[source.layer][source.slot]);
			const layerTops = plan.tops.map((shape, slot) => {
				if (layer.bottoms[slot] === topNames[slot]) return bottoms[slot];
				const blob = createBlob(topNames[slot], shape, memory, definition.isFed ? "inputs" : "tops");
				blobs.push(blob);
				return blob;
			});
			layerTops.forEach((top, slot) => {
				if (lossWeights[index][slot] !== 0) top.diff.fill(lossWeights[index][slot]);
			});
			tops.push(layerTops);
			const internals = Object.fromEntries(
				Object.entries(plan.internals).map(([name, shape]) => [name, createBlob(name, shape, memory, "internals")]),
			);
			const run: LayerRun<Readonly<Record<string, unknown>>> = {
				name: layer.name,
				settings,
				phase: layer.phase ?? specification.phase,
				bottoms,
				tops: layerTops,
				parameters: uses[index].map((use) => use.blob),
				internals,
				bottomNeedsDiff: flags[index].bottoms,
				bottomDiffIsRead: sources.map(
					(source) => flags[source.layer].layer && !planned[source.layer].graph.definition.isFed,
				),
				parameterNeedsDiff: flags[index].parameters,
				random: () =>
					replacedRandom.get(layer.name)?.() ??
					createRandom(Math.imul(draw, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)),
			};
			return {
				index,
				name: layer.name,
				type: layer.type,
				definition,
				automatic,
				sources,
				bottomNames: layer.bottoms,
				topNames,
				needsBackward: flags[index].layer,
				lossWeights: lossWeights[index],
				diffComputed: computed[index],
				parameters: uses[index],
				run,
				passes: definition.prepare(run),
			};
		},
	);
	const byName = new Map(layers.map((layer) => [layer.name, layer]));
	const lossTops = layers.flatMap((layer) => layer.run.tops.filter((_, slot) => layer.lossWeights[slot] !== 0));
	const carrying = layers.filter((layer) => Object.keys(layer.definition.carries).length > 0);
	const forwards = layers.filter((layer) => !layer.definition.isFed).map((layer) => layer.passes);
	const backwards = layers
		.filter((layer) => layer.needsBackward && !layer.definition.isFed)
		.map((layer) => layer.passes)
		.reverse();
	const toParameters = backwards.map((passes) => passes.backwardToParameters ?? passes.backward);

	return {
		specification,
		layers,
		blobs,
		memory,
		worksInPlace: layers.some(({ run }) => run.tops.some((top) => run.bottoms.includes(top))),
		learnable,
		inputs: layers
			.filter((layer) => layer.definition.isFed)
			.flatMap((layer) => layer.run.tops.map((blob, slot) => ({ name: blob.name, blob, layer: layer.name, slot }))),
		layer(name) {
			const found = byName.get(name);
			if (found === undefined) throw new RangeError(`no layer ${name}`);
			return found;
		},
		setDraw(next) {
			draw = next;
		},
		get draw() {
			return draw;
		},
		setRandom(layer, random) {
			replacedRandom.set(layer, random);
		},
		forward(afterLayer, again = false) {
			if (!again) for (let i = 0; i < carrying.length; i++) carryState(carrying[i]);
			if (afterLayer === undefined) {
				for (let i = 0; i < forwards.length; i++) forwards[i].forward();
			} else {
				for (const layer of layers) {
					layer.passes.forward();
					afterLayer(layer);
				}
			}
			return weightedSum(lossTops);
		},
		*forwardParts(afterLayer, again = false) {
			if (!again) carrying.forEach(carryState);
			for (const layer of layers) {
				layer.passes.forward();
				afterLayer?.(layer);
				yield;
			}
			return weightedSum(lossTops);
		},
		*backwardParts(beforeLayer, afterLayer) {
			for (const layer of layers.toReversed()) {
				beforeLayer(layer);
				if (!layer.needsBackward) continue;
				layer.passes.backward();
				afterLayer(layer);
				yield;
			}
		},
		*backwardToParametersParts() {
			for (const backward of toParameters) {
				backward();
				yield;
			}
		},
		backward(beforeLayer, afterLayer) {
			if (beforeLayer === undefined && afterLayer === undefined) {
				for (let i = 0; i < backwards.length; i++) backwards[i].backward();
				return;
			}
			for (let index = layers.length - 1; index >= 0; index--) {
				const layer = layers[index];
				beforeLayer?.(layer);
				if (!layer.needsBackward) continue;
				layer.passes.backward();
				afterLayer?.(layer);
			}
		},
		backwardToParameters() {
			for (let i = 0; i < toParameters.length; i++) toParameters[i]();
		},
		clearParameterDiffs() {
			for (const parameter of learnable) parameter.blob.diff.fill(0);
		},
	};
}

/** Σ over loss tops of ⟨data, weight⟩. */
function weightedSum(lossTops: readonly Blob[]): number {
	let loss = 0;
	for (let k = 0; k < lossTops.length; k++) {
		const { data, diff, count } = lossTops[k];
		for (let i = 0; i < count; i++) loss += data[i] * diff[i];
	}
	return loss;
}

function carryState({ definition, run: { internals } }: NetLayer): void {
	for (const start in definition.carries) internals[start].data.set(internals[definition.carries[start]].data);
}
