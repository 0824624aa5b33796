import type { FillerSettings } from "./fillers.ts";
import type { Net } from "./net.ts";
import { createRandom, type RandomGenerator } from "./random.ts";
import { countOf, type Shape } from "./shape.ts";

/** Draws the start values of all learnable parameters, in their order, from one generator. */
export function fillParameters(net: Net, seed: number): void {
	const random = createRandom(seed);
	for (const { blob, filler } of net.learnable) fill(blob.data, blob.shape, filler, random);
}

/** What `variance_norm` divides by: fan_in = count ÷ shape[0], fan_out = count ÷ shape[1], whatever the blob's role. */
function fan(shape: Shape, norm: FillerSettings["variance_norm"]): number {
	const count = countOf(shape);
	const fanIn = count / (shape[0] ?? 1);
	const fanOut = shape.length > 1 ? count / shape[1] : count;
	if (norm === "FAN_OUT") return fanOut;
	return norm === "AVERAGE" ? (fanIn + fanOut) / 2 : fanIn;
}

/** Writes start values into a parameter of the given shape, drawing in row-major order. Source: caffe-semantics, 5. */
export function fill(values: Float64Array, shape: Shape, settings: FillerSettings, random: RandomGenerator): void {
	switch (settings.type) {
		case "constant":
			values.fill(settings.value);
			return;
		case "uniform":
			fillUniform(values, settings.min, settings.max, random);
			return;
		case "gaussian":
			fillGaussian(values, shape, settings, random);
			return;
		case "xavier": {
			const bound = Math.sqrt(3 / fan(shape, settings.variance_norm));
			fillUniform(values, -bound, bound, random);
			return;
		}
		case "msra": {
			const deviation = Math.sqrt(2 / fan(shape, settings.variance_norm));
			for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal();
			return;
		}
		case "positive_unitball":
			fillUnitBall(values, shape, random);
			return;
		case "bilinear":
			fillBilinear(values, shape);
			return;
	}
}

function fillUniform(values: Float64Array, low: number, high: number, random: RandomGenerator): void {
	for (let i = 0; i < values.length; i++) values[i] = low + (high - low) * random.uniform();
}

function fillGaussian(values: Float64Array, shape: Shape, settings: FillerSettings, random: RandomGenerator): void {
	for (let i = 0; i < values.length; i++) values[i] = settings.mean + settings.std * random.normal();
	if (settings.sparse < 0) return;
	const kept = settings.sparse / (shape[0] ?? 1);
	for (let i = 0; i < values.length; i++) if (random.uniform() >= kept) values[i] = 0;
}

function fillUnitBall(values: Float64Array, shape: Shape, random: RandomGenerator): void {
	const rows = shape[0] ?? 1;
	const size = values.length / rows;
	for (let row = 0; row < rows; row++) {
		let total = 0;
		for (let i = row * size; i < (row + 1) * size; i++) {
			values[i] = random.uniform();
			total += values[i];
		}
		for (let i = row * size; i < (row + 1) * size; i++) values[i] /= total;
	}
}

function fillBilinear(values: Float64Array, shape: Shape): void {
	const width = shape[3];
	const height = shape[2];
	const half = Math.ceil(width / 2);
	const centre = (width - 1) / (2 * half);
	for (let i = 0; i < values.length; i++) {
		const column = i % width;
		const row = Math.floor(i / width) % height;
		values[i] = (1 - Math.abs(column / half - centre)) * (1 - Math.abs(row / half - centre));
	}
}
