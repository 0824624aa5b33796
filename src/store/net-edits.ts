import { buildNet } from "../engine/net.ts";
import { EngineError } from "../engine/problem.ts";
import { createRandom } from "../engine/random.ts";
import type { PlainSettings } from "../engine/settings.ts";
import { countOf } from "../engine/shape.ts";
import type { LayerSpecification, NetSpecification } from "../engine/specification.ts";
import { type Group, outputLayer, structureOf } from "../timeline/structure.ts";
import { fitData } from "./data-edits.ts";
import { checkLimit, EDIT_LIMITS } from "./edit-limits.ts";
import { carriedEdits, type Experiment } from "./experiment.ts";

/** Layers a person may put behind a dense layer; `linear` is none. */
export const ACTIVATIONS = ["linear", "Sigmoid", "TanH", "ReLU"] as const;
export type Activation = (typeof ACTIVATIONS)[number];

export const LOSSES = ["EuclideanLoss", "SigmoidCrossEntropyLoss", "SoftmaxWithLoss"] as const;
export type LossType = (typeof LOSSES)[number];

/** Weights that no filler draws are drawn as N(0, 0.5²) from the experiment's seed. */
const NEW_WEIGHT_DEVIATION = 0.5;

function groupsOf(net: NetSpecification): readonly Group[] {
	return structureOf(buildNet(net)).groups;
}

function groupNamed(net: NetSpecification, name: string): Group {
	const found = groupsOf(net).find((group) => group.head.name === name && group.slot === 0);
	if (found === undefined) throw new EngineError({ code: "unknown-bottom", layer: name, bottom: name });
	return found;
}

function checkWhole(layer: string, setting: string, value: number, minimum: number, maximum: number): void {
	checkLimit(layer, setting, value, { minimum, maximum, whole: true });
}

const mapLayers = (net: NetSpecification, change: (layer: LayerSpecification) => LayerSpecification) => ({
	...net,
	layers: net.layers.map(change),
});

/** The same run with another net: keeps what of the start values and of the log still fits, fits the data. */
function withNet(experiment: Experiment, net: NetSpecification): Experiment {
	const fitted = fitData(experiment, net);
	const edits = carriedEdits(experiment.edits, buildNet(experiment.net), buildNet(net));
	return { ...fitted, start: fitStart(experiment, net), edits };
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

/** The shapes of an Input layer's tops as written, one a top. */
function inputShapes(layer: LayerSpecification): readonly (readonly number[])[] {
	const written = layer.settings.shape;
	const list = Array.isArray(written) ? written : [written];
	const shapes = list.map((shape: PlainSettings) => (Array.isArray(shape.dim) ? shape.dim : [shape.dim]));
	return layer.tops.map((_, slot) => shapes[shapes.length === 1 ? 0 : slot]);
}

/** An Input layer with other shapes: `change` gets the shape of each top. */
function withInputShapes(
	layer: LayerSpecification,
	change: (shape: readonly number[], slot: number) => readonly number[],
): LayerSpecification {
	const shape = inputShapes(layer).map((dims, slot) => ({ dim: change(dims, slot) }));
	return { ...layer, settings: { ...layer.settings, shape } };
}

/** A top of an Input layer with so many elements a sample. */
function withInputUnits(layer: LayerSpecification, slot: number, units: number): LayerSpecification {
	return withInputShapes(layer, (shape, other) => (other === slot ? [shape[0] ?? 1, units] : shape));
}

/** Another number of units in a layer; the input and output layers take the data with them. */
export function withUnits(experiment: Experiment, name: string, units: number): Experiment {
	checkWhole(name, "num_output", units, 1, EDIT_LIMITS.units);
	const group = groupNamed(experiment.net, name);
	const resized = mapLayers(experiment.net, (layer) => {
		if (layer.name !== name) return layer;
		if (group.role === "input") return withInputUnits(layer, group.slot, units);
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
		layer.name === target.head.name ? withInputUnits(layer, target.slot, units) : layer,
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
			name: `${name}_${activation.toLowerCase()}`,
			type: activation,
			bottoms: [top],
			tops: [`${name}_a`],
			settings: {},
		};
		return [layer, behind];
	});
	return withNet(experiment, { ...net, layers });
}

