import { describe, expect, it } from "vitest";
import { referencesOf } from "../engine/evaluate.ts";
import { explainScalar, gradientRows } from "../engine/explain-scalar.ts";
import "../engine/layers/index.ts";
import "../engine/solver/rules.ts";
import { buildNet } from "../engine/net.ts";
import type { ScalarReference } from "../engine/reference.ts";
import type { LayerSpecification, NetSpecification, SolverSettings } from "../engine/specification.ts";
import { allReferences } from "../engine/testing/references.ts";
import { addressText, parseAddress } from "./address.ts";
import { childAt, childCount, DEPTHS, nodeAt, placeOf, startOf, stepBack, stepForward } from "./cursor.ts";
import { becomingOf, knowledgeOf } from "./stage-of.ts";
import { structureOf } from "./structure.ts";
import { createTimeline, type Timeline } from "./timeline.ts";

const solver: SolverSettings = {
	type: "SGD",
	precision: "double",
	baseLr: 0.5,
	lrPolicy: "fixed",
	gamma: 0,
	power: 0,
	stepSize: 0,
	stepValues: [],
	maxIter: 100,
	iterSize: 1,
	momentum: 0.9,
	momentum2: 0.999,
	delta: 1e-8,
	rmsDecay: 0.99,
	weightDecay: 0,
	regularization: "L2",
	clipGradients: -1,
};

function layer(
	type: string,
	name: string,
	bottoms: string[],
	tops: string[],
	rest: Partial<LayerSpecification> = {},
): LayerSpecification {
	return { name, type, bottoms, tops, settings: {}, ...rest };
}

const input = (batch: number, inputs: number, targets: number) =>
	layer("Input", "data", [], ["data", "label"], {
		settings: { shape: [{ dim: [batch, inputs] }, { dim: [batch, targets] }] },
	});

const dense = (name: string, bottom: string, units: number, rest: Partial<LayerSpecification> = {}) =>
	layer("InnerProduct", name, [bottom], [name], { settings: { num_output: units }, ...rest });

function net(layers: LayerSpecification[]): NetSpecification {
	return { name: "test", layers, forceBackward: false, precision: "double", phase: "TRAIN", level: 0, stages: [] };
}

const plain = net([
	input(3, 2, 2),
	dense("hidden", "data", 3),
	layer("Sigmoid", "hidden_sigmoid", ["hidden"], ["hidden_a"]),
	dense("output", "hidden_a", 2),
	layer("Sigmoid", "output_sigmoid", ["output"], ["output_a"]),
	layer("EuclideanLoss", "loss", ["output_a", "label"], ["loss"]),
]);

/** Three time steps of two sequences, one number read and one wanted at each. */
const sequence = layer("Input", "in", [], ["x", "cont", "label"], {
	settings: { shape: [{ dim: [3, 2, 1] }, { dim: [3, 2] }, { dim: [3, 2, 1] }] },
});
const readOut = [
	dense("output", "h", 1, { settings: { num_output: 1, axis: 2 } }),
	layer("EuclideanLoss", "loss", ["output", "label"], ["loss"]),
];

