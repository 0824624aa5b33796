import { buildNet } from "../engine/net.ts";
import { EngineError } from "../engine/problem.ts";
import { createRandom } from "../engine/random.ts";
import type { PlainSettings } from "../engine/settings.ts";
import { countOf } from "../engine/shape.ts";
import type { LayerSpecification, NetSpecification } from "../engine/specification.ts";
import { type Group, outputLayer, structureOf } from "../timeline/structure.ts";
import { fitData } from "./data-edits.ts";
import type { Experiment } from "./experiment.ts";

/** Layers a person may put behind a dense layer; `linear` is none. */
export const ACTIVATIONS = ["linear", "Sigmoid", "TanH", "ReLU"] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export const LOSSES = ["EuclideanLoss", "SigmoidCrossEntropyLoss", "SoftmaxWithLoss"] as const;
export type LossType = (typeof LOSSES)[number];

/** Bounds of the page's own editors; a file may go further, to what memory allows. */
export const EDIT_LIMITS = { units: 256, layers: 12, batch: 64, samples: 512 } as const;

/** New weights of a layer that grew are drawn as N(0, 0.5²) from the experiment's seed. */
const NEW_WEIGHT_DEVIATION = 0.5;

function groupsOf(net: NetSpecification): readonly Group[] {
	return structureOf(buildNet(net)).groups;
}

function groupNamed(net: NetSpecification, name: string): Group {
	const found = groupsOf(net).find((group) => group.head.name === name && group.slot === 0);
	if (found === undefined) throw new EngineError({ code: "unknown-bottom", layer: name, bottom: name });
	return found;
}

function checkRange(layer: string, setting: string, value: number, minimum: number, maximum: number): void {
	if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
	throw new EngineError({
		code: "setting",
		layer,
		setting,
		expected: `${minimum} … ${maximum}`,
		found: String(value),
	});
}

const mapLayers = (net: NetSpecification, change: (layer: LayerSpecification) => LayerSpecification) => ({
	...net,
	layers: net.layers.map(change),
});

/** The same run with another net: starts again, keeps what of the start values still fits, fits the data. */
function withNet(experiment: Experiment, net: NetSpecification): Experiment {
	const fitted = fitData(experiment, net);
	return { ...fitted, start: fitStart(experiment, net), edits: [] };
}

/** Keeps each start value whose row and column still exist; draws the others. Layers without explicit start are left to their fillers. */
function fitStart(experiment: Experiment, net: NetSpecification): Experiment["start"] {
	if (Object.keys(experiment.start).length === 0) return experiment.start;
	const before = new Map(buildNet(experiment.net).learnable.map((p) => [`${p.layer}/${p.slot}`, p.blob.shape]));
	const random = createRandom(experiment.seed);
	const entries = buildNet(net).learnable.map(({ layer, slot, blob: { shape, count } }) => {
		const key = `${layer}/${slot}`;
		const known = experiment.start[key];
		const knownColumns = countOf(before.get(key) ?? [], 1);
		const knownRows = before.get(key)?.[0] ?? 0;
		const columns = countOf(shape, 1);
		const values = Array.from({ length: count }, (_, index) => {
			const row = Math.floor(index / columns);
			const column = index % columns;
			const kept = known !== undefined && row < knownRows && column < knownColumns;
			return kept ? known[row * knownColumns + column] : NEW_WEIGHT_DEVIATION * random.normal();
		});
		return [key, values] as const;
	});
	return Object.fromEntries(entries);
}

function withInputDimension(layer: LayerSpecification, slot: number, axis: number, size: number): LayerSpecification {
	const shapes = layer.settings.shape;
	const list: readonly PlainSettings[] = Array.isArray(shapes) ? shapes : [];
	const changed = list.map((shape, index) => {
		if (index !== slot) return shape;
		const dims = Array.isArray(shape.dim) ? shape.dim : [shape.dim];
		return { dim: dims.map((dim, place) => (place === axis ? size : dim)) };
	});
	return { ...layer, settings: { ...layer.settings, shape: changed } };
}

/** Another number of units in a layer; the input and output layers take the data with them. */
export function withUnits(experiment: Experiment, name: string, units: number): Experiment {
	checkRange(name, "num_output", units, 1, EDIT_LIMITS.units);
	const group = groupNamed(experiment.net, name);
	const resized = mapLayers(experiment.net, (layer) => {
		if (layer.name !== name) return layer;
		if (group.role === "input") return withInputDimension(layer, group.slot, 1, units);
		return { ...layer, settings: { ...layer.settings, num_output: units } };
	});
	return withNet(experiment, fitTargets(experiment.net, resized));
}

/** The shape of the targets follows the output layer, except for class labels. */
function fitTargets(before: NetSpecification, net: NetSpecification): NetSpecification {
	const target = groupsOf(before).find((group) => group.role === "target");
	const loss = net.layers.find((layer) => layer.type === "EuclideanLoss" || layer.type === "SigmoidCrossEntropyLoss");
	if (target === undefined || loss === undefined) return net;
	const output = net.layers.findLast((layer) => layer.type === "InnerProduct");
	const units = output?.settings.num_output;
	if (typeof units !== "number") return net;
	return mapLayers(net, (layer) =>
		layer.name === target.head.name ? withInputDimension(layer, target.slot, 1, units) : layer,
	);
}

