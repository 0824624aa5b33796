import type { NetLayer } from "../../engine/net.ts";
import {
	againLines,
	headLines,
	isGiven,
	lossLines,
	parameterLines,
	recordedTop,
	takenGradients,
	writerIn,
} from "./python/frame.ts";
import { numpyArray, pythonNumber } from "./python/literals.ts";
import { comment, quoted } from "./python/names.ts";
import { type CodeContext, layerCode } from "./python/net-code.ts";
import { numpyHelpers, numpyWriters } from "./python/numpy-layers.ts";
import {
	type CodeTexts,
	createScriptNumbers,
	type Iteration,
	indented,
	passNumbers,
	type Script,
	scriptNames,
} from "./python/script.ts";
import { solverSection } from "./python/solver-section.ts";

const CHECK = [
	"checked = 0",
	"",
	"",
	"def check(name, found, recorded):",
	"    global checked",
	"    found = np.asarray(found, dtype=np.float64)",
	"    recorded = np.asarray(recorded, dtype=np.float64).reshape(found.shape)",
	"    size = np.max(np.abs(recorded[np.isfinite(recorded)]), initial=1e-6)",
	'    with np.errstate(invalid="ignore"):',
	"        near = np.abs(found - recorded) <= 1e-9 * size",
	"    same = near | (found == recorded) | (np.isnan(found) & np.isnan(recorded))",
	'    assert np.all(same), f"{name}: {found[~same]} instead of {recorded[~same]}"',
	"    checked += found.size",
];

const writerOf = (layer: NetLayer) => writerIn(numpyWriters, layer);

/**
 * NumPy code that computes one iteration anew, layer by layer, forward and back, and the solver's update, and compares
 * each number with the recorded one at 1e-9.
 */
