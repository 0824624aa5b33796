import type { Preset } from "../../data/preset.ts";
import { digits } from "../../data/presets/digits.ts";
import { xor } from "../../data/presets/xor.ts";
import { exp, expm1 } from "../../engine/numerics/exp.ts";
import { log, log1p } from "../../engine/numerics/log.ts";
import { pow } from "../../engine/numerics/pow.ts";
import { cos, sin } from "../../engine/numerics/sin-cos.ts";
import { tanh } from "../../engine/numerics/tanh.ts";
import { createRandom } from "../../engine/random.ts";
import type { SolverSettings } from "../../engine/specification.ts";
import { createTraining } from "../../engine/training.ts";
import { openPreset } from "../open-experiment.ts";

/** Numbers of a long run, each as the sixteen hexadecimal digits of its bits. */
export type GoldenRun = Readonly<Record<string, readonly string[]>>;

const view = new DataView(new ArrayBuffer(8));

function bits(value: number): string {
	view.setFloat64(0, value);
	return view.getBigUint64(0).toString(16).padStart(16, "0");
}

/** Losses of the last iterations, then all parameters. */
async function trained(preset: Preset, iterations: number, change: Partial<SolverSettings> = {}): Promise<string[]> {
	const { net, solver, data, seed, start } = await openPreset(preset);
	const training = createTraining({ net, solver: { ...solver, ...change }, data: data.source, seed, start });
	const losses = Array.from({ length: iterations }, () => training.step());
	return [...losses.slice(-50), ...training.net.learnable.flatMap(({ blob }) => Array.from(blob.data))].map(bits);
}

function valuesOf(f: (x: number) => number, low: number, high: number): string[] {
	const random = createRandom(7);
	return Array.from({ length: 40 }, () => bits(f(low + (high - low) * random.uniform())));
}

/** What every engine of JavaScript must give to the last bit. */
export async function goldenRun(): Promise<GoldenRun> {
	const normal = createRandom(1);
	return {
		"normal draws": Array.from({ length: 40 }, () => bits(normal.normal())),
		exp: valuesOf(exp, -700, 700),
		expm1: valuesOf(expm1, -1, 1),
		log: valuesOf(log, 0, 4),
		log1p: valuesOf(log1p, -1, 1),
		tanh: valuesOf(tanh, -5, 5),
		"pow 1.7": valuesOf((x) => pow(x, 1.7), 0, 4),
		sin: valuesOf(sin, -1000, 1000),
		cos: valuesOf(cos, -1000, 1000),
		"xor, 2000 iterations": await trained(xor, 2000),
		"xor, 500 iterations of Adam with lr_policy inv": await trained(xor, 500, {
			type: "Adam",
			lrPolicy: "inv",
			baseLr: 0.1,
			gamma: 0.01,
			power: 0.75,
		}),
		"digits, 50 iterations": await trained(digits, 50),
	};
}
