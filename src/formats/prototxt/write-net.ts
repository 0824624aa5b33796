import { layerDefinition } from "../../engine/layers/index.ts";
import { isList, isMessage, type PlainSettings, type PlainValue, type Schema } from "../../engine/settings.ts";
import type {
	LayerSpecification,
	NetSpecification,
	ParameterSpecification,
	StateRule,
} from "../../engine/specification.ts";
import { last, messageOf, textOf } from "./fields.ts";
import { field, flag, message, number, printTextFormat, text, word } from "./print.ts";
import { isLayer, readLayer } from "./read-net.ts";
import { type Rounding, roundings } from "./rounding.ts";
import { type Field, type FieldValue, type Message, parseTextFormat } from "./text-format.ts";

export interface WrittenNet {
	readonly text: string;
	/** Settings that Caffe will hold as other numbers: its floats have 24 bits. */
	readonly rounded: readonly Rounding[];
}

function scalarValue(value: PlainValue, described: Schema[string]): FieldValue {
	if (typeof value === "number") return number(value);
	if (typeof value === "boolean") return flag(value);
	if (typeof value !== "string") return message(isMessage(value) ? settingsFields(value, described.fields ?? {}) : []);
	return described.type === "choice" && described.quoted !== true ? word(value) : text(value);
}

/** Written settings as fields, in the order of the schema. */
function settingsFields(settings: PlainSettings, schema: Schema): readonly Field[] {
	return Object.keys(schema).flatMap((name) => {
		const value = settings[name];
		if (value === undefined) return [];
		const values = isList(value) ? value : [value];
		return values.map((one) => field(name, scalarValue(one, schema[name])));
	});
}

function parameterField({ name, lrMult, decayMult, shareMode }: ParameterSpecification): Field {
	return field(
		"param",
		message([
			...(name === undefined ? [] : [field("name", text(name))]),
			...(lrMult === undefined ? [] : [field("lr_mult", number(lrMult))]),
			...(decayMult === undefined ? [] : [field("decay_mult", number(decayMult))]),
			...(shareMode === undefined ? [] : [field("share_mode", word(shareMode))]),
		]),
	);
}

function ruleField(name: "include" | "exclude", rule: StateRule): Field {
	return field(
		name,
		message([
			...(rule.phase === undefined ? [] : [field("phase", word(rule.phase))]),
			...(rule.minLevel === undefined ? [] : [field("min_level", number(rule.minLevel))]),
			...(rule.maxLevel === undefined ? [] : [field("max_level", number(rule.maxLevel))]),
			...rule.stages.map((stage) => field("stage", text(stage))),
			...rule.notStages.map((stage) => field("not_stage", text(stage))),
		]),
	);
}

function layerFields(layer: LayerSpecification): readonly Field[] {
	const definition = layerDefinition(layer.type);
	const settings = definition === undefined ? [] : settingsFields(layer.settings, definition.settings);
	const own = definition?.parameterField ?? null;
	return [
		field("name", text(layer.name)),
		field("type", text(layer.type)),
		...layer.bottoms.map((bottom) => field("bottom", text(bottom))),
		...layer.tops.map((top) => field("top", text(top))),
		...(layer.phase === undefined ? [] : [field("phase", word(layer.phase))]),
		...(layer.lossWeights ?? []).map((weight) => field("loss_weight", number(weight))),
		...(layer.parameters ?? []).map(parameterField),
		...(layer.propagateDown ?? []).map((down) => field("propagate_down", flag(down))),
		...(layer.include ?? []).map((rule) => ruleField("include", rule)),
		...(layer.exclude ?? []).map((rule) => ruleField("exclude", rule)),
		...(own === null ? settings : settings.length === 0 ? [] : [field(own, message(settings))]),
	];
}

/** What a layer is, wherever it stood. */
const substance = ({ line: _, ...layer }: LayerSpecification) => JSON.stringify(layer);

/** What an Input that was a data layer in the file was told of its samples. */
function sampleShapesOf({ tops, settings }: LayerSpecification): Readonly<Record<string, readonly number[]>> {
	const shapes = settings.shape !== undefined && isList(settings.shape) ? settings.shape : [];
	return Object.fromEntries(
		tops.flatMap((top, place) => {
			const shape = shapes[place];
			const dim = shape !== undefined && isMessage(shape) ? shape.dim : undefined;
			return dim !== undefined && isList(dim) ? [[top, dim.slice(1).map(Number)] as const] : [];
		}),
	);
}

/** The layer as it stood in the file where it is still the same; else written anew under the comments it had. */
function layerField(layer: LayerSpecification, originals: Field[]): Field {
	const isNamed = (original: Field) => {
		const name = last(messageOf(original), "name");
		return (name === undefined ? "" : textOf(name)) === layer.name;
	};
	const same = originals.findIndex(
		(original) => isNamed(original) && substance(readLayer(original, sampleShapesOf(layer))) === substance(layer),
	);
	const place = same >= 0 ? same : originals.findIndex(isNamed);
	const [original] = place < 0 ? [] : originals.splice(place, 1);
	if (same >= 0 && original !== undefined) return original;
	return { ...field("layer", message(layerFields(layer))), comments: original?.comments ?? [] };
}

function netFields({ name, forceBackward, phase, level, stages }: NetSpecification): readonly Field[] {
	const state = [
		...(phase === "TRAIN" ? [] : [field("phase", word(phase))]),
		...(level === 0 ? [] : [field("level", number(level))]),
		...stages.map((stage) => field("stage", text(stage))),
	];
	return [
		...(name === "" ? [] : [field("name", text(name))]),
		...(forceBackward ? [field("force_backward", flag(true))] : []),
		...(state.length === 0 ? [] : [field("state", message(state))]),
	];
}

/**
 * A net as prototxt. Given the file it came from, layers that are still the same stand there as they stood, with their
 * comments, and layers that fetch data as what they were.
 */
export function writeNet(net: NetSpecification, original?: string): WrittenNet {
	const file: Message = original === undefined ? { fields: [], ending: [] } : parseTextFormat(original);
	const originals = file.fields.filter(isLayer);
	const inputs = file.fields.filter(({ name }) => name === "input" || name === "input_shape" || name === "input_dim");
	const head = netFields(net).map((written) => {
		const known = file.fields.find(({ name }) => name === written.name);
		return known === undefined ? written : { ...written, comments: known.comments, remark: known.remark };
	});
	const layers = net.layers.map((layer) => layerField(layer, originals));
	const lost = inputs.flatMap(({ comments }) => comments);
	const [first, ...rest] = [...head, ...layers];
	const fields = first === undefined ? [] : [{ ...first, comments: [...lost, ...first.comments] }, ...rest];
	return {
		text: printTextFormat({ fields, ending: file.ending }),
		rounded: net.precision === "caffe" ? [] : roundings(net),
	};
}