const nets: Record<string, { net: NetSpecification; solver: SolverSettings }> = {
	plain: { net: plain, solver },
	"in place, clip, decay, two passes": {
		net: net([
			input(2, 3, 1),
			dense("first.layer", "data", 4),
			layer("ReLU", "relu", ["first.layer"], ["first.layer"]),
			layer("TanH", "tanh", ["first.layer"], ["t"]),
			dense("output", "t", 3),
			layer("SoftmaxWithLoss", "loss", ["output", "label"], ["loss"]),
		]),
		solver: { ...solver, clipGradients: 1, weightDecay: 0.01, iterSize: 2 },
	},
	"two histories and an update of its own": { net: plain, solver: { ...solver, type: "Adam" } },
	"a branch and two losses": {
		net: net([
			input(2, 2, 2),
			dense("hidden", "data", 2),
			layer("Sigmoid", "a", ["hidden"], ["a"]),
			dense("left", "a", 2),
			dense("right", "a", 2),
			layer("EuclideanLoss", "loss1", ["left", "label"], ["loss1"]),
			layer("SigmoidCrossEntropyLoss", "loss2", ["right", "label"], ["loss2"], { lossWeights: [0.5] }),
		]),
		solver,
	},
	"biases not updated": {
		net: net([
			input(1, 2, 2),
			dense("hidden", "data", 2, { parameters: [{}, { lrMult: 0 }] }),
			layer("Sigmoid", "s", ["hidden"], ["s"]),
			dense("output", "s", 2, { parameters: [{}, { lrMult: 0 }] }),
			layer("EuclideanLoss", "loss", ["output", "label"], ["loss"]),
		]),
		solver: { ...solver, momentum: 0 },
	},
	"a softmax layer and shared weights": {
		net: net([
			input(2, 3, 3),
			dense("one", "data", 3, { parameters: [{ name: "w" }, {}] }),
			layer("Softmax", "soft", ["one"], ["soft"]),
			dense("two", "soft", 3, { parameters: [{ name: "w" }, {}] }),
			layer("EuclideanLoss", "loss", ["two", "label"], ["loss"]),
		]),
		solver,
	},
	"windows over images": {
		net: net([
			layer("Input", "data", [], ["data", "label"], { settings: { shape: [{ dim: [2, 1, 4, 4] }, { dim: [2, 2] }] } }),
			layer("Convolution", "conv", ["data"], ["conv"], { settings: { num_output: 2, kernel_size: [2], pad: [1] } }),
			layer("ReLU", "relu", ["conv"], ["conv"]),
			layer("Pooling", "pool", ["conv"], ["pool"], { settings: { kernel_size: 2, stride: 2 } }),
			dense("output", "pool", 2),
			layer("EuclideanLoss", "loss", ["output", "label"], ["loss"]),
		]),
		solver,
	},
	"an LSTM through time": {
		net: net([sequence, layer("LSTM", "lstm", ["x", "cont"], ["h"], { settings: { num_output: 2 } }), ...readOut]),
		solver: { ...solver, iterSize: 2 },
	},
	"a plain recurrent net": {
		net: net([sequence, layer("RNN", "rnn", ["x", "cont"], ["h"], { settings: { num_output: 2 } }), ...readOut]),
		solver,
	},
};

function open(name: string): Timeline {
	return createTimeline(structureOf(buildNet(nets[name].net)), nets[name].solver);
}

/** Every scalar of iteration 2 that this net has. */
function everyReference({ structure: { net: built }, settings }: Timeline): readonly ScalarReference[] {
	const context = { net: built, settings, read: () => 1 };
	return allReferences(built, settings, 2, (owner, slot) => gradientRows(context, owner, slot));
}

