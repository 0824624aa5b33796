import type { LayerSpecification } from "../../engine/specification.ts";
import { all, checkFields, flagOf, last, messageOf, numberOf } from "./fields.ts";
import { FormatError } from "./problem.ts";
import type { Message } from "./text-format.ts";

/** Shapes of one sample, by top: what a net that reads from a database does not say of itself. */
export type SampleShapes = Readonly<Record<string, readonly number[]>>;

const TRANSFORM = "transform_param";
const IMAGE_FIELDS = ["source", "batch_size", "scale", "mean_file", "crop_size", "mirror"];

/** Layers that fetch their samples from outside: the field that holds their settings, and what may stand in it. Source: caffe.proto. */
const DATA_LAYERS: Readonly<Record<string, { readonly parameter: string; readonly fields: readonly string[] }>> = {
	Data: {
		parameter: "data_param",
		fields: [...IMAGE_FIELDS, "rand_skip", "backend", "force_encoded_color", "prefetch"],
	},
	ImageData: {
		parameter: "image_data_param",
		fields: [...IMAGE_FIELDS, "rand_skip", "shuffle", "new_height", "new_width", "is_color", "root_folder"],
	},
	HDF5Data: { parameter: "hdf5_data_param", fields: ["source", "batch_size", "shuffle"] },
	MemoryData: { parameter: "memory_data_param", fields: ["batch_size", "channels", "height", "width"] },
	WindowData: {
		parameter: "window_data_param",
		fields: [
			...IMAGE_FIELDS,
			"fg_threshold",
			"bg_threshold",
			"fg_fraction",
			"context_pad",
			"crop_mode",
			"cache_images",
			"root_folder",
		],
	},
};

const TRANSFORM_FIELDS = ["scale", "mirror", "crop_size", "mean_file", "mean_value", "force_color", "force_gray"];

export const isDataLayer = (type: string) => Object.hasOwn(DATA_LAYERS, type);

/** The fields of a layer that hold a data layer's settings. */
export const dataLayerFields = () => [TRANSFORM, ...Object.values(DATA_LAYERS).map(({ parameter }) => parameter)];

/** Names every field of a data layer that Caffe does not know, whether or not it decides a shape. */
export function checkDataLayer(layer: Message, type: string, common: readonly string[]): void {
	const { parameter, fields } = DATA_LAYERS[type];
	checkFields(layer, [...common, parameter, TRANSFORM]);
	for (const field of all(layer, parameter)) checkFields(messageOf(field), fields);
	for (const field of all(layer, TRANSFORM)) checkFields(messageOf(field), TRANSFORM_FIELDS);
}

/** What of a data layer decides shapes; 0 where it is not written. */
function settingsOf(layer: Message, type: string) {
	const parameter = last(layer, DATA_LAYERS[type].parameter);
	const own = parameter === undefined ? { fields: [], ending: [] } : messageOf(parameter);
	const transform = last(layer, TRANSFORM);
	const transformed = transform === undefined ? { fields: [], ending: [] } : messageOf(transform);
	const whole = (message: Message, name: string) => {
		const found = last(message, name);
		return found === undefined ? 0 : numberOf(found);
	};
	const colour = last(own, "is_color");
	return {
		batch: whole(own, "batch_size"),
		crop: whole(transformed, "crop_size") || whole(own, "crop_size"),
		channels: whole(own, "channels"),
		height: whole(own, "height") || whole(own, "new_height"),
		width: whole(own, "width") || whole(own, "new_width"),
		colour: colour === undefined || flagOf(colour),
	};
}

/** The shape of a sample of the first top, where the layer's own settings give it. */
function firstShape(layer: Message, type: string): readonly number[] | null {
	const { crop, channels, height, width, colour } = settingsOf(layer, type);
	const [high, wide] = crop > 0 ? [crop, crop] : [height, width];
	if (high < 1 || wide < 1) return null;
	if (type === "MemoryData") return channels > 0 ? [channels, high, wide] : null;
	if (type === "ImageData") return [colour ? 3 : 1, high, wide];
	return type === "WindowData" ? [3, high, wide] : null;
}

/**
 * A data layer as the Input it is for a net whose samples come from elsewhere: batch and, where they stand in the file,
 * sizes; the others from `shapes`. A second top is a label each, but for HDF5.
 * @throws FormatError `shape-needed` where nothing says what a sample looks like
 */
export function asInput(
	layer: LayerSpecification,
	message: Message,
	shapes: SampleShapes,
	line: number,
): LayerSpecification {
	const { batch } = settingsOf(message, layer.type);
	const shape = layer.tops.map((top, place) => {
		const known =
			shapes[top] ?? (place === 0 ? firstShape(message, layer.type) : layer.type === "HDF5Data" ? null : []);
		if (known === null || batch < 1)
			throw new FormatError({ code: "shape-needed", layer: layer.name, top, batch, line });
		return { dim: [batch, ...known] };
	});
	return { ...layer, type: "Input", settings: { shape } };
}
