import type { NetLayer, TopAddress } from "../../engine/net.ts";
import {
	againLines,
	assigned,
	checked,
	headLines,
	isGiven,
	lossLines,
	parameterLines,
	recordedTop,
	takenGradients,
	writerIn,
} from "./python/frame.ts";
import { pythonNumber, torchTensor } from "./python/literals.ts";
import { comment, quoted } from "./python/names.ts";
import { type CodeContext, layerCode, writesBottom } from "./python/net-code.ts";
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
import { type Inexactness, torchWriters } from "./python/torch-layers.ts";

const CHECK = [
	"checked = 0",
	"",
	"",
	"def check(name, found, recorded):",
	"    global checked",
	"    found = torch.as_tensor(found, dtype=torch.float64).detach()",
	"    recorded = torch.as_tensor(recorded, dtype=torch.float64).reshape(found.shape)",
	"    finite = recorded[torch.isfinite(recorded)].abs()",
	"    size = max(finite.max().item() if finite.numel() else 0.0, 1e-6)",
	"    near = (found - recorded).abs() <= 1e-9 * size",
	"    same = near | (found == recorded) | (torch.isnan(found) & torch.isnan(recorded))",
	'    assert bool(same.all()), f"{name}: {found[~same]} instead of {recorded[~same]}"',
	"    checked += found.numel()",
	"",
	"",
	"def watched(x):",
	"    x = x if x.requires_grad else x.requires_grad_(True)",
	"    x.retain_grad()",
	"    return x",
	"",
	"",
	"def gradient(x):",
	"    return torch.zeros_like(x) if x.grad is None else x.grad",
];

const writerOf = (layer: NetLayer) => writerIn(torchWriters, layer);

interface InexactLayer {
	readonly layer: NetLayer;
	readonly reason: Inexactness;
}

/** Layers that run backward where Caffe's gradient is not the derivative, in any of the passes. */
function inexactLayers({ net, trace }: Iteration): readonly InexactLayer[] {
	return net.layers.flatMap((layer): readonly InexactLayer[] => {
		if (!layer.needsBackward) return [];
		const writer = writerOf(layer);
		for (const { layers } of trace.passes) {
			const x = layer.sources.map((source) => layers[source.layer].tops[source.slot].data);
			const reason = writer?.inexact?.(layer, { x, internals: layers[layer.index].internals }) ?? null;
			if (reason !== null) return [{ layer, reason }];
		}
		return [];
	});
}

/** Diffs and gradients that an inexact layer has a part in: everything on the way back from it. */
function reached(iteration: Iteration, inexact: readonly InexactLayer[]) {
	const diffs = new Set<string>();
	const parameters = new Set<number>();
	const starts = new Set(inexact.map(({ layer }) => layer.index));
	for (const layer of iteration.net.layers.toReversed()) {
		const isReached = starts.has(layer.index) || layer.run.tops.some((_, slot) => diffs.has(`${layer.index} ${slot}`));
		// A layer left out takes what it hands back from the record.
		if (!isReached || !layer.needsBackward || (writerOf(layer) === null && !isGiven(layer))) continue;
		layer.sources.forEach((source, bottom) => {
			if (writesBottom(iteration, layer, bottom)) diffs.add(`${source.layer} ${source.slot}`);
		});
		layer.parameters.forEach(({ learnable }, slot) => {
			if (layer.run.parameterNeedsDiff[slot]) parameters.add(learnable);
		});
	}
	return { diffs, parameters };
}

/**
 * PyTorch code that computes one iteration anew in float64: gradients from autograd, Caffe's update written out. Numbers
 * are compared with the recorded ones at 1e-9, but where Caffe's gradient is not the derivative.
 */
