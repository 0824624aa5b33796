import { exp, expm1 } from "../../src/engine/numerics/exp.ts";
import { log, log1p } from "../../src/engine/numerics/log.ts";
import { pow } from "../../src/engine/numerics/pow.ts";
import { cos, sin } from "../../src/engine/numerics/sin-cos.ts";
import { tanh } from "../../src/engine/numerics/tanh.ts";
import { createRandom } from "../../src/engine/random.ts";

const COUNT = 4096;
const PASSES = 20;
const ROUNDS = 15;

const x = new Float64Array(COUNT);
const y = new Float64Array(COUNT);

/** Loops that name their function, so that it can be taken into them as it is in the engine's kernels. */
const loops: readonly {
	readonly name: string;
	readonly low: number;
	readonly high: number;
	own(): void;
	native(): void;
}[] = [
	{
		name: "exp",
		low: -5,
		high: 5,
		own() {
			for (let i = 0; i < COUNT; i++) y[i] = exp(x[i]);
		},
		native() {
			for (let i = 0; i < COUNT; i++) y[i] = Math.exp(x[i]);
		},
	},
	{
		name: "expm1",
		low: -5,
		high: 5,
		own() {
			for (let i = 0; i < COUNT; i++) y[i] = expm1(x[i]);
		},
		native() {
			for (let i = 0; i < COUNT; i++) y[i] = Math.expm1(x[i]);
		},
	},
	{
		name: "log",
		low: 0.001,
		high: 5,
		own() {
			for (let i = 0; i < COUNT; i++) y[i] = log(x[i]);
		},
		native() {
			for (let i = 0; i < COUNT; i++) y[i] = Math.log(x[i]);
		},
	},
	{
		name: "log1p",
		low: -0.9,
		high: 5,
		own() {
			for (let i = 0; i < COUNT; i++) y[i] = log1p(x[i]);
		},
		native() {
			for (let i = 0; i < COUNT; i++) y[i] = Math.log1p(x[i]);
		},
	},
	{
		name: "tanh",
		low: -5,
		high: 5,
		own() {
			for (let i = 0; i < COUNT; i++) y[i] = tanh(x[i]);
		},
		native() {
			for (let i = 0; i < COUNT; i++) y[i] = Math.tanh(x[i]);
		},
	},
	{
		name: "pow 1.7",
		low: 0.001,
		high: 5,
		own() {
			for (let i = 0; i < COUNT; i++) y[i] = pow(x[i], 1.7);
		},
		native() {
			for (let i = 0; i < COUNT; i++) y[i] = x[i] ** 1.7;
		},
	},
	{
		name: "sin",
		low: -10,
		high: 10,
		own() {
			for (let i = 0; i < COUNT; i++) y[i] = sin(x[i]);
		},
		native() {
			for (let i = 0; i < COUNT; i++) y[i] = Math.sin(x[i]);
		},
	},
	{
		name: "cos",
		low: -10,
		high: 10,
		own() {
			for (let i = 0; i < COUNT; i++) y[i] = cos(x[i]);
		},
		native() {
			for (let i = 0; i < COUNT; i++) y[i] = Math.cos(x[i]);
		},
	},
];

function processorTime(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** Nanoseconds an element. */
function timed(loop: () => void): number {
	const start = processorTime();
	for (let pass = 0; pass < PASSES; pass++) loop();
	return ((processorTime() - start) * 1e6) / (PASSES * COUNT);
}

/** Prints the engine's elementary functions beside those of Math. */
export function runFunctions(): void {
	console.log("Elementary functions, nanoseconds, the fastest of rounds in turn");
	const random = createRandom(1);
	for (const { name, low, high, own, native } of loops) {
		for (let i = 0; i < COUNT; i++) x[i] = low + (high - low) * random.uniform();
		let fastestOwn = Number.POSITIVE_INFINITY;
		let fastestNative = Number.POSITIVE_INFINITY;
		for (let round = 0; round < ROUNDS; round++) {
			fastestOwn = Math.min(fastestOwn, timed(own));
			fastestNative = Math.min(fastestNative, timed(native));
		}
		const ratio = (fastestOwn / fastestNative).toFixed(2);
		console.log(
			`  ${name.padEnd(8)} own ${fastestOwn.toFixed(2).padStart(6)}   Math ${fastestNative.toFixed(2).padStart(6)}   ratio ${ratio}   must 1.20`,
		);
	}
}
