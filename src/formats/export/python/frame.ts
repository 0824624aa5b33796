import type { NetLayer } from "../../../engine/net.ts";
import { startValues } from "../start-values.ts";
import type { LayerCode, LayerWriter, Lines } from "./layer-code.ts";
import { layerWriters } from "./layers/index.ts";
import { pythonNumber } from "./literals.ts";
import { comment, quoted } from "./names.ts";
import { assigned, type CodeContext, checked, recordedTop } from "./net-code.ts";
import { type CodeTexts, indented, type Script } from "./script.ts";
import { solverSection } from "./solver-section.ts";

/** What the NumPy and the PyTorch script have in common: everything but how diffs are found. */

export const isGiven = ({ definition }: NetLayer) => definition.picture === "given";

/** The writer of a layer, where there is one. */
export const writerOf = ({ type }: NetLayer): LayerWriter | null => layerWriters[type] ?? null;

/** Layers that a script does not compute. */
export const layersLeftOut = ({ iteration: { net } }: CodeContext): readonly NetLayer[] =>
	net.layers.filter((layer) => !isGiven(layer) && writerOf(layer) === null);

export const inScript = (layers: readonly NetLayer[]): Script["leftOut"] =>
	layers.map(({ name, type }) => ({ layer: name, type }));

/** Learnable parameters whose gradient these layers have a share in. */
export function gradientsOf(layers: readonly NetLayer[]): Set<number> {
	return new Set(
		layers.flatMap(({ needsBackward, parameters, run }) =>
			needsBackward
				? parameters.flatMap(({ learnable }, slot) => (run.parameterNeedsDiff[slot] ? [learnable] : []))
				: [],
		),
	);
}

