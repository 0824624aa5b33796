import type { NetLayer } from "../../engine/net.ts";
import { gradientsOf, layersLeftOut, writerOf, writeScript } from "./python/frame.ts";
import type { Lines } from "./python/layer-code.ts";
import { numpy, numpyHelperLines } from "./python/library.ts";
import { numpyArray, pythonNumber } from "./python/literals.ts";
import { comment } from "./python/names.ts";
import { assigned, checked, codeContext, layerCode, placeOf, recordedTop } from "./python/net-code.ts";
import type { CodeTexts, Iteration, Script } from "./python/script.ts";

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

/**
 * NumPy code that computes one iteration anew, layer by layer, forward and back, and the solver's update, and compares
 * each number with the recorded one at 1e-9.
 */
export function numpyScript(iteration: Iteration, texts: CodeTexts): Script {
	const { net } = iteration;
	const context = codeContext(iteration, numpy, numpyArray);
	const { names, passes } = context;
	const taken = gradientsOf(layersLeftOut(context));
	const begun = new Set<number>();

	function codeOf(layer: NetLayer, again: boolean) {
		const overwritten = writerOf(layer)?.overwrites?.(layer) ?? [];
		return layerCode(context, layer, again, (slot, expression) => {
			const { learnable, blob } = layer.parameters[slot];
			if (!layer.run.parameterNeedsDiff[slot] || taken.has(learnable)) return null;
			const { gradient } = names.parameters[learnable];
			const { shape } = net.learnable[learnable].blob;
			const sameForm = shape.join() === blob.shape.join();
			const value = sameForm ? expression : `(${expression}).reshape(${names.parameters[learnable].value}.shape)`;
			const isFirst = !passes.loops && !begun.has(learnable);
			begun.add(learnable);
			return isFirst || overwritten.includes(slot) ? `${gradient} = ${value}` : `${gradient} = ${gradient} + ${value}`;
		});
	}

	/** Diffs that nothing above has written: a loss weight, or Caffe's buffer as it was made. */
	function startLines(layer: NetLayer): Lines {
		if (layer.definition.isLoss) return [];
		return names.tops[layer.index].flatMap(({ diff }, slot) => {
			const weight = layer.lossWeights[slot];
			const isWritten = context.written.has(placeOf({ layer: layer.index, slot }));
			if (weight === 0 && (isWritten || layer.automatic)) return [];
			const { shape } = layer.run.tops[slot];
			return [`${diff} = np.full((${shape.map((size) => `${size}, `).join("")}), ${pythonNumber(weight)})`];
		});
	}

	function backwardLines(layer: NetLayer): Lines {
		if (!layer.needsBackward || layer.definition.isFed) return [];
		const writer = writerOf(layer);
		const code = codeOf(layer, false);
		const written = layer.sources.filter((_, bottom) => code.dx[bottom] !== null);
		const diffOf = ({ layer: at, slot }: (typeof written)[number]) => names.tops[at][slot].diff;
		if (writer === null) {
			return written.flatMap((source) => assigned(diffOf(source), recordedTop(context, source, "diff", "array")));
		}
		const lines = writer.backward(code);
		if (lines.length === 0) return [];
		const checks = written.flatMap((source) =>
			checked(diffOf(source), diffOf(source), recordedTop(context, source, "diff", "plain")),
		);
		return [comment(`${layer.name} (${layer.type})`), ...startLines(layer), ...lines, ...checks];
	}

	return writeScript(context, texts, {
		imports: ["import numpy as np", "from numpy import inf, nan  # noqa: F401"],
		check: CHECK,
		helpers: numpyHelperLines(net.layers.flatMap((layer) => writerOf(layer)?.helpers ?? [])),
		load: ['numbers = np.load("numbers.npz")'],
		codeOf,
		afterForward: () => [],
		begin: passes.loops ? names.parameters.map(({ gradient, value }) => `${gradient} = np.zeros_like(${value})`) : [],
		beginPass: [],
		backward: net.layers.toReversed().flatMap(backwardLines),
		end: [],
		taken,
		begun,
		around: null,
		inexact: [],
		lossText: "{loss_total}",
	});
}
