import type { NetLayer, TopAddress } from "../../../engine/net.ts";
import { sameShape } from "../../../engine/shape.ts";
import { type LayerCode, reshaped, shapeOf } from "./layer-code.ts";
import type { Library } from "./library.ts";
import { type ArrayWriter, type Numbers, pythonNumber } from "./literals.ts";
import { quoted } from "./names.ts";
import {
	createScriptNumbers,
	type Iteration,
	type PassNumbers,
	passNumbers,
	recordedInternal,
	type ScriptNames,
	scriptNames,
} from "./script.ts";

/** Everything that a script is written from. */
export interface CodeContext {
	readonly iteration: Iteration;
	readonly library: Library;
	readonly names: ScriptNames;
	readonly numbers: Numbers;
	readonly passes: PassNumbers;
	readonly indent: string;
	/** Tops whose diff some layer writes, as `layer slot`. */
	readonly written: ReadonlySet<string>;
}

export const placeOf = ({ layer, slot }: TopAddress): string => `${layer} ${slot}`;

/** Whether a layer writes the diff of one of its bottoms in this net. */
export function writesBottom({ net }: Iteration, layer: NetLayer, bottom: number): boolean {
	const { definition, run, sources } = layer;
	const source = sources[bottom];
	return (
		layer.needsBackward &&
		net.layers[source.layer].diffComputed[source.slot] &&
		(run.bottomNeedsDiff[bottom] || definition.eagerBottoms.includes(bottom)) &&
		!definition.labelBottoms.includes(bottom) &&
		!definition.bottomsWithoutDiff(run.settings, sources.length).includes(bottom)
	);
}

/** The context of a script in one library. */
export function codeContext(iteration: Iteration, library: Library, write: ArrayWriter): CodeContext {
	const { net, trace } = iteration;
	const numbers = createScriptNumbers(iteration, write);
	const passes = passNumbers(numbers, trace.passes.length);
	const written = net.layers.flatMap((layer) =>
		layer.sources.filter((_, bottom) => writesBottom(iteration, layer, bottom)).map(placeOf),
	);
	return {
		iteration,
		library,
		names: scriptNames(iteration),
		numbers,
		passes,
		indent: passes.loops ? "    " : "",
		written: new Set(written),
	};
}

/** The last top that stands in the memory of a top: that of the last layer in place. */
export function lastInPlace({ net }: Iteration, { layer, slot }: TopAddress): TopAddress {
	const blob = net.layers[layer].run.tops[slot];
	return net.layers
		.flatMap(({ index, run }) => run.tops.map((top, k) => ({ top, layer: index, slot: k })))
		.filter(({ top, layer: later }) => top === blob && later >= layer)
		.reduce<TopAddress>((_, { layer: last, slot: k }) => ({ layer: last, slot: k }), { layer, slot });
}

/** One layer of a pass, or of the closing forward, with the names of its values. */
export function layerCode(
	{ iteration, library, names, numbers, passes, indent, written }: CodeContext,
	layer: NetLayer,
	again: boolean,
	accumulate: LayerCode["accumulate"],
): LayerCode {
	const { net, trace } = iteration;
	const which = again ? "again" : "value";
	const nameAt = (address: TopAddress) => names.tops[address.layer][address.slot][which];
	const own = layer.run.tops.map((_, slot): TopAddress => ({ layer: layer.index, slot }));
	const ownerShape = (slot: number) => net.learnable[layer.parameters[slot].learnable].blob.shape;
	return {
		layer,
		library,
		x: layer.sources.map(nameAt),
		y: own.map(nameAt),
		xBack: layer.sources.map((source) => nameAt(lastInPlace(iteration, source))),
		yBack: own.map((address) => nameAt(lastInPlace(iteration, address))),
		dx: layer.sources.map((source, bottom) =>
			writesBottom(iteration, layer, bottom) ? names.tops[source.layer][source.slot].diff : null,
		),
		dy: own.map((address) => {
			const isWritten = written.has(placeOf(address)) || layer.lossWeights[address.slot] !== 0;
			return layer.automatic && !isWritten ? null : names.tops[layer.index][address.slot].diff;
		}),
		w: layer.parameters.map(({ learnable, blob }, slot) => {
			const { value, after } = names.parameters[learnable];
			return reshaped(again ? after : value, ownerShape(slot), blob.shape);
		}),
		own: (name) => names.own(layer, name),
		accumulate,
		move(slot, expression) {
			if (again) return null;
			const { learnable, blob } = layer.parameters[slot];
			const fits = sameShape(ownerShape(slot), blob.shape);
			const value = fits ? expression : `(${expression}).reshape(${shapeOf(ownerShape(slot))})`;
			return `${names.parameters[learnable].value} = ${value}`;
		},
		recorded(name) {
			const first = recordedInternal(layer, name, trace, again ? "again" : 0);
			if (first.shape.length === 0) {
				const isSame = trace.passes.every(
					(_, pass) => recordedInternal(layer, name, trace, pass).values[0] === first.values[0],
				);
				if (again || isSame) return pythonNumber(first.values[0]);
			}
			const key = names.own(layer, name);
			if (again) return numbers.array(`${key} again`, first.values, first.shape, indent);
			return passes.array(key, (pass) => recordedInternal(layer, name, trace, pass).values, first.shape, indent);
		},
	};
}

/** A layer's top or its diff as each pass recorded it. */
export function recordedTop(
	{ iteration, names, passes, indent }: CodeContext,
	{ layer, slot }: TopAddress,
	side: "data" | "diff",
	how: "array" | "plain",
): string {
	const { shape, count } = iteration.net.layers[layer].run.tops[slot];
	const of = (pass: number) => iteration.trace.passes[pass].layers[layer].tops[slot][side] ?? new Float64Array(count);
	return passes[how](names.tops[layer][slot][side === "data" ? "value" : "diff"], of, shape, indent);
}

/** A name set or compared, over as many lines as its numbers take. */
export const assigned = (name: string, value: string): readonly string[] => `${name} = ${value}`.split("\n");
export const checked = (label: string, found: string, recorded: string): readonly string[] =>
	`check(${quoted(label)}, ${found}, ${recorded})`.split("\n");