describe.each(Object.keys(nets))("the stages of: %s", (name) => {
	const timeline = open(name);
	const context = { net: timeline.structure.net, settings: timeline.settings, read: () => 1 };

	it("knows every operand no later than what it explains", () => {
		for (const reference of everyReference(timeline)) {
			const becoming = becomingOf(timeline, reference);
			if (becoming === "never") continue;
			const expression = explainScalar(context, reference);
			const own = becoming === "given" ? -1 : becoming;
			for (const operand of expression === null ? [] : referencesOf(expression)) {
				if (operand.iteration < reference.iteration) continue;
				const known = becomingOf(timeline, operand);
				expect(known, `${JSON.stringify(operand)} for ${JSON.stringify(reference)}`).not.toBe("never");
				expect(known === "given" ? -1 : Number(known), JSON.stringify([operand, reference])).toBeLessThanOrEqual(own);
			}
		}
	});

	it("makes something known at every leaf, within the iteration", () => {
		const ends = new Set<number>();
		for (const reference of everyReference(timeline)) {
			const becoming = becomingOf(timeline, reference);
			if (typeof becoming !== "number") continue;
			expect(becoming).toBeGreaterThanOrEqual(0);
			expect(becoming).toBeLessThan(timeline.leaves);
			ends.add(becoming);
		}
		for (const group of timeline.groups) {
			const last = group.first + group.leaves - 1;
			if (group.phase !== "forward" || group.subject.kind !== "input")
				expect(ends.has(last), `${group.phase}.${group.key}`).toBe(true);
		}
	});

	it("addresses every leaf and reads the address back", () => {
		for (let leaf = 0; leaf < timeline.leaves; leaf++) {
			const cursor = { iteration: 7, leaf };
			expect(parseAddress(timeline, addressText(timeline, cursor))).toEqual({ cursor, problem: null });
		}
	});

	it("covers the iteration with nodes of each depth, without gap or overlap", () => {
		for (const depth of DEPTHS) {
			let leaf = 0;
			let nodes = 0;
			while (leaf < timeline.leaves) {
				const node = nodeAt(timeline, leaf, depth);
				expect(node.first).toBe(leaf);
				expect(placeOf(timeline, leaf, depth).place).toBe(nodes);
				leaf = node.last + 1;
				nodes++;
			}
			expect(leaf).toBe(timeline.leaves);
			expect(placeOf(timeline, 0, depth).count).toBe(nodes);
		}
	});

	it("counts and finds the children of each node", () => {
		const visit = (leaf: number, depth: (typeof DEPTHS)[number]) => {
			const node = nodeAt(timeline, leaf, depth);
			let next = node.first;
			for (let k = 0; k < childCount(timeline, node); k++) {
				const child = childAt(timeline, node, k);
				expect(child.first).toBe(next);
				next = child.last + 1;
				visit(child.first, child.depth);
			}
			if (node.depth !== "term") expect(next).toBe(node.last + 1);
		};
		visit(0, "iteration");
	});

	it("steps back to exactly where a step forward came from, at each depth", () => {
		for (const depth of DEPTHS) {
			let cursor = { ...startOf(1), leaf: nodeAt(timeline, 0, depth).last };
			const visited = [cursor];
			while (cursor.iteration < 3) {
				cursor = stepForward(timeline, cursor, depth);
				visited.push(cursor);
			}
			for (let k = visited.length - 1; k > 0; k--) {
				expect(stepBack(timeline, visited[k], depth)).toEqual(visited[k - 1]);
			}
		}
	});
});

describe("addresses from outside", () => {
	const timeline = open("plain");

	it.each([
		["", "malformed"],
		["i0", "malformed"],
		["i99999999", "malformed"],
		["i1.sideways", "no-such-phase"],
		["i1.forward.nothing", "no-such-group"],
		["i1.forward.hidden.9", "no-such-unit"],
		["i1.forward.hidden.1.99", "no-such-term"],
		["i1.forward.hidden.1.1.1", "no-such-term"],
		["i1.p2.forward", "no-such-pass"],
		["<script>", "malformed"],
	])("%j is %s and still gives a cursor", (text, problem) => {
		const result = parseAddress(timeline, text);
		expect(result.problem).toBe(problem);
		expect(result.cursor.leaf).toBeGreaterThanOrEqual(0);
		expect(result.cursor.leaf).toBeLessThan(timeline.leaves);
	});

	it("takes a shorter address as the end of its node", () => {
		expect(parseAddress(timeline, "i2").cursor).toEqual({ iteration: 2, leaf: timeline.leaves - 1 });
		const forward = timeline.phases[0];
		expect(parseAddress(timeline, "i1.forward").cursor.leaf).toBe(forward.first + forward.leaves - 1);
	});
});

describe("what is known", () => {
	it("hides later stages and shows all of earlier iterations", () => {
		const timeline = open("plain");
		const z: ScalarReference = { kind: "top", iteration: 2, pass: 0, layer: "hidden", slot: 0, side: "data", index: 0 };
		expect(knowledgeOf(timeline, { iteration: 2, leaf: 0 }, z)).toBe("not-yet");
		expect(knowledgeOf(timeline, { iteration: 2, leaf: 3 }, z)).toBe("known");
		expect(knowledgeOf(timeline, { iteration: 3, leaf: 0 }, z)).toBe("known");
		expect(knowledgeOf(timeline, { iteration: 1, leaf: 99 }, z)).toBe("not-yet");
	});

	it("names what the net does not compute", () => {
		const timeline = open("biases not updated");
		const gradient: ScalarReference = {
			kind: "parameter",
			iteration: 1,
			layer: "hidden",
			slot: 1,
			moment: "gradient",
			index: 0,
		};
		expect(knowledgeOf(timeline, { iteration: 1, leaf: timeline.leaves - 1 }, gradient)).toBe("not-computed");
		expect(becomingOf(timeline, { ...gradient, moment: "after" })).toBe("given");
	});
});