const plainWords = (text: string) => text.replaceAll(/["\\\s]+/g, " ");

export interface Reason {
	readonly layer: NetLayer;
	readonly reason: string;
}

/** What a script is and what it does not do, in the words of its first lines: nothing in a name may end them. */
function headLines(context: CodeContext, inexact: readonly Reason[], texts: CodeTexts): Lines {
	const { iteration } = context;
	const leftOut = layersLeftOut(context);
	const entry = ({ name, type }: NetLayer) => plainWords(`- ${name} (${type})`);
	return [
		'"""',
		...texts.head(plainWords(iteration.title), iteration.trace.iteration).split("\n"),
		texts.caffeHead,
		...(leftOut.length === 0 ? [] : ["", texts.leftOut, ...leftOut.map(entry)]),
		...(inexact.length === 0
			? []
			: ["", texts.inexact, ...inexact.map(({ layer, reason }) => `${entry(layer)}: ${reason}`)]),
		'"""',
	];
}

/** Parameters and histories as the iteration found them. */
function parameterLines({ iteration, names, numbers, library }: CodeContext): Lines {
	const { net, trace } = iteration;
	return net.learnable.flatMap(({ index, blob, layer, lrMult, decayMult }) => {
		const own = names.parameters[index];
		const { historyBefore } = trace.parameters[index];
		const start = startValues(net, trace, index);
		return [
			comment(`${layer}: lr_mult ${lrMult}, decay_mult ${decayMult}`),
			...assigned(own.value, numbers.array(own.value, start, blob.shape)),
			...own.history.flatMap((name, k) => {
				const isZero = historyBefore[k].every((value) => value === 0);
				const zeros = `${library.name}.zeros_like(${own.value})`;
				return assigned(name, isZero ? zeros : numbers.array(name, historyBefore[k], blob.shape));
			}),
		];
	});
}

/** The net's loss: its loss tops, each with its weight. */
function lossLines({ iteration: { net }, names, library }: CodeContext, again: boolean): Lines {
	const terms = net.layers.flatMap((layer) =>
		layer.lossWeights.flatMap((weight, slot) => {
			if (weight === 0) return [];
			const sum = `${library.name}.sum(${names.tops[layer.index][slot][again ? "again" : "value"]})`;
			return [weight === 1 ? sum : `${pythonNumber(weight)} * ${sum}`];
		}),
	);
	const zero = library.name === "np" ? "0.0" : "torch.zeros((), dtype=torch.float64)";
	return [`loss_total = ${terms.length === 0 ? zero : terms.join(" + ")}`];
}

/** A layer's forward in the script's library. */
const forwardLines = (writer: LayerWriter, code: LayerCode): Lines =>
	code.library.name === "torch" && writer.torchForward !== undefined ? writer.torchForward(code) : writer.forward(code);

/** The closing forward pass, with the new parameters. */
function againLines(context: CodeContext, codeOf: (layer: NetLayer) => LayerCode): Lines {
	const { iteration, names, numbers } = context;
	return iteration.net.layers.flatMap((layer): Lines => {
		const tops = names.tops[layer.index];
		if (isGiven(layer)) return tops.map(({ value, again }) => `${again} = ${value}`);
		if (layer.automatic) return [];
		const writer = writerOf(layer);
		if (writer !== null) return forwardLines(writer, codeOf(layer));
		return tops.flatMap(({ again }, slot) => {
			const { data } = iteration.trace.again.layers[layer.index].tops[slot];
			return assigned(again, numbers.array(again, data, layer.run.tops[slot].shape));
		});
	});
}

/** What a library's script does its own way. */
export interface Dialect {
	/** Import lines, `inf` and `nan` among the names. */
	readonly imports: Lines;
	/** Defines `check`, which compares with recorded numbers and counts them. */
	readonly check: Lines;
	readonly helpers: Lines;
	/** Loads `numbers` from the file beside the script. */
	readonly load: Lines;
	codeOf(layer: NetLayer, again: boolean): LayerCode;
	/** After a layer's forward, or after its tops were taken as recorded. */
	afterForward(layer: NetLayer, isTaken: boolean): Lines;
	/** Before the passes; before each. */
	readonly begin: Lines;
	readonly beginPass: Lines;
	/** From the loss to the diffs, compared. */
	readonly backward: Lines;
	/** After the passes. */
	readonly end: Lines;
	/** Gradients that are taken as recorded, and those that the passes have made. */
	readonly taken: ReadonlySet<number>;
	readonly begun: ReadonlySet<number>;
	/** Around everything after the passes. */
	readonly around: string | null;
	readonly inexact: readonly Reason[];
	/** The closing loss in an f-string. */
	readonly lossText: string;
}

/** What a layer hands on: computed and compared, or taken as recorded. */
function layerForward(context: CodeContext, texts: CodeTexts, dialect: Dialect, layer: NetLayer): Lines {
	const tops = context.names.tops[layer.index];
	const at = (slot: number) => ({ layer: layer.index, slot });
	const writer = writerOf(layer);
	if (layer.automatic) return [];
	const head = comment(`${layer.name} (${layer.type})`);
	if (isGiven(layer) || writer === null) {
		return [
			head,
			...(isGiven(layer) ? [] : [comment(texts.leftOutLayer)]),
			...tops.flatMap(({ value }, slot) => assigned(value, recordedTop(context, at(slot), "data", "array"))),
			...dialect.afterForward(layer, !isGiven(layer)),
		];
	}
	const lines = forwardLines(writer, dialect.codeOf(layer, false)).flatMap((line) => line.split("\n"));
	const checks = tops.flatMap(({ value }, slot) =>
		checked(value, value, recordedTop(context, at(slot), "data", "plain")),
	);
	return [head, ...lines, ...dialect.afterForward(layer, false), ...checks];
}

/** The whole script: opening, parameters, the passes, the solver, the closing forward. */
export function writeScript(context: CodeContext, texts: CodeTexts, dialect: Dialect): Script {
	const { iteration, numbers, passes, indent } = context;
	const { net, trace } = iteration;
	const loss = passes.plain("loss_total", (pass) => [trace.passes[pass].dataLoss], [], indent);
	const pass = [
		comment(texts.forward),
		...dialect.beginPass,
		...net.layers.flatMap((layer) => layerForward(context, texts, dialect, layer)),
		"",
		comment(texts.loss),
		...lossLines(context, false),
		...checked("loss", "loss_total", loss),
		"",
		comment(texts.backward),
		...dialect.backward,
	];
	const rest = [
		...solverSection(context, texts, dialect.taken, dialect.begun),
		"",
		comment(texts.again),
		...againLines(context, (layer) => dialect.codeOf(layer, true)),
		...lossLines(context, true),
		...checked("loss again", "loss_total", pythonNumber(trace.again.dataLoss)),
	];
	const parameters = parameterLines(context);
	const text = [
		...headLines(context, dialect.inexact, texts),
		...dialect.imports,
		"",
		...dialect.check,
		"",
		...dialect.helpers,
		...(numbers.file === null ? [] : ["", comment(texts.numbersFile), ...dialect.load]),
		"",
		comment(texts.parameters),
		...parameters,
		...dialect.begin,
		"",
		...passes.table(),
		...(passes.loops ? ["for p in passes:", ...indented(pass, "    ")] : pass),
		"",
		...dialect.end,
		...(dialect.around === null ? rest : [dialect.around, ...indented(rest, "    ")]),
		"",
		`print(f${quoted(texts.done("{checked}", dialect.lossText))})`,
		"",
	].join("\n");
	return { text, numbers: numbers.file, leftOut: inScript(layersLeftOut(context)) };
}
