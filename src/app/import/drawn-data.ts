import type { NamedDataSet } from "../../data/preset.ts";
import type { Net } from "../../engine/net.ts";
import { createRandom } from "../../engine/random.ts";
import { countOf, sameShape } from "../../engine/shape.ts";
import type { NetSpecification } from "../../engine/specification.ts";

/** Layers whose second bottom is a class label each. */
const LABELLED = ["SoftmaxWithLoss", "MultinomialLogisticLoss", "HingeLoss", "InfogainLoss", "Accuracy"];
/** Layers whose second bottom says where a sequence goes on. */
const SEQUENCES = ["LSTM", "RNN"];

/** More would be memory that nobody looks at. */
const MOST_VALUES = 4_000_000;

/** How many classes the label in an Input blob may name; null where it holds no labels. */
export function classesOf(net: Net, { layers }: NetSpecification, blob: string): number | null {
	const counts = layers.flatMap(({ name, type, bottoms }) => {
		if (!LABELLED.includes(type) || bottoms[1] !== blob) return [];
		const built = net.layers.find((layer) => layer.name === name);
		if (built === undefined) return [];
		const [scores, labels] = built.run.bottoms;
		return [Math.floor(scores.count / Math.max(1, labels.count))];
	});
	return counts.length === 0 ? null : Math.min(...counts);
}

/** Whether a data set has what the net's Input blobs want, labels within the classes included. */
export function fitsNet({ source }: NamedDataSet, net: Net, specification: NetSpecification): boolean {
	return net.inputs.every(({ name, blob }) => {
		const known = Object.hasOwn(source.blobs, name) ? source.blobs[name] : undefined;
		if (known === undefined || !sameShape(known.sampleShape, blob.shape.slice(1))) return false;
		const classes = classesOf(net, specification, name);
		return classes === null || known.values.every((value) => value < classes);
	});
}

/**
 * Samples for a net whose file holds none: numbers between 0 and 1, labels in turn. They say nothing, but every stage
 * can be seen with them.
 */
export function drawData(net: Net, specification: NetSpecification, seed: number): NamedDataSet {
	const random = createRandom(seed);
	const batch = net.inputs[0]?.blob.shape[0] ?? 1;
	const size = net.inputs.reduce((total, { blob }) => total + countOf(blob.shape, 1), 0);
	const samples = Math.max(1, Math.min(batch, Math.floor(MOST_VALUES / Math.max(1, size))));
	const goesOn = new Set(
		specification.layers.flatMap(({ type, bottoms }) => (SEQUENCES.includes(type) ? [bottoms[1]] : [])),
	);
	const blobs = net.inputs.map(({ name, blob }) => {
		const sampleShape = blob.shape.slice(1);
		const rows = blob.shape[0] === batch ? samples : blob.shape[0];
		const classes = classesOf(net, specification, name);
		const values = Float64Array.from({ length: rows * countOf(sampleShape) }, (_, k) => {
			if (goesOn.has(name)) return k < countOf(sampleShape) ? 0 : 1;
			return classes === null ? Math.round(random.uniform() * 1000) / 1000 : k % classes;
		});
		return [name, { sampleShape, values }] as const;
	});
	return {
		id: "drawn",
		source: { samples, blobs: Object.fromEntries(blobs) },
		card: { kind: "numbers" },
		origin: { source: `Drawn with seed ${seed}`, licence: "" },
	};
}