export function pytorchScript(
	iteration: Iteration,
	texts: CodeTexts,
): Script & { readonly inexact: Script["leftOut"] } {
	const { net, trace } = iteration;
	const names = scriptNames(iteration);
	const numbers = createScriptNumbers(iteration, torchTensor);
	const passes = passNumbers(numbers, trace.passes.length);
	const indent = passes.loops ? "    " : "";
	const context: CodeContext = { iteration, names, numbers, passes, indent };
	const leftOut = net.layers.filter((layer) => !isGiven(layer) && writerOf(layer) === null);
	const inexact = inexactLayers(iteration);
	const beyond = reached(iteration, inexact);
	const taken = takenGradients(leftOut);
	for (const learnable of beyond.parameters) taken.add(learnable);
	const nameOf = ({ layer, slot }: TopAddress) => names.tops[layer][slot];

	/** What Caffe does not go back through is cut off for autograd too. */
	function codeOf(layer: NetLayer, again: boolean) {
		const code = layerCode(context, layer, again, () => null);
		return {
			...code,
			x: code.x.map((name, bottom) => {
				const source = layer.sources[bottom];
				const from = net.layers[source.layer];
				const cut = !writesBottom(iteration, layer, bottom) || (from.automatic && !writesBottom(iteration, from, 0));
				return cut && !again && !isGiven(from) ? `${name}.detach()` : name;
			}),
			w: code.w.map((name, slot) =>
				!again && !(layer.needsBackward && layer.run.parameterNeedsDiff[slot]) ? `${name}.detach()` : name,
			),
		};
	}

	function watch(layer: NetLayer): readonly string[] {
		if (layer.automatic) return [];
		return names.tops[layer.index].flatMap(({ value }, slot) =>
			layer.diffComputed[slot] && layer.lossWeights[slot] === 0 ? [`${value} = watched(${value})`] : [],
		);
	}

	function forward(layer: NetLayer): readonly string[] {
		if (layer.automatic) return [];
		const writer = writerOf(layer);
		const tops = names.tops[layer.index];
		const head = comment(`${layer.name} (${layer.type})`);
		if (isGiven(layer) || writer === null) {
			return [
				head,
				...(isGiven(layer) ? [] : [comment(texts.leftOutLayer)]),
				...tops.flatMap(({ value }, slot) => assigned(value, recordedTop(context, layer, slot, "data", "array"))),
				...watch(layer),
				// Autograd is given what the layer hands back.
				...layer.sources.flatMap((source, bottom) =>
					writesBottom(iteration, layer, bottom)
						? assigned(
								"surrogate",
								`surrogate + torch.sum(${nameOf(source).value} * ${recordedTop(context, net.layers[source.layer], source.slot, "diff", "array")})`,
							)
						: [],
				),
			];
		}
		const checks = tops.flatMap(({ value }, slot) =>
			checked(value, value, recordedTop(context, layer, slot, "data", "plain")),
		);
		return [head, ...writer.forward(codeOf(layer, false)), ...watch(layer), ...checks];
	}

	function diffLines(layer: NetLayer): readonly string[] {
		if (layer.automatic) return [];
		return names.tops[layer.index].flatMap(({ value, diff }, slot) => {
			if (!layer.diffComputed[slot] || layer.lossWeights[slot] !== 0) return [];
			if (beyond.diffs.has(`${layer.index} ${slot}`)) return [];
			return checked(diff, `gradient(${value})`, recordedTop(context, layer, slot, "diff", "plain"));
		});
	}

	const lossRecorded = passes.plain("loss_total", (pass) => [trace.passes[pass].dataLoss], [], indent);
	const pass = [
		comment(texts.forward),
		"surrogate = torch.zeros((), dtype=torch.float64, requires_grad=True)",
		...net.layers.flatMap(forward),
		"",
		comment(texts.loss),
		...lossLines(context, "torch", false),
		...checked("loss", "loss_total", lossRecorded),
		"",
		comment(texts.backward),
		"(loss_total + surrogate).backward()",
		...net.layers.toReversed().flatMap(diffLines),
	];
	const gradients = net.learnable.map(({ index }) => {
		const { value, gradient } = names.parameters[index];
		return `${gradient} = gradient(${value})`;
	});
	const parameters = parameterLines(context, "torch");
	const watched = net.learnable.map(({ index }) => `${names.parameters[index].value}.requires_grad_(True)`);
	const rest = [
		...solverSection({
			...context,
			texts,
			library: "torch",
			taken,
			begun: new Set(net.learnable.map(({ index }) => index)),
		}),
		"",
		comment(texts.again),
		...againLines(context, writerOf, (layer) => codeOf(layer, true)),
		...lossLines(context, "torch", true),
		...checked("loss again", "loss_total", pythonNumber(trace.again.dataLoss)),
	];
	const reasons = inexact.map(({ layer, reason }) => ({ layer, reason: texts.reasons[reason] }));
	const body = passes.loops ? ["for p in passes:", ...indented(pass, "    ")] : pass;
	const text = [
		...headLines(iteration, leftOut, reasons, texts),
		"import torch",
		"import torch.nn.functional as F  # noqa: F401",
		"from math import inf, nan  # noqa: F401",
		"",
		...CHECK,
		"",
		...(numbers.file === null
			? []
			: [
					"",
					comment(texts.numbersFile),
					"import numpy as np  # noqa: E402",
					'numbers = {key: torch.from_numpy(value) for key, value in np.load("numbers.npz").items()}',
				]),
		"",
		comment(texts.parameters),
		...parameters,
		...watched,
		"",
		...passes.table(),
		...body,
		"",
		...gradients,
		"with torch.no_grad():",
		...indented(rest, "    "),
		"",
		`print(f${quoted(texts.done("{checked}", "{loss_total.item()}"))})`,
		"",
	].join("\n");
	return {
		text,
		numbers: numbers.file,
		leftOut: leftOut.map(({ name, type }) => ({ layer: name, type })),
		inexact: inexact.map(({ layer }) => ({ layer: layer.name, type: layer.type })),
	};
}
