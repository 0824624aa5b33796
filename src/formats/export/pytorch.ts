import type { NetLayer } from "../../engine/net.ts";
import type { LayerTrace } from "../../engine/trace.ts";
import { gradientsOf, inScript, isGiven, layersLeftOut, writerOf, writeScript } from "./python/frame.ts";
import { type Inexactness, isInPlace, type Lines, type Recorded, someValue } from "./python/layer-code.ts";
import { pytorch, torchHelperLines } from "./python/library.ts";
import { torchTensor } from "./python/literals.ts";
import {
	assigned,
	type CodeContext,
	checked,
	codeContext,
	lastInPlace,
	layerCode,
	placeOf,
	recordedTop,
	writesBottom,
} from "./python/net-code.ts";
import type { CodeTexts, Iteration, Script } from "./python/script.ts";

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

/** Whether in-place layers have left behind a slope that is not the one of the numbers that forward took. */
function readsOverwritten({ iteration }: CodeContext, layer: NetLayer, layers: readonly LayerTrace[]): boolean {
	if (isInPlace(layer) && layer.definition.wrongInPlace) return true;
	const writer = writerOf(layer);
	const reads = layer.definition.backwardReads(layer.run.settings);
	const readsTop = reads === "top" || reads === "both";
	const readsBottom = isInPlace(layer) && (reads === "bottom" || reads === "both");
	if (!readsTop && !readsBottom) return false;
	const [own] = layers[layer.index].tops;
	const last = lastInPlace(iteration, { layer: layer.index, slot: 0 });
	const left = layers[last.layer].tops[last.slot].data;
	if (writer?.slopeDiffers === undefined) return someValue(own.data, (value, at) => value !== left[at]);
	const [source] = layer.sources;
	const x = layers[source.layer].tops[source.slot].data;
	return someValue(own.data, (y, at) => {
		const back = { x: isInPlace(layer) ? left[at] : x[at], y: left[at] };
		return own.diff?.[at] !== 0 && writer.slopeDiffers?.({ x: x[at], y }, back) === true;
	});
}

interface InexactLayer {
	readonly layer: NetLayer;
	readonly reason: Inexactness;
}

/** Layers that run backward where Caffe's gradient is not the derivative, in any of the passes. */
function inexactLayers(context: CodeContext): readonly InexactLayer[] {
	const { net, trace } = context.iteration;
	return net.layers.flatMap((layer): readonly InexactLayer[] => {
		const writer = writerOf(layer);
		if (!layer.needsBackward || writer === null || layer.automatic) return [];
		for (const { layers } of trace.passes) {
			const { tops, internals } = layers[layer.index];
			const recorded: Recorded = {
				x: layer.sources.map((source) => layers[source.layer].tops[source.slot].data),
				y: tops.map(({ data }) => data),
				internals,
			};
			if (readsOverwritten(context, layer, layers)) return [{ layer, reason: "inPlace" }];
			const reason = writer.inexact?.(layer, recorded) ?? null;
			if (reason !== null) return [{ layer, reason }];
		}
		return [];
	});
}

/** Parameters whose gradient Caffe writes over what others have added to it, and the layers that do so. */
function overwritten({ iteration: { net, trace } }: CodeContext) {
	return net.layers.flatMap((layer) => {
		const slots = layer.needsBackward ? (writerOf(layer)?.overwrites?.(layer) ?? []) : [];
		return slots.flatMap((slot) => {
			const { learnable } = layer.parameters[slot];
			const isAlone = trace.passes.length === 1 && net.learnable[learnable].users.length === 1;
			return isAlone || !layer.run.parameterNeedsDiff[slot] ? [] : [{ layer, learnable }];
		});
	});
}

/**
 * PyTorch code that computes one iteration anew in float64: gradients from autograd, Caffe's update written out. Numbers
 * are compared with the recorded ones at 1e-9. A layer whose gradient in Caffe is not the derivative is cut off from
 * autograd, which goes on with the diffs that were recorded there.
 */
