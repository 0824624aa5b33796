import { applyPalette, GIFEncoder, quantize } from "gifenc";

/** One frame in pixels. */
export interface GifFrame {
	readonly pixels: Uint8ClampedArray<ArrayBuffer>;
	readonly width: number;
	readonly height: number;
	/** In milliseconds. */
	readonly delay: number;
}

const COLOURS = 128;

/** Frames as one GIF that runs for ever; `rest` is waited for between the parts of the work on a frame. */
export function createGif(rest: () => Promise<void>) {
	const encoder = GIFEncoder();
	return {
		async add({ pixels, width, height, delay }: GifFrame): Promise<void> {
			const palette = quantize(pixels, COLOURS);
			await rest();
			const indexes = applyPalette(pixels, palette);
			await rest();
			encoder.writeFrame(indexes, width, height, { palette, delay, repeat: 0 });
			await rest();
		},
		finish(): Uint8Array<ArrayBuffer> {
			encoder.finish();
			return new Uint8Array(encoder.bytes());
		},
	};
}
