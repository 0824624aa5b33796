import type { LayerDefinition } from "../../engine/layer.ts";
import { layerDefinition, layerDefinitions } from "../../engine/layers/index.ts";
import { EngineError } from "../../engine/problem.ts";
import type { Precision } from "../../engine/settings.ts";
import type {
	LayerSpecification,
	NetSpecification,
	ParameterSpecification,
	Phase,
	StateRule,
} from "../../engine/specification.ts";
import { nearest } from "../nearest.ts";
import { asInput, checkDataLayer, dataLayerFields, isDataLayer, type SampleShapes } from "./data-layers.ts";
import { all, checkFields, flagOf, last, messageOf, numberOf, plainSettings, textOf, wordOf } from "./fields.ts";
import { currentTypeName } from "./old-spellings.ts";
import { FormatError } from "./problem.ts";
import { type Field, type Message, parseTextFormat } from "./text-format.ts";

export interface ReadOptions {
	/** `caffe` rounds every float setting to float32, as protobuf does. */
	readonly precision: Precision;
	/** What a sample looks like that a layer fetches from a file or a database: by top, without the batch. */
	readonly sampleShapes?: SampleShapes;
}

const LAYER_FIELDS = [
	"name",
	"type",
	"bottom",
	"top",
	"loss_weight",
	"param",
	"propagate_down",
	"include",
	"exclude",
	"phase",
];
const V1_FIELDS = [
	"name",
	"type",
	"bottom",
	"top",
	"loss_weight",
	"param",
	"blobs_lr",
	"weight_decay",
	"blob_share_mode",
	"include",
	"exclude",
];

function phaseOf(field: Field): Phase {
	const word = wordOf(field);
	if (word === "TRAIN" || word === 0) return "TRAIN";
	if (word === "TEST" || word === 1) return "TEST";
	throw new FormatError({
		code: "wrong-type",
		field: field.name,
		expected: "TRAIN or TEST",
		line: field.line,
		column: field.column,
	});
}

function stateRule(field: Field): StateRule {
	const message = messageOf(field);
	checkFields(message, ["phase", "min_level", "max_level", "stage", "not_stage"]);
	const phase = last(message, "phase");
	const minimum = last(message, "min_level");
	const maximum = last(message, "max_level");
	return {
		...(phase ? { phase: phaseOf(phase) } : {}),
		...(minimum ? { minLevel: numberOf(minimum) } : {}),
		...(maximum ? { maxLevel: numberOf(maximum) } : {}),
		stages: all(message, "stage").map(textOf),
		notStages: all(message, "not_stage").map(textOf),
	};
}

function shareMode(field: Field): "STRICT" | "PERMISSIVE" {
	const word = wordOf(field);
	return word === "PERMISSIVE" || word === 1 ? "PERMISSIVE" : "STRICT";
}

function parameter(field: Field): ParameterSpecification {
	const message = messageOf(field);
	checkFields(message, ["name", "share_mode", "lr_mult", "decay_mult"]);
	const name = last(message, "name");
	const mode = last(message, "share_mode");
	const lrMult = last(message, "lr_mult");
	const decayMult = last(message, "decay_mult");
	return {
		...(name ? { name: textOf(name) } : {}),
		...(mode ? { shareMode: shareMode(mode) } : {}),
		...(lrMult ? { lrMult: numberOf(lrMult) } : {}),
		...(decayMult ? { decayMult: numberOf(decayMult) } : {}),
	};
}

/** The old spelling's parallel lists as one list of parameters. */
function oldParameters(message: Message): readonly ParameterSpecification[] {
	const names = all(message, "param");
	const rates = all(message, "blobs_lr");
	const decays = all(message, "weight_decay");
	const modes = all(message, "blob_share_mode");
	const count = Math.max(names.length, rates.length, decays.length, modes.length);
	return Array.from({ length: count }, (_, k) => ({
		...(names[k] ? { name: textOf(names[k]) } : {}),
		...(modes[k] ? { shareMode: shareMode(modes[k]) } : {}),
		...(rates[k] ? { lrMult: numberOf(rates[k]) } : {}),
		...(decays[k] ? { decayMult: numberOf(decays[k]) } : {}),
	}));
}

const commonFields = (old: boolean) => (old ? V1_FIELDS : LAYER_FIELDS);

/** Where a layer's settings stand in it: in its own `…_param`, and for losses in `loss_param` and the like. */
function settingFields({ parameterField, settings }: LayerDefinition): readonly string[] {
	return parameterField === null ? Object.keys(settings) : [parameterField];
}