export function pytorchScript(
	iteration: Iteration,
	texts: CodeTexts,
): Script & { readonly inexact: Script["leftOut"] } {
	const { net } = iteration;
	const context = codeContext(iteration, pytorch, torchTensor);
	const { names } = context;
	const leftOut = layersLeftOut(context);
	const inexact = inexactLayers(context);
	const lost = overwritten(context);
	const cutOff = new Set([...leftOut, ...inexact.map(({ layer }) => layer)]);
	const taken = gradientsOf([...cutOff]);
	for (const { learnable } of lost) taken.add(learnable);
	/** Tops whose diff is what was recorded, so that comparing it would say nothing. */
	const handedBack = new Set(
		[...cutOff].flatMap((layer) =>
			layer.sources.filter((_, bottom) => writesBottom(iteration, layer, bottom)).map(placeOf),
		),
	);

	/** What a layer moves itself has none. */
	const hasGradient = (layer: NetLayer, slot: number) =>
		layer.needsBackward &&
		layer.run.parameterNeedsDiff[slot] &&
		!net.learnable[layer.parameters[slot].learnable].movedByLayer;

	/** What Caffe does not go back through is cut off for autograd too. */
	function codeOf(layer: NetLayer, again: boolean) {
		const code = layerCode(context, layer, again, () => null);
		if (again) return code;
		return {
			...code,
			x: code.x.map((name, bottom) => {
				const from = net.layers[layer.sources[bottom].layer];
				const isCut =
					cutOff.has(layer) ||
					!writesBottom(iteration, layer, bottom) ||
					(from.automatic && !writesBottom(iteration, from, 0));
				return isCut && !(isGiven(from) && !cutOff.has(layer)) ? pytorch.constant(name) : name;
			}),
			w: code.w.map((name, slot) => (hasGradient(layer, slot) && !cutOff.has(layer) ? name : pytorch.constant(name))),
		};
	}

	/** Keeps the diffs of tops, and gives autograd what a layer that is cut off hands back. */
	function afterForward(layer: NetLayer): Lines {
		const watched = names.tops[layer.index].flatMap(({ value }, slot) =>
			layer.diffComputed[slot] && layer.lossWeights[slot] === 0 ? [`${value} = watched(${value})`] : [],
		);
		if (!cutOff.has(layer)) return watched;
		const surrogates = layer.sources.flatMap((source, bottom) => {
			if (!writesBottom(iteration, layer, bottom)) return [];
			const diff = recordedTop(context, source, "diff", "array");
			return assigned("surrogate", `surrogate + torch.sum(${names.tops[source.layer][source.slot].value} * ${diff})`);
		});
		return [...watched, ...surrogates];
	}

	function diffLines(layer: NetLayer): Lines {
		if (layer.automatic) return [];
		return names.tops[layer.index].flatMap(({ value, diff }, slot) => {
			const at = { layer: layer.index, slot };
			if (!layer.diffComputed[slot] || layer.lossWeights[slot] !== 0 || handedBack.has(placeOf(at))) return [];
			return checked(diff, `gradient(${value})`, recordedTop(context, at, "diff", "plain"));
		});
	}

	const script = writeScript(context, texts, {
		imports: [
			"import torch",
			"import torch.nn.functional as F  # noqa: F401",
			"from math import inf, nan  # noqa: F401",
		],
		check: CHECK,
		helpers: torchHelperLines(net.layers.flatMap((layer) => writerOf(layer)?.torchHelpers?.(layer) ?? [])),
		load: [
			"import numpy as np  # noqa: E402",
			'numbers = {key: torch.from_numpy(value) for key, value in np.load("numbers.npz").items()}',
		],
		codeOf,
		afterForward,
		begin: names.parameters.map(({ value }) => `${value}.requires_grad_(True)`),
		beginPass: ["surrogate = torch.zeros((), dtype=torch.float64, requires_grad=True)"],
		backward: ["(loss_total + surrogate).backward()", ...net.layers.toReversed().flatMap(diffLines)],
		end: names.parameters.map(({ value, gradient }) => `${gradient} = gradient(${value})`),
		taken,
		begun: new Set(net.learnable.map(({ index }) => index)),
		around: "with torch.no_grad():",
		inexact: [
			...inexact.map(({ layer, reason }) => ({ layer, reason: texts.reasons[reason] })),
			...lost.map(({ layer }) => ({ layer, reason: texts.reasons.overwrites })),
		],
		lossText: "{loss_total.item()}",
	});
	return {
		...script,
		inexact: inScript([...new Set([...inexact, ...lost].map(({ layer }) => layer))]),
	};
}
