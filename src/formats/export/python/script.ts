import type { Net, NetLayer } from "../../../engine/net.ts";
import type { Shape } from "../../../engine/shape.ts";
import type { IterationTrace } from "../../../engine/trace.ts";
import type { Catalogue } from "../../../i18n/catalogue.ts";
import { layerWriters } from "./layers/index.ts";
import { fusedDivisor } from "./layers/loss-parts.ts";
import { type ArrayWriter, createNumbers, INLINE_NUMBERS, type NumberFile, type Numbers } from "./literals.ts";
import { createNames } from "./names.ts";

export type CodeTexts = Catalogue["exporting"]["code"];

/** One iteration to be written down, with the net that made it. */
export interface Iteration {
	readonly net: Net;
	readonly trace: IterationTrace;
	/** What the experiment is called. */
	readonly title: string;
}

/** A script that computes an iteration again and compares every number with the recorded one. */
export interface Script {
	readonly text: string;
	/** Arrays that the script loads from `numbers.npz` beside it; null where all stand in the script. */
	readonly numbers: NumberFile | null;
	/** Layers that the script does not compute: what they hand on, it takes as recorded. */
	readonly leftOut: readonly { readonly layer: string; readonly type: string }[];
}

/** The names of a net's values in a script. */
export interface ScriptNames {
	/** A name for what a layer makes for itself, the same each time. */
	own(layer: NetLayer, name: string): string;
	/** By learnable index. */
	readonly parameters: readonly {
		readonly value: string;
		readonly gradient: string;
		readonly history: readonly string[];
		readonly update: string;
		readonly after: string;
	}[];
	/** By layer and top: its value, its diff, its value with the new parameters. */
	readonly tops: readonly (readonly { readonly value: string; readonly diff: string; readonly again: string }[])[];
}

/** Weight, bias: what the slots of a layer's parameters are called. */
function parameterWord(layer: NetLayer, slot: number): string {
	const named = layerWriters[layer.type]?.parameterNames?.(layer)[slot];
	return named ?? (slot === 0 ? "W" : "b");
}

/** Names every value. A Split's tops are the value that it copies; what comes back to each is another. */
export function scriptNames({ net, trace }: Iteration): ScriptNames {
	const names = createNames();
	const parameters = net.learnable.map(({ index, layer, slot }) => {
		const value = names.make(`${layer}_${parameterWord(net.layer(layer), slot)}`);
		return {
			value,
			gradient: names.make(`d_${value}`),
			history: trace.parameters[index].history.map((_, k) => names.make(`${value}_history${k === 0 ? "" : k + 1}`)),
			update: names.make(`${value}_update`),
			after: names.make(`${value}_new`),
		};
	});
	const values = new Map<string, { value: string; again: string }>();
	const tops = net.layers.map((layer) =>
		layer.run.tops.map((top, slot) => {
			const isInPlace = layer.bottomNames[slot] === layer.topNames[slot];
			const source = layer.sources[0];
			const copied = layer.automatic ? values.get(`${source.layer} ${source.slot}`) : undefined;
			const wish = isInPlace || top.name.startsWith("(automatic)") ? layer.name : top.name;
			const value = copied?.value ?? names.make(wish);
			const again = copied?.again ?? names.make(`${value}_again`);
			values.set(`${layer.index} ${slot}`, { value, again });
			return { value, again, diff: names.make(layer.automatic ? `d_${value}_${slot + 1}` : `d_${value}`) };
		}),
	);
	const owned = new Map<string, string>();
	return {
		parameters,
		tops,
		own(layer, name) {
			const key = `${layer.index} ${name}`;
			const known = owned.get(key) ?? names.make(`${tops[layer.index][0]?.value ?? layer.name}_${name}`);
			owned.set(key, known);
			return known;
		},
	};
}

/** Everything that a script spells out of the passes; where there are several, `p` is the one being computed. */
export interface PassNumbers {
	/** True where the script loops over several passes. */
	readonly loops: boolean;
	/** An expression for an array that each pass has its own of. */
	array(key: string, ofPass: (pass: number) => ArrayLike<number>, shape: Shape, indent: string): string;
	/** The same, to be compared with. */
	plain(key: string, ofPass: (pass: number) => ArrayLike<number>, shape: Shape, indent: string): string;
	/** The table of the passes, to stand at the top; empty where there is one pass. */
	table(): readonly string[];
}

export function passNumbers(numbers: Numbers, passes: number): PassNumbers {
	const entries = new Map<string, string[]>();
	const looped = (
		how: "array" | "plain",
		key: string,
		ofPass: (pass: number) => ArrayLike<number>,
		shape: Shape,
	): string => {
		if (!entries.has(key)) {
			const texts = Array.from({ length: passes }, (_, pass) =>
				numbers[how](`${key} ${pass + 1}`, ofPass(pass), shape, "        "),
			);
			entries.set(key, texts);
		}
		return `p["${key}"]`;
	};
	const loops = passes > 1;
	return {
		loops,
		array: (key, ofPass, shape, indent) =>
			loops ? looped("array", key, ofPass, shape) : numbers.array(key, ofPass(0), shape, indent),
		plain: (key, ofPass, shape, indent) =>
			loops ? looped("plain", key, ofPass, shape) : numbers.plain(key, ofPass(0), shape, indent),
		table() {
			if (!loops) return [];
			const rows = Array.from({ length: passes }, (_, pass) => [
				"    {",
				...[...entries].flatMap(([key, texts]) => `        "${key}": ${texts[pass]},`.split("\n")),
				"    },",
			]);
			return ["passes = [", ...rows.flat(), "]"];
		},
	};
}

/** Numbers that an iteration recorded: more than a reader wants to scroll through go into a file. */
export function createScriptNumbers({ net, trace }: Iteration, write: ArrayWriter): Numbers {
	const perPass = net.layers.reduce(
		(total, { run }) => total + run.tops.reduce((sum, { count }) => sum + 2 * count, 0),
		0,
	);
	const perParameter = net.learnable.reduce((total, { blob }) => total + 6 * blob.count, 0);
	return createNumbers(write, perPass * trace.passes.length + perParameter > INLINE_NUMBERS);
}

/** What a fused loss divides by, and what layers drew or kept, in a pass. */
export function recordedInternal(
	layer: NetLayer,
	name: string,
	trace: IterationTrace,
	pass: number | "again",
): { readonly values: ArrayLike<number>; readonly shape: Shape } {
	const { layers } = pass === "again" ? trace.again : trace.passes[pass];
	if (name !== "divisor")
		return { values: layers[layer.index].internals[name], shape: layer.run.internals[name].shape };
	const [, labels] = layer.sources;
	return { values: [fusedDivisor(layer, layers[labels.layer].tops[labels.slot].data)], shape: [] };
}

export const indented = (lines: readonly string[], by: string): readonly string[] =>
	lines.map((line) => (line === "" ? line : by + line));