function typeName(message: Message, old: boolean, { line, column }: Field): string {
	const field = last(message, "type");
	if (field === undefined) {
		// A misspelt `typ` says more than that `type` is missing.
		checkFields(message, [...commonFields(old), ...layerDefinitions.flatMap(settingFields), ...dataLayerFields()]);
		throw new FormatError({ code: "missing", field: "type", line, column });
	}
	return old ? currentTypeName(String(wordOf(field))) : textOf(field);
}

const knownTypes = () => layerDefinitions.map((definition) => definition.type);

function settingsOf(message: Message, type: string, name: string, line: number, common: readonly string[]) {
	const definition = layerDefinition(type);
	if (definition === undefined) {
		const near = nearest(type, knownTypes());
		throw new EngineError({ code: "unknown-layer-type", layer: name, type, ...(near === null ? {} : { near }), line });
	}
	checkFields(message, [...common, ...settingFields(definition)]);
	const { parameterField, settings } = definition;
	if (parameterField === null)
		return plainSettings(
			{ ...message, fields: message.fields.filter((field) => !common.includes(field.name)) },
			settings,
		);
	const written = last(message, parameterField);
	return written === undefined ? {} : plainSettings(messageOf(written), settings);
}

/** One `layer { … }` of a net, or one `layers { … }` of the old spelling. */
export function readLayer(field: Field, sampleShapes: SampleShapes): LayerSpecification {
	const message = messageOf(field);
	const old = field.name === "layers";
	const { line } = field;
	const name = last(message, "name");
	const named = name ? textOf(name) : "";
	const type = typeName(message, old, field);
	const parameters = old ? oldParameters(message) : all(message, "param").map(parameter);
	const lossWeights = all(message, "loss_weight").map(numberOf);
	const propagateDown = old ? [] : all(message, "propagate_down").map(flagOf);
	const include = all(message, "include").map(stateRule);
	const exclude = all(message, "exclude").map(stateRule);
	const phase = last(message, "phase");
	const fetched = isDataLayer(type);
	if (fetched) checkDataLayer(message, type, commonFields(old));
	const specification: LayerSpecification = {
		name: named,
		type,
		bottoms: all(message, "bottom").map(textOf),
		tops: all(message, "top").map(textOf),
		settings: fetched ? {} : settingsOf(message, type, named, line, commonFields(old)),
		...(parameters.length > 0 ? { parameters } : {}),
		...(lossWeights.length > 0 ? { lossWeights } : {}),
		...(propagateDown.length > 0 ? { propagateDown } : {}),
		...(include.length > 0 ? { include } : {}),
		...(exclude.length > 0 ? { exclude } : {}),
		...(phase ? { phase: phaseOf(phase) } : {}),
		line,
	};
	return fetched ? asInput(specification, message, sampleShapes, line) : specification;
}

export const isLayer = ({ name }: Field) => name === "layer" || name === "layers";

/** Net-level `input` with `input_shape` (one each) or `input_dim` (four each) becomes a first layer named `input`. */
function netInput(message: Message): readonly LayerSpecification[] {
	const names = all(message, "input");
	if (names.length === 0) return [];
	const shapes = all(message, "input_shape").map((field) => {
		const shape = messageOf(field);
		checkFields(shape, ["dim"]);
		return all(shape, "dim").map(numberOf);
	});
	const dims = all(message, "input_dim").map(numberOf);
	const shape = names.map((_, k) => ({ dim: shapes[k] ?? dims.slice(4 * k, 4 * k + 4) }));
	return [
		{ name: "input", type: "Input", bottoms: [], tops: names.map(textOf), settings: { shape }, line: names[0].line },
	];
}

/**
 * Reads a net's prototxt, old spellings too. Layers keep the line they stand in.
 * @throws FormatError where the text is no net; EngineError `unknown-layer-type` for layers the engine lacks
 */
export function readNet(text: string, { precision, sampleShapes = {} }: ReadOptions): NetSpecification {
	const message = parseTextFormat(text);
	checkFields(message, [
		"name",
		"layer",
		"layers",
		"input",
		"input_shape",
		"input_dim",
		"force_backward",
		"state",
		"debug_info",
	]);
	const name = last(message, "name");
	const force = last(message, "force_backward");
	const stateField = last(message, "state");
	const state = stateField === undefined ? { fields: [], ending: [] } : messageOf(stateField);
	checkFields(state, ["phase", "level", "stage"]);
	const phase = last(state, "phase");
	const level = last(state, "level");
	return {
		name: name ? textOf(name) : "",
		layers: [...netInput(message), ...message.fields.filter(isLayer).map((field) => readLayer(field, sampleShapes))],
		forceBackward: force ? flagOf(force) : false,
		precision,
		phase: phase ? phaseOf(phase) : "TRAIN",
		level: level ? numberOf(level) : 0,
		stages: all(state, "stage").map(textOf),
	};
}
