import type { BackwardFlags } from "./backward-flags.ts";
import type { MemoryPart } from "./blob.ts";
import type { GraphLayer } from "./graph.ts";
import type { LayerPlan } from "./layer.ts";
import { EngineError } from "./problem.ts";
import { readSettings, roundFloat } from "./settings.ts";
import { countOf, type Shape } from "./shape.ts";
import type { NetSpecification } from "./specification.ts";

/** More elements than this in one net are refused before anything is allocated (2 GiB of doubles with their diffs). */
const MAXIMUM_ELEMENTS = 2 ** 27;

/** Which output a bottom reads: a top of an earlier layer. In-place layers make a new top. */
export interface TopAddress {
	readonly layer: number;
	readonly slot: number;
}

/** A layer of which all is known that needs no buffers. */
export interface PlannedLayer {
	readonly graph: GraphLayer;
	readonly settings: Readonly<Record<string, unknown>>;
	readonly plan: LayerPlan;
	readonly sources: readonly TopAddress[];
	readonly topNames: readonly string[];
}

/** Shapes of everything, and the refusals, before any buffer exists. */
export function planLayers(graph: readonly GraphLayer[], net: NetSpecification): readonly PlannedLayer[] {
	const latest = new Map<string, TopAddress>();
	const shapes: Shape[][] = [];
	let elements = 0;
	return graph.map((layer, index) => {
		const { specification, definition } = layer;
		const line = specification.line === undefined ? {} : { line: specification.line };
		const sources = specification.bottoms.map((bottom) => {
			const source = latest.get(bottom);
			if (source === undefined)
				throw new EngineError({ code: "unknown-bottom", layer: specification.name, bottom, ...line });
			return source;
		});
		const settings = readSettings(definition.settings, specification.settings, {
			layer: specification.name,
			precision: net.precision,
			...line,
		});
		const topNames =
			specification.tops.length === 0 && definition.isLoss ? [`(automatic) ${specification.name}`] : specification.tops;
		const plan = definition.plan(
			settings,
			sources.map((source) => shapes[source.layer][source.slot]),
			specification.name,
			topNames.length,
		);
		const written = specification.parameters?.length ?? 0;
		if (written > plan.parameters.length) {
			throw new EngineError({
				code: "setting",
				layer: specification.name,
				setting: "param",
				expected: `≤ ${plan.parameters.length}`,
				found: String(written),
				...line,
			});
		}
		shapes.push([...plan.tops]);
		topNames.forEach((top, slot) => {
			const inPlace = specification.bottoms[slot] === top;
			if (inPlace && !definition.inPlace) {
				throw new EngineError({ code: "in-place-refused", layer: specification.name, top, ...line });
			}
			if (!inPlace && latest.has(top)) {
				throw new EngineError({ code: "duplicate-top", layer: specification.name, top, ...line });
			}
			latest.set(top, { layer: index, slot });
		});
		const planned = [...plan.tops, ...plan.parameters.map((p) => p.shape), ...Object.values(plan.internals)];
		elements += plan.workspace;
		for (const shape of planned) elements += countOf(shape);
		// A product of sizes beyond all numbers is none.
		if (!(elements <= MAXIMUM_ELEMENTS)) {
			throw new EngineError({ code: "too-large", layer: specification.name, elements, limit: MAXIMUM_ELEMENTS });
		}
		return { graph: layer, settings, plan, sources, topNames };
	});
}

/** At most how many numbers of each part of its memory a net will take. */
export function elementsOf(planned: readonly PlannedLayer[]): Readonly<Record<MemoryPart, number>> {
	const elements = { parameters: 0, inputs: 0, tops: 0, internals: 0 };
	for (const { graph, plan } of planned) {
		const part = graph.definition.isFed ? "inputs" : "tops";
		for (const shape of plan.tops) elements[part] += countOf(shape);
		for (const { shape } of plan.parameters) elements.parameters += countOf(shape);
		for (const shape of Object.values(plan.internals)) elements.internals += countOf(shape);
	}
	return elements;
}

/** With which weight each top of a layer enters the loss. */
export function lossWeightsOf(
	{ specification, definition }: GraphLayer,
	precision: NetSpecification["precision"],
): number[] {
	const { lossWeights, tops } = specification;
	const count = Math.max(tops.length, definition.isLoss ? 1 : 0);
	return Array.from({ length: count }, (_, slot) => {
		const fallback = definition.isLoss && slot === 0 ? 1 : 0;
		return roundFloat(lossWeights === undefined ? fallback : (lossWeights[slot] ?? 0), precision);
	});
}

/** Whether each top's diff is ever written: by its loss weight, or by a reader that runs backward. */
export function computedDiffs(
	planned: readonly PlannedLayer[],
	lossWeights: readonly (readonly number[])[],
	flags: readonly BackwardFlags[],
): readonly (readonly boolean[])[] {
	const computed = planned.map(({ plan }, index) => plan.tops.map((_, slot) => lossWeights[index][slot] !== 0));
	planned.forEach(({ graph: { definition }, settings, sources }, reader) => {
		if (!flags[reader].layer) return;
		const without = definition.bottomsWithoutDiff(settings, sources.length);
		sources.forEach(({ layer, slot }, bottom) => {
			const isWritten = flags[reader].bottoms[bottom] || definition.eagerBottoms.includes(bottom);
			if (isWritten && !without.includes(bottom)) computed[layer][slot] = true;
		});
	});
	return computed;
}
