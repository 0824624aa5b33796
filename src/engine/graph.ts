import type { LayerDefinition } from "./layer.ts";
import "./layers/opening.ts";
import { layerDefinition } from "./layers/registry.ts";
import { EngineError } from "./problem.ts";
import type { LayerSpecification, NetSpecification, StateRule } from "./specification.ts";

/** A layer of the built graph: its specification after filtering and splitting, and its definition. */
export interface GraphLayer {
	readonly specification: LayerSpecification;
	readonly definition: LayerDefinition;
	/** Inserted by the builder: a Split where a blob is used twice. */
	readonly automatic: boolean;
}

interface Producer {
	readonly layer: number;
	readonly slot: number;
}

const at = (layer: LayerSpecification) => (layer.line === undefined ? {} : { line: layer.line });

function ruleHolds(rule: StateRule, net: NetSpecification): boolean {
	return (
		(rule.phase === undefined || rule.phase === net.phase) &&
		(rule.minLevel === undefined || net.level >= rule.minLevel) &&
		(rule.maxLevel === undefined || net.level <= rule.maxLevel) &&
		rule.stages.every((stage) => net.stages.includes(stage)) &&
		rule.notStages.every((stage) => !net.stages.includes(stage))
	);
}

function isIncluded(layer: LayerSpecification, net: NetSpecification): boolean {
	const { include = [], exclude = [] } = layer;
	if (include.length > 0 && exclude.length > 0) {
		throw new EngineError({
			code: "setting",
			layer: layer.name,
			setting: "include",
			expected: "include or exclude",
			found: "include, exclude",
			...at(layer),
		});
	}
	if (include.length > 0) return include.some((rule) => ruleHolds(rule, net));
	return !exclude.some((rule) => ruleHolds(rule, net));
}

/** A setting that is written not at all, or once for each port. */
function checkListed(
	layer: LayerSpecification,
	setting: string,
	list: readonly unknown[] | undefined,
	ports: number,
): void {
	if (list === undefined || list.length === ports) return;
	throw new EngineError({
		code: "setting",
		layer: layer.name,
		setting,
		expected: `0, ${ports}`,
		found: String(list.length),
		...at(layer),
	});
}

function define(layer: LayerSpecification): LayerDefinition {
	const definition = layerDefinition(layer.type);
	if (definition === undefined) {
		throw new EngineError({ code: "unknown-layer-type", layer: layer.name, type: layer.type, ...at(layer) });
	}
	for (const port of ["bottom", "top"] as const) {
		const found = (port === "bottom" ? layer.bottoms : layer.tops).length;
		const [minimum, maximum] = port === "bottom" ? definition.ports.bottoms : definition.ports.tops;
		const anonymousLossTop = port === "top" && definition.isLoss && found === 0;
		if (!anonymousLossTop && (found < minimum || found > maximum)) {
			throw new EngineError({ code: "port-count", layer: layer.name, port, found, minimum, maximum, ...at(layer) });
		}
	}
	checkListed(layer, "propagate_down", layer.propagateDown, layer.bottoms.length);
	checkListed(layer, "loss_weight", layer.lossWeights, Math.max(layer.tops.length, definition.isLoss ? 1 : 0));
	if (layer.lossWeights?.some(Number.isNaN)) {
		const found = { setting: "loss_weight", expected: "number", found: "NaN" };
		throw new EngineError({ code: "setting", layer: layer.name, ...found, ...at(layer) });
	}
	return definition;
}

/** For each bottom of each layer, which output it means: a name means its latest producer. */
function resolveBottoms(layers: readonly LayerSpecification[]): readonly (readonly Producer[])[] {
	const latest = new Map<string, Producer>();
	return layers.map((layer, index) => {
		const producers = layer.bottoms.map((bottom) => {
			const producer = latest.get(bottom);
			if (producer === undefined) {
				throw new EngineError({ code: "unknown-bottom", layer: layer.name, bottom, ...at(layer) });
			}
			return producer;
		});
		layer.tops.forEach((top, slot) => {
			latest.set(top, { layer: index, slot });
		});
		return producers;
	});
}

function insertSplits(layers: readonly LayerSpecification[]): readonly (LayerSpecification & { automatic?: true })[] {
	const producers = resolveBottoms(layers);
	const uses = layers.map((layer) => layer.tops.map((_, slot) => ((layer.lossWeights?.[slot] ?? 0) !== 0 ? 1 : 0)));
	for (const bottoms of producers) for (const { layer, slot } of bottoms) uses[layer][slot]++;

	const splitName = ({ layer, slot }: Producer) => `${layers[layer].tops[slot]}_${layers[layer].name}_${slot}_split`;
	const nextTop = layers.map((layer) => layer.tops.map((_, slot) => ((layer.lossWeights?.[slot] ?? 0) !== 0 ? 1 : 0)));
	const result: (LayerSpecification & { automatic?: true })[] = [];
	layers.forEach((layer, index) => {
		const bottoms = layer.bottoms.map((bottom, slot) => {
			const producer = producers[index][slot];
			if (uses[producer.layer][producer.slot] <= 1) return bottom;
			return `${splitName(producer)}_${nextTop[producer.layer][producer.slot]++}`;
		});
		const { lossWeights, ...rest } = layer;
		const weightMoves = layer.tops.some((_, slot) => uses[index][slot] > 1 && (lossWeights?.[slot] ?? 0) !== 0);
		result.push({ ...rest, bottoms, ...(lossWeights === undefined || weightMoves ? {} : { lossWeights }) });
		layer.tops.forEach((top, slot) => {
			const count = uses[index][slot];
			if (count <= 1) return;
			const name = splitName({ layer: index, slot });
			const weight = lossWeights?.[slot] ?? 0;
			result.push({
				name,
				type: "Split",
				bottoms: [top],
				tops: Array.from({ length: count }, (_, k) => `${name}_${k}`),
				settings: {},
				...(weight === 0 ? {} : { lossWeights: Array.from({ length: count }, (_, k) => (k === 0 ? weight : 0)) }),
				automatic: true,
			});
		});
	});
	return result;
}

/**
 * The layers that run, in order: filtered by phase, level and stages, with a Split wherever a blob has several users.
 * Source: caffe-semantics, 1.
 * @throws EngineError for layers unknown, named twice, with missing bottoms or a wrong number of ports.
 */
export function buildGraph(net: NetSpecification): readonly GraphLayer[] {
	const included = net.layers.filter((layer) => isIncluded(layer, net));
	const seen = new Set<string>();
	for (const layer of included) {
		if (seen.has(layer.name)) throw new EngineError({ code: "duplicate-layer", layer: layer.name, ...at(layer) });
		seen.add(layer.name);
		define(layer);
	}
	return insertSplits(included).map(({ automatic, ...specification }) => ({
		specification,
		definition: define(specification),
		automatic: automatic ?? false,
	}));
}