/** A new hidden layer of two sigmoids before a dense layer, made like the others. */
export function withLayerBefore(experiment: Experiment, name: string): Experiment {
	const { net } = experiment;
	const dense = net.layers.filter((layer) => layer.type === "InnerProduct");
	checkWhole(name, "layers", dense.length + 1, 1, EDIT_LIMITS.layers);
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
			// A name would share its values with the model's.
			...(model.parameters === undefined
				? {}
				: { parameters: model.parameters.map(({ name: _shared, ...own }) => own) }),
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
		return withInputUnits(layer, target.slot, type === "SoftmaxWithLoss" ? 1 : output.units);
	});
	return withNet(linear, changed);
}

/** Another batch size: how many samples one pass takes, in order, wrapping round. */
export function withBatch(experiment: Experiment, batch: number): Experiment {
	checkWhole("data", "batch", batch, 1, EDIT_LIMITS.batch);
	const changed = mapLayers(experiment.net, (layer) =>
		layer.type === "Input" ? withInputShapes(layer, ([, ...sample]) => [batch, ...sample]) : layer,
	);
	return withNet(experiment, changed);
}

const isDense = (layer: LayerSpecification) => layer.type === "InnerProduct";

/** Another way to draw the start values. Explicit ones go, and so do values set by hand before the first iteration. */
function drawnAnew(experiment: Experiment, changes: Partial<Experiment>): Experiment {
	const edits = experiment.edits.filter((edit) => edit.kind === "solver" || edit.iteration > 1);
	return { ...experiment, start: {}, edits, ...changes };
}

/** The same experiment drawn from another seed; where nothing was drawn before, with the usual ε. */
export function withSeed(experiment: Experiment, seed: number): Experiment {
	checkWhole("solver", "seed", seed, 0, 2 ** 32 - 1);
	const given = Object.keys(experiment.start).length > 0;
	const drawn = experiment.net.layers.some((layer) => isDense(layer) && layer.settings.weight_filler !== undefined);
	const net = given && !drawn ? withFillers(experiment.net, gaussian(NEW_WEIGHT_DEVIATION)) : experiment.net;
	return drawnAnew(experiment, { seed, net });
}

/** How all parameters are drawn before iteration 1. `xavier` and `msra` take their spread from the layer's inputs. */
export type Start =
	| { readonly kind: "gaussian"; readonly deviation: number }
	| { readonly kind: "uniform"; readonly bound: number }
	| { readonly kind: "constant"; readonly value: number }
	| { readonly kind: "xavier" }
	| { readonly kind: "msra" };

export const START_LIMITS = {
	deviation: { minimum: 0, maximum: 100 },
	bound: { minimum: 0, maximum: 100 },
	value: { minimum: -1000, maximum: 1000 },
} as const;

const gaussian = (deviation: number): PlainSettings => ({ type: "gaussian", std: deviation });

function fillerOf(start: Start): PlainSettings {
	switch (start.kind) {
		case "gaussian":
			checkLimit("start", "std", start.deviation, START_LIMITS.deviation);
			return gaussian(start.deviation);
		case "uniform":
			checkLimit("start", "max", start.bound, START_LIMITS.bound);
			return { type: "uniform", min: -start.bound, max: start.bound };
		case "constant":
			checkLimit("start", "value", start.value, START_LIMITS.value);
			return { type: "constant", value: start.value };
		default:
			return { type: start.kind };
	}
}

/** Fillers for all dense layers; biases are drawn like weights where that is what UFLDL does. */
function withFillers(net: NetSpecification, filler: PlainSettings): NetSpecification {
	const bias: PlainSettings =
		filler.type === "xavier" || filler.type === "msra" ? { type: "constant", value: 0 } : filler;
	return mapLayers(net, (layer) =>
		isDense(layer) ? { ...layer, settings: { ...layer.settings, weight_filler: filler, bias_filler: bias } } : layer,
	);
}

/** All parameters drawn anew in another way. */
export function withStart(experiment: Experiment, start: Start): Experiment {
	return drawnAnew(experiment, { net: withFillers(experiment.net, fillerOf(start)) });
}

/** How the first dense layer's weights are drawn: what the page's form shows. */
export function currentStart(net: NetSpecification): Start {
	const dense = net.layers.find(isDense);
	const filler = dense === undefined ? undefined : buildNet(net).learnable.find((p) => p.layer === dense.name)?.filler;
	switch (filler?.type) {
		case "gaussian":
			return { kind: "gaussian", deviation: filler.std };
		case "uniform":
			return { kind: "uniform", bound: filler.max };
		case "xavier":
		case "msra":
			return { kind: filler.type };
		default:
			return { kind: "constant", value: filler?.value ?? 0 };
	}
}