export function numpyScript(iteration: Iteration, texts: CodeTexts): Script {
	const { net, trace } = iteration;
	const names = scriptNames(iteration);
	const numbers = createScriptNumbers(iteration, numpyArray);
	const passes = passNumbers(numbers, trace.passes.length);
	const indent = passes.loops ? "    " : "";
	const context: CodeContext = { iteration, names, numbers, passes, indent };
	const leftOut = net.layers.filter((layer) => !isGiven(layer) && writerOf(layer) === null);
	const begun = new Set<number>();
	const taken = takenGradients(leftOut);

	function codeOf(layer: NetLayer, again: boolean) {
		return layerCode(context, layer, again, (slot, expression) => {
			const { learnable, blob } = layer.parameters[slot];
			if (!layer.run.parameterNeedsDiff[slot] || taken.has(learnable)) return null;
			const { gradient } = names.parameters[learnable];
			const { shape } = net.learnable[learnable].blob;
			const sameForm = shape.join() === blob.shape.join();
			const value = sameForm ? expression : `(${expression}).reshape(${shape.join(", ")})`;
			const first = !passes.loops && !begun.has(learnable);
			begun.add(learnable);
			return first ? `${gradient} = ${value}` : `${gradient} = ${gradient} + ${value}`;
		});
	}

	function forward(layer: NetLayer): readonly string[] {
		const writer = writerOf(layer);
		const tops = names.tops[layer.index];
		const head = layer.automatic ? [] : [comment(`${layer.name} (${layer.type})`)];
		if (isGiven(layer) || writer === null) {
			const note = isGiven(layer) ? [] : [comment(texts.leftOutLayer)];
			return [
				...head,
				...note,
				...tops.flatMap(({ value }, slot) =>
					`${value} = ${recordedTop(context, layer, slot, "data", "array")}`.split("\n"),
				),
			];
		}
		if (layer.automatic) return [];
		const checks = tops.flatMap(({ value }, slot) =>
			`check(${quoted(value)}, ${value}, ${recordedTop(context, layer, slot, "data", "plain")})`.split("\n"),
		);
		return [...head, ...writer.forward(codeOf(layer, false)), ...checks];
	}

	function backward(layer: NetLayer): readonly string[] {
		if (!layer.needsBackward || layer.definition.isFed) return [];
		const writer = writerOf(layer);
		const code = codeOf(layer, false);
		const written = layer.sources.flatMap((source, bottom) => (code.dx[bottom] === null ? [] : [source]));
		const recorded = ({ layer: at, slot }: { readonly layer: number; readonly slot: number }, how: "array" | "plain") =>
			recordedTop(context, net.layers[at], slot, "diff", how);
		const diffOf = ({ layer: at, slot }: { readonly layer: number; readonly slot: number }) =>
			names.tops[at][slot].diff;
		if (writer === null) {
			return written.flatMap((source) => `${diffOf(source)} = ${recorded(source, "array")}`.split("\n"));
		}
		// A diff that a loss weight gives, or that nobody writes: Caffe's buffer then holds 0.
		const start = names.tops[layer.index].flatMap(({ diff }, slot) => {
			const { shape } = layer.run.tops[slot];
			const weight = layer.lossWeights[slot];
			if (layer.definition.isLoss || (layer.diffComputed[slot] && weight === 0)) return [];
			if (layer.automatic && !layer.diffComputed[slot]) return [];
			return [`${diff} = np.full((${shape.map((size) => `${size}, `).join("")}), ${pythonNumber(weight)})`];
		});
		const lines = writer.backward(code);
		if (lines.length === 0) return [];
		const checks = written.flatMap((source) =>
			`check(${quoted(diffOf(source))}, ${diffOf(source)}, ${recorded(source, "plain")})`.split("\n"),
		);
		return [comment(`${layer.name} (${layer.type})`), ...start, ...lines, ...checks];
	}

	const computed = net.layers.filter((layer) => writerOf(layer) !== null);
	const helpers = [...new Set(computed.flatMap((layer) => writerOf(layer)?.helpers?.(layer) ?? []))];
	const lossPart = [
		comment(texts.loss),
		...lossLines(context, "np", false),
		...`check("loss", loss_total, ${passes.plain("loss_total", (pass) => [trace.passes[pass].dataLoss], [], indent)})`.split(
			"\n",
		),
	];
	const pass = [
		comment(texts.forward),
		...net.layers.flatMap(forward),
		"",
		...lossPart,
		"",
		comment(texts.backward),
		...net.layers.toReversed().flatMap(backward),
	];
	const solver = solverSection({ ...context, texts, library: "np", taken, begun });
	const last = [
		comment(texts.again),
		...againLines(context, writerOf, (layer) => codeOf(layer, true)),
		...lossLines(context, "np", true),
		`check("loss again", loss_total, ${pythonNumber(trace.again.dataLoss)})`,
	];
	const zeros = passes.loops
		? net.learnable.map(
				({ index }) => `${names.parameters[index].gradient} = np.zeros_like(${names.parameters[index].value})`,
			)
		: [];
	const body = passes.loops ? [...zeros, "for p in passes:", ...indented(pass, "    ")] : pass;
	const text = [
		...headLines(iteration, leftOut, [], texts),
		"import numpy as np",
		"from numpy import inf, nan  # noqa: F401",
		"",
		...CHECK,
		"",
		...helpers.flatMap((name) => ["", ...numpyHelpers[name], ""]),
		...(numbers.file === null ? [] : ["", comment(texts.numbersFile), 'numbers = np.load("numbers.npz")']),
		"",
		comment(texts.parameters),
		...parameterLines(context, "np"),
		"",
		...passes.table(),
		...body,
		"",
		...solver,
		"",
		...last,
		"",
		`print(f${quoted(texts.done("{checked}", "{loss_total}"))})`,
		"",
	].join("\n");
	return {
		text,
		numbers: numbers.file,
		leftOut: leftOut.map(({ name, type }) => ({ layer: name, type })),
	};
}
