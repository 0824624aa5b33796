import type { NetLayer } from "../../../engine/net.ts";
import type { LayerCode, LayerWriter, Lines } from "./layer-code.ts";
import { pythonNumber } from "./literals.ts";
import { comment } from "./names.ts";
import type { CodeContext } from "./net-code.ts";
import type { CodeTexts, Iteration } from "./script.ts";

/** What the NumPy and the PyTorch script have in common. */
export type Library = "np" | "torch";

export const isGiven = ({ definition }: NetLayer) => definition.picture === "given";

/** The writer of a layer, where there is one for its very settings. */
export function writerIn<W extends LayerWriter>(writers: Readonly<Record<string, W>>, layer: NetLayer): W | null {
	const writer = writers[layer.type];
	return writer === undefined || writer.supports?.(layer) === false ? null : writer;
}

/** Learnable parameters whose gradient a layer left out has a share in: it is taken as recorded. */
export function takenGradients(leftOut: readonly NetLayer[]): Set<number> {
	return new Set(
		leftOut.flatMap(({ needsBackward, parameters, run }) =>
			needsBackward
				? parameters.flatMap(({ learnable }, slot) => (run.parameterNeedsDiff[slot] ? [learnable] : []))
				: [],
		),
	);
}

const plainWords = (text: string) => text.replaceAll(/["\\\s]+/g, " ");

/** What a script is and what it does not do, in the words of its first lines: nothing in a name may end them. */
export function headLines(
	{ title, trace }: Iteration,
	leftOut: readonly NetLayer[],
	inexact: readonly { readonly layer: NetLayer; readonly reason: string }[],
	texts: CodeTexts,
): Lines {
	const entry = ({ name, type }: NetLayer) => plainWords(`- ${name} (${type})`);
	return [
		'"""',
		...texts.head(plainWords(title), trace.iteration).split("\n"),
		texts.caffeHead,
		...(leftOut.length === 0 ? [] : ["", texts.leftOut, ...leftOut.map(entry)]),
		...(inexact.length === 0
			? []
			: ["", texts.inexact, ...inexact.map(({ layer, reason }) => `${entry(layer)}: ${reason}`)]),
		'"""',
	];
}

/** Parameters and histories as the iteration found them. */
export function parameterLines({ iteration, names, numbers }: CodeContext, library: Library): Lines {
	const { net, trace } = iteration;
	return net.learnable.flatMap(({ index, blob, layer, lrMult, decayMult }) => {
		const own = names.parameters[index];
		const { before, historyBefore } = trace.parameters[index];
		return [
			comment(`${layer}: lr_mult ${lrMult}, decay_mult ${decayMult}`),
			...`${own.value} = ${numbers.array(own.value, before, blob.shape)}`.split("\n"),
			...own.history.flatMap((name, k) => {
				const isZero = historyBefore[k].every((value) => value === 0);
				const value = isZero
					? `${library}.zeros_like(${own.value})`
					: numbers.array(name, historyBefore[k], blob.shape);
				return `${name} = ${value}`.split("\n");
			}),
		];
	});
}

/** The net's loss: its loss tops, each with its weight. */
export function lossLines({ iteration: { net }, names }: CodeContext, library: Library, again: boolean): Lines {
	const terms = net.layers.flatMap((layer) =>
		layer.lossWeights.flatMap((weight, slot) => {
			if (weight === 0) return [];
			const sum = `${library}.sum(${names.tops[layer.index][slot][again ? "again" : "value"]})`;
			return [weight === 1 ? sum : `${pythonNumber(weight)} * ${sum}`];
		}),
	);
	const zero = library === "np" ? "0.0" : "torch.zeros((), dtype=torch.float64)";
	return [`loss_total = ${terms.length === 0 ? zero : terms.join(" + ")}`];
}

/** A layer's top or its diff as each pass recorded it. */
export function recordedTop(
	{ iteration, names, passes, indent }: CodeContext,
	layer: NetLayer,
	slot: number,
	side: "data" | "diff",
	how: "array" | "plain",
): string {
	const { shape, count } = layer.run.tops[slot];
	const of = (pass: number) =>
		iteration.trace.passes[pass].layers[layer.index].tops[slot][side] ?? new Float64Array(count);
	return passes[how](names.tops[layer.index][slot][side === "data" ? "value" : "diff"], of, shape, indent);
}

/** A name set or compared, over as many lines as its numbers take. */
export const assigned = (name: string, value: string): Lines => `${name} = ${value}`.split("\n");
export const checked = (label: string, name: string, recorded: string): Lines =>
	`check(${JSON.stringify(label)}, ${name}, ${recorded})`.split("\n");

/** The closing forward pass, with the new parameters. */
export function againLines(
	{ iteration, names, numbers }: CodeContext,
	writerOf: (layer: NetLayer) => LayerWriter | null,
	codeOf: (layer: NetLayer) => LayerCode,
): Lines {
	return iteration.net.layers.flatMap((layer): Lines => {
		const tops = names.tops[layer.index];
		if (isGiven(layer)) return tops.map(({ value, again }) => `${again} = ${value}`);
		if (layer.automatic) return [];
		const writer = writerOf(layer);
		if (writer !== null) return writer.forward(codeOf(layer));
		return tops.flatMap(({ again }, slot) => {
			const { data } = iteration.trace.again.layers[layer.index].tops[slot];
			return assigned(again, numbers.array(again, data, layer.run.tops[slot].shape));
		});
	});
}