/** Another activation behind a dense layer, or none. */
export function withActivation(experiment: Experiment, name: string, activation: Activation): Experiment {
	const { net } = experiment;
	const group = groupNamed(net, name);
	const names = new Set(group.elementwise.map((layer) => layer.name));
	const output = outputLayer(group).topNames[0];
	const top = group.head.topNames[0];
	const layers = net.layers.flatMap((layer): readonly LayerSpecification[] => {
		if (names.has(layer.name)) return [];
		if (layer.name !== name) {
			const made = activation === "linear" ? top : `${name}_a`;
			return [{ ...layer, bottoms: layer.bottoms.map((bottom) => (bottom === output ? made : bottom)) }];
		}
		if (activation === "linear") return [layer];
		const behind: LayerSpecification = {
			name: group.elementwise[0]?.name ?? `${name}_${activation.toLowerCase()}`,
			type: activation,
			bottoms: [top],
			tops: [`${name}_a`],
			settings: {},
		};
		return [layer, behind];
	});
	return withNet(experiment, { ...net, layers });
}

/** A new hidden layer before a dense layer, of as many units as what it reads and with a sigmoid. */
export function withLayerBefore(experiment: Experiment, name: string): Experiment {
	const { net } = experiment;
	const dense = net.layers.filter((layer) => layer.type === "InnerProduct");
	checkRange(name, "layers", dense.length + 1, 1, EDIT_LIMITS.layers);
	const follower = net.layers.find((layer) => layer.name === name);
	if (follower === undefined) throw new EngineError({ code: "unknown-bottom", layer: name, bottom: name });
	const taken = new Set(net.layers.map((layer) => layer.name));
	let number = 1;
	while (taken.has(`hidden${number}`)) number++;
	const added = `hidden${number}`;
	const model = dense.find((layer) => layer.name !== name) ?? follower;
	const { num_output: _units, ...settings } = model.settings;
	const inserted: readonly LayerSpecification[] = [
		{
			name: added,
			type: "InnerProduct",
			bottoms: follower.bottoms,
			tops: [added],
			settings: { ...settings, num_output: 2 },
			...(model.parameters === undefined ? {} : { parameters: model.parameters }),
		},
		{ name: `${added}_sigmoid`, type: "Sigmoid", bottoms: [added], tops: [`${added}_a`], settings: {} },
	];
	const layers = net.layers.flatMap((layer) =>
		layer.name === name ? [...inserted, { ...layer, bottoms: [`${added}_a`] }] : [layer],
	);
	return withNet(experiment, { ...net, layers });
}

/** Without a hidden layer and its activation; what read it reads what it read. */
export function withoutLayer(experiment: Experiment, name: string): Experiment {
	const { net } = experiment;
	const group = groupNamed(net, name);
	if (group.role !== "hidden") {
		throw new EngineError({ code: "setting", layer: name, setting: "layers", expected: "hidden", found: group.role });
	}
	const gone = new Set([name, ...group.elementwise.map((layer) => layer.name)]);
	const [source] = group.head.bottomNames;
	const output = outputLayer(group).topNames[0];
	const layers = net.layers
		.filter((layer) => !gone.has(layer.name))
		.map((layer) => ({ ...layer, bottoms: layer.bottoms.map((bottom) => (bottom === output ? source : bottom)) }));
	return withNet(experiment, { ...net, layers });
}

/** Another loss on the same scores: a fused cross-entropy takes the output's activation into itself. */
export function withLoss(experiment: Experiment, type: LossType): Experiment {
	const { net } = experiment;
	const loss = net.layers.find((layer) => LOSSES.some((known) => known === layer.type));
	const output = groupsOf(net).find((group) => group.role === "output");
	if (loss === undefined || output === undefined) throw new EngineError({ code: "no-loss" });
	const target = groupsOf(net).find((group) => group.role === "target");
	const linear =
		type === "EuclideanLoss" || output.elementwise.length === 0
			? experiment
			: withActivation(experiment, output.head.name, "linear");
	const changed = mapLayers(linear.net, (layer) => {
		if (layer.name === loss.name) return { ...layer, type, settings: {} };
		if (target === undefined || layer.name !== target.head.name) return layer;
		return withInputDimension(layer, target.slot, 1, type === "SoftmaxWithLoss" ? 1 : output.units);
	});
	return withNet(linear, changed);
}

/** Another batch size: how many samples one pass takes, in order, wrapping round. */
export function withBatch(experiment: Experiment, batch: number): Experiment {
	checkRange("data", "batch", batch, 1, EDIT_LIMITS.batch);
	const changed = mapLayers(experiment.net, (layer) => {
		if (layer.type !== "Input") return layer;
		return layer.tops.reduce((result, _, slot) => withInputDimension(result, slot, 0, batch), layer);
	});
	return withNet(experiment, changed);
}

/** The same experiment drawn from another seed. */
export function withSeed(experiment: Experiment, seed: number): Experiment {
	checkRange("solver", "seed", seed, 0, 2 ** 32 - 1);
	return { ...experiment, seed, start: {}, edits: [] };
}

/** All weights drawn anew as N(0, ε²), or all set to one value; biases at 0 or that value. Explicit start values go. */
export function withStart(
	experiment: Experiment,
	start:
		| { readonly kind: "gaussian"; readonly deviation: number }
		| { readonly kind: "constant"; readonly value: number },
): Experiment {
	const weight: PlainSettings =
		start.kind === "gaussian" ? { type: "gaussian", std: start.deviation } : { type: "constant", value: start.value };
	const bias: PlainSettings = { type: "constant", value: start.kind === "gaussian" ? 0 : start.value };
	const changed = mapLayers(experiment.net, (layer) =>
		layer.type === "InnerProduct"
			? { ...layer, settings: { ...layer.settings, weight_filler: weight, bias_filler: bias } }
			: layer,
	);
	return { ...experiment, net: changed, start: {}, edits: [] };
}
