import type { NamedDataSet } from "../preset.ts";

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const WHITE = 255;

async function inflate(base64: string): Promise<Uint8Array> {
	const packed = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
	const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * 160 pieces of clothing, 28 × 28, in the order of the source file: pixels in 0 … 1 as `[1, 28, 28]`, target the class
 * 0 … 9 (T-shirt, trouser, pullover, dress, coat, sandal, shirt, sneaker, bag, boot).
 * Source: H. Xiao, K. Rasul and R. Vollgraf, Fashion-MNIST (2017).
 */
export async function fashion(): Promise<NamedDataSet> {
	const { fashionImages } = await import("./fashion-pixels.ts");
	const bytes = await inflate(fashionImages);
	const samples = bytes.length / (PIXELS + 1);
	return {
		id: "fashion",
		source: {
			samples,
			blobs: {
				data: {
					sampleShape: [1, SIDE, SIDE],
					values: Float64Array.from(bytes.subarray(0, samples * PIXELS), (grey) => grey / WHITE),
				},
				label: { sampleShape: [1], values: Float64Array.from(bytes.subarray(samples * PIXELS)) },
			},
		},
		card: { kind: "image", width: SIDE, height: SIDE },
		origin: { source: "Fashion-MNIST, H. Xiao, K. Rasul and R. Vollgraf, Zalando SE", licence: "MIT" },
	};
}
