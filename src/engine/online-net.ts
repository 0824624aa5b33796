import { Activation, FACTORS, onlineStep } from "./kernels/online-step.ts";
import type { Net, NetLayer } from "./net.ts";
import { localDecay } from "./solver/decay.ts";
import type { SolverHistory } from "./solver/pipeline.ts";
import { learningRate } from "./solver/rate.ts";
import type { SolverSettings } from "./specification.ts";

const ACTIVATIONS: Readonly<Record<string, number>> = {
	Sigmoid: Activation.sigmoid,
	TanH: Activation.tanh,
	ReLU: Activation.relu,
};

interface Link {
	readonly dense: NetLayer;
	readonly activation: NetLayer | null;
}

/** A dense layer that {@link onlineStep} can take: one row, a bias, parameters of its own that are all learned. */
function isPlainDense({ type, run, parameters }: NetLayer, net: Net): boolean {
	if (type !== "InnerProduct" || run.settings.transpose !== false || run.parameters.length !== 2) return false;
	if (run.tops[0].count !== run.settings.num_output) return false;
	return (
		run.parameterNeedsDiff.every((wanted) => wanted) &&
		parameters.every(({ learnable }) => net.learnable[learnable].users.length === 1)
	);
}

/** Input → dense → activation → … → squared error, and nothing else; null for every other net. */
function chainOf(net: Net): { readonly links: readonly Link[]; readonly loss: NetLayer } | null {
	const isFed = (layer: NetLayer, slot: number) => net.layers[layer.sources[slot].layer].definition.isFed;
	const rest = net.layers.filter(({ definition }) => !definition.isFed);
	const loss = rest.pop();
	if (loss?.type !== "EuclideanLoss" || !isFed(loss, 1) || loss.run.bottomNeedsDiff[1] || loss.lossWeights[0] === 0)
		return null;
	const links: Link[] = [];
	let before: NetLayer | null = null;
	const follows = (layer: NetLayer) => (before === null ? isFed(layer, 0) : layer.sources[0].layer === before.index);
	for (let k = 0; k < rest.length; k++) {
		const dense = rest[k];
		if (!isPlainDense(dense, net) || !follows(dense)) return null;
		before = dense;
		const next = rest[k + 1];
		const activation = next !== undefined && next.type in ACTIVATIONS && follows(next) ? next : null;
		if (activation !== null) {
			before = activation;
			k++;
		}
		links.push({ dense, activation });
	}
	return links.length > 0 && follows(loss) && loss.run.bottoms[0].shape[0] === 1 ? { links, loss } : null;
}

/** In a net of more numbers than this it is the products that count, and they have faster ways. */
const LARGEST = 16384;

/** Where a buffer stands in the one it is a part of. */
function placeOf(values: Float64Array): number {
	return values.byteOffset / values.BYTES_PER_ELEMENT;
}

/**
 * The whole unrecorded iteration of a small chain of dense layers on one sample, under plain SGD; null where the net or
 * the settings are anything else. Same bits as the passes and the update one by one.
 */
export function prepareOnline(
	net: Net,
	settings: SolverSettings,
	history: SolverHistory,
): ((iteration: number) => number) | null {
	const { whole } = net.memory;
	if (
		whole === null ||
		whole.data.length > LARGEST ||
		settings.type !== "SGD" ||
		settings.iterSize !== 1 ||
		settings.clipGradients >= 0
	)
		return null;
	if (settings.regularization !== "L2" && settings.weightDecay !== 0) return null;
	const found = chainOf(net);
	if (found === null) return null;
	const { links, loss } = found;

	const layers = Int32Array.from(
		links.flatMap(({ dense: { run }, activation }) => [
			placeOf(run.tops[0].data),
			placeOf(run.bottoms[0].data),
			placeOf(run.parameters[0].data),
			placeOf(run.parameters[1].data),
			run.bottoms[0].count,
			run.tops[0].count,
			placeOf((activation ?? { run }).run.tops[0].data),
			activation === null ? Activation.none : ACTIVATIONS[activation.type],
			run.bottomNeedsDiff[0] ? 1 : 0,
		]),
	);
	const factors = new Float64Array(FACTORS * links.length);
	const learnables = links.map(({ dense }) => dense.parameters.map(({ learnable }) => net.learnable[learnable]));
	links.forEach(({ activation }, k) => {
		learnables[k].forEach(({ decayMult }, slot) => {
			factors[FACTORS * k + 2 * slot + 1] = localDecay(settings, decayMult);
		});
		factors[FACTORS * k + 4] = Number(activation?.run.settings.negative_slope ?? 0);
	});
	const plan = {
		data: whole.data,
		diff: whole.diff,
		history: new Float64Array(history[0][0].buffer),
		layers,
		factors,
		loss: placeOf(loss.run.tops[0].data),
		prediction: placeOf(loss.run.bottoms[0].data),
		target: placeOf(loss.run.bottoms[1].data),
		outputs: loss.run.bottoms[0].count,
	};
	const takeRate = (iteration: number) => {
		const rate = learningRate(settings, iteration);
		for (let k = 0; k < learnables.length; k++) {
			factors[FACTORS * k] = rate * learnables[k][0].lrMult;
			factors[FACTORS * k + 2] = rate * learnables[k][1].lrMult;
		}
	};
	const isFixed = settings.lrPolicy === "fixed";
	takeRate(0);
	const { momentum } = settings;
	return (iteration) => {
		if (!isFixed) takeRate(iteration);
		return onlineStep(plan, momentum);
	};
}
