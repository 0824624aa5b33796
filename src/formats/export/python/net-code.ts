import type { NetLayer } from "../../../engine/net.ts";
import { type LayerCode, reshaped } from "./layer-code.ts";
import { type Numbers, pythonNumber } from "./literals.ts";
import { type Iteration, type PassNumbers, recordedInternal, type ScriptNames } from "./script.ts";

/** Whether a layer writes the diff of one of its bottoms in this net. */
export function writesBottom({ net }: Iteration, layer: NetLayer, bottom: number): boolean {
	const { definition, run, sources } = layer;
	const source = sources[bottom];
	return (
		layer.needsBackward &&
		net.layers[source.layer].diffComputed[source.slot] &&
		(run.bottomNeedsDiff[bottom] || definition.eagerBottoms.includes(bottom)) &&
		!definition.bottomsWithoutDiff(run.settings, sources.length).includes(bottom)
	);
}

/** A layer's parameter as that layer sees it: shared ones may have another shape there. */
export function parameterUse({ net }: Iteration, layer: NetLayer, slot: number, name: string): string {
	const { learnable, blob } = layer.parameters[slot];
	return reshaped(name, net.learnable[learnable].blob.shape, blob.shape);
}

export interface CodeContext {
	readonly iteration: Iteration;
	readonly names: ScriptNames;
	readonly numbers: Numbers;
	readonly passes: PassNumbers;
	readonly indent: string;
}

/** One layer of a pass, or of the closing forward, with the names of its values. */
export function layerCode(
	{ iteration, names, numbers, passes, indent }: CodeContext,
	layer: NetLayer,
	again: boolean,
	accumulate: LayerCode["accumulate"],
): LayerCode {
	const { trace } = iteration;
	const which = again ? "again" : "value";
	const x = layer.sources.map((source) => names.tops[source.layer][source.slot][which]);
	const y = names.tops[layer.index].map((top) => top[which]);
	const isInPlace = layer.bottomNames.some((bottom, slot) => bottom === layer.topNames[slot]);
	return {
		layer,
		x,
		y,
		xBack: isInPlace ? y : x,
		dx: layer.sources.map((source, bottom) =>
			writesBottom(iteration, layer, bottom) ? names.tops[source.layer][source.slot].diff : null,
		),
		dy: names.tops[layer.index].map((top, slot) => (layer.automatic && !layer.diffComputed[slot] ? null : top.diff)),
		w: layer.parameters.map(({ learnable }, slot) => {
			const own = names.parameters[learnable];
			return parameterUse(iteration, layer, slot, again ? own.after : own.value);
		}),
		accumulate,
		recorded(name) {
			const first = recordedInternal(layer, name, trace, again ? "again" : 0);
			if (first.shape.length === 0) {
				const isSame = trace.passes.every(
					(_, pass) => recordedInternal(layer, name, trace, pass).values[0] === first.values[0],
				);
				if (again || isSame) return pythonNumber(first.values[0]);
			}
			const key = `${layer.name} ${name}`;
			if (again) return numbers.array(`${key} again`, first.values, first.shape, indent);
			return passes.array(key, (pass) => recordedInternal(layer, name, trace, pass).values, first.shape, indent);
		},
	};
}
