import type { LayerSpecification } from "../../engine/specification.ts";
import { flagOf, last, messageOf, numberOf } from "./fields.ts";
import { FormatError } from "./problem.ts";
import type { Message } from "./text-format.ts";

/** Shapes of one sample, by top: what a net that reads from a database does not say of itself. */
export type SampleShapes = Readonly<Record<string, readonly number[]>>;

/** Layers that fetch their samples from outside, and the field that holds their settings. */
const PARAMETER_FIELDS: Readonly<Record<string, string>> = {
	Data: "data_param",
	ImageData: "image_data_param",
	HDF5Data: "hdf5_data_param",
	MemoryData: "memory_data_param",
	WindowData: "window_data_param",
};

export const isDataLayer = (type: string) => Object.hasOwn(PARAMETER_FIELDS, type);

/** What of a data layer decides shapes; 0 where it is not written. */
function settingsOf(layer: Message, type: string) {
	const parameter = last(layer, PARAMETER_FIELDS[type]);
	const own = parameter === undefined ? { fields: [], ending: [] } : messageOf(parameter);
	const transform = last(layer, "transform_param");
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
