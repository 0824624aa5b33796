import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepareOnline } from "./online-net.ts";
import { createRandom } from "./random.ts";
import { createHistory } from "./solver/pipeline.ts";
import type { LayerSpecification, NetSpecification, SolverSettings } from "./specification.ts";
import { createTraining } from "./training.ts";

const activations = ["Sigmoid", "TanH", "ReLU", "none"] as const;

const chains = fc.record({
	units: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 5 }),
	activation: fc.array(fc.constantFrom(...activations), { minLength: 4, maxLength: 4 }),
	inPlace: fc.boolean(),
	biasLrMult: fc.constantFrom(1, 2),
	lossWeight: fc.constantFrom(1, 0.3),
	momentum: fc.constantFrom(0, 0.9),
	weightDecay: fc.constantFrom(0, 0.01),
	lrPolicy: fc.constantFrom("fixed" as const, "inv" as const),
	samples: fc.integer({ min: 1, max: 3 }),
	seed: fc.integer({ min: 1, max: 1000 }),
});
type Chain = typeof chains extends fc.Arbitrary<infer T> ? T : never;

function netOf({ units, activation, inPlace, biasLrMult, lossWeight }: Chain, batch = 1): NetSpecification {
	const outputs = units[units.length - 1];
	const layers: LayerSpecification[] = [
		{
			name: "data",
			type: "Input",
			bottoms: [],
			tops: ["x", "t"],
			settings: { shape: [{ dim: [batch, units[0]] }, { dim: [batch, outputs] }] },
		},
	];
	let bottom = "x";
	units.slice(1).forEach((count, k) => {
		layers.push({
			name: `dense${k}`,
			type: "InnerProduct",
			bottoms: [bottom],
			tops: [`z${k}`],
			settings: { num_output: count, weight_filler: { type: "gaussian" }, bias_filler: { type: "gaussian" } },
			parameters: [{}, { lrMult: biasLrMult, decayMult: 0 }],
		});
		bottom = `z${k}`;
		const type = activation[k];
		if (type === "none") return;
		const top = inPlace ? bottom : `a${k}`;
		const settings = type === "ReLU" ? { negative_slope: 0.125 } : {};
		layers.push({ name: `f${k}`, type, bottoms: [bottom], tops: [top], settings });
		bottom = top;
	});
	layers.push({
		name: "loss",
		type: "EuclideanLoss",
		bottoms: [bottom, "t"],
		tops: ["loss"],
		settings: {},
		lossWeights: [lossWeight],
	});
	return { name: "chain", layers, forceBackward: false, precision: "double", phase: "TRAIN", level: 0, stages: [] };
}

function solverOf({ momentum, weightDecay, lrPolicy }: Chain): SolverSettings {
	return {
		type: "SGD",
		precision: "double",
		baseLr: 0.05,
		lrPolicy,
		gamma: 0.1,
		power: 0.75,
		stepSize: 1,
		stepValues: [],
		maxIter: 100,
		iterSize: 1,
		momentum,
		momentum2: 0.999,
		delta: 1e-8,
		rmsDecay: 0.99,
		weightDecay,
		regularization: "L2",
		clipGradients: -1,
	};
}

function trainingOf(chain: Chain, net = netOf(chain), solver = solverOf(chain)) {
	const { units, samples, seed } = chain;
	const random = createRandom(seed);
	const drawn = (size: number) => ({
		sampleShape: [size],
		values: Float64Array.from({ length: samples * size }, () => random.normal()),
	});
	const blobs = { x: drawn(units[0]), t: drawn(units[units.length - 1]) };
	return createTraining({ net, solver, seed, data: { samples, blobs } });
}

const stateOf = ({ checkpoint }: ReturnType<typeof trainingOf>) => {
	const { parameters, history } = checkpoint();
	return { parameters, history };
};

describe("the step in one go of a chain on one sample", () => {
	it("has the bits of the layers' own passes and of the update, in any such chain", () => {
		fc.assert(
			fc.property(chains, (chain) => {
				const online = trainingOf(chain);
				expect(prepareOnline(online.net, online.settings, createHistory(online.net, online.settings))).not.toBeNull();
				const recorded = trainingOf(chain);
				for (let iteration = 0; iteration < 6; iteration++) {
					const loss = online.step();
					expect(recorded.record().passes[0].dataLoss).toBe(loss);
					expect(stateOf(online)).toEqual(stateOf(recorded));
				}
				const checkpoint = online.checkpoint();
				const losses = [online.step(), online.step()];
				online.restore(checkpoint);
				expect([online.step(), online.step()]).toEqual(losses);
			}),
			{ numRuns: 60 },
		);
	});

	it("is left to the passes where the net or the solver is anything else", () => {
		const [chain] = fc.sample(chains, { numRuns: 1, seed: 1 });
		const plain: Chain = { ...chain, samples: 2, weightDecay: 0.01 };
		const isOnline = (net: NetSpecification, change: Partial<SolverSettings> = {}) => {
			const training = trainingOf(plain, net, { ...solverOf(plain), ...change });
			return prepareOnline(training.net, training.settings, createHistory(training.net, training.settings)) !== null;
		};
		const net = netOf(plain);
		expect(isOnline(net)).toBe(true);
		expect(isOnline(netOf(plain, 2))).toBe(false);
		expect(isOnline({ ...net, forceBackward: true })).toBe(false);
		expect(isOnline(net, { type: "Adam" })).toBe(false);
		expect(isOnline(net, { iterSize: 2 })).toBe(false);
		expect(isOnline(net, { clipGradients: 1 })).toBe(false);
		expect(isOnline(net, { regularization: "L1" })).toBe(false);
		const [data, dense, ...rest] = net.layers;
		const withDense = (change: Partial<LayerSpecification>): NetSpecification => ({
			...net,
			layers: [data, { ...dense, ...change }, ...rest],
		});
		expect(isOnline(withDense({ parameters: [{ lrMult: 0 }] }))).toBe(false);
		expect(isOnline(withDense({ parameters: [], settings: { ...dense.settings, bias_term: false } }))).toBe(false);
		expect(isOnline(withDense({ settings: { ...dense.settings, transpose: true } }))).toBe(false);
	});
});
