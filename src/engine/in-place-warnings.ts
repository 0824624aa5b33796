import type { Net, NetLayer } from "./net.ts";

/** An in-place layer with which Caffe itself, and so this engine, computes a wrong gradient. */
export interface InPlaceWarning {
	readonly layer: string;
	/** `own`: its backward reads what it has overwritten. `producer`: the layer before reads what it has overwritten. */
	readonly reason: "own" | "producer";
	/** Whose diff is wrong. */
	readonly reader: string;
	readonly line?: number;
}

const isInPlace = ({ bottomNames, topNames }: NetLayer) => topNames.length > 0 && bottomNames[0] === topNames[0];

/** Whether a layer's backward goes wrong once its output is overwritten. */
function needsItsOutput(layer: NetLayer): boolean {
	const { definition, run } = layer;
	if (!layer.needsBackward) return false;
	const reads = definition.backwardReads(run.settings);
	if (reads === "top" || reads === "both") return true;
	return isInPlace(layer) && reads === "bottom" && !definition.wrongInPlace;
}

/** The in-place layers of a net that make a gradient wrong. Source: caffe-semantics, 2.4, "Why wrong in place". */
export function inPlaceWarnings(net: Net): readonly InPlaceWarning[] {
	return net.layers.filter(isInPlace).flatMap((layer): InPlaceWarning[] => {
		const line = net.specification.layers.find(({ name }) => name === layer.name)?.line;
		const at = line === undefined ? {} : { line };
		const producer = net.layers[layer.sources[0].layer];
		return [
			...(layer.definition.wrongInPlace && layer.needsBackward
				? [{ layer: layer.name, reason: "own" as const, reader: layer.name, ...at }]
				: []),
			...(needsItsOutput(producer)
				? [{ layer: layer.name, reason: "producer" as const, reader: producer.name, ...at }]
				: []),
		];
	});
}
