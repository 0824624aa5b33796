import type { NamedDataSet } from "../preset.ts";

const SIDE = 8;
const PIXELS = SIDE * SIDE;
/** Grey values run from 0 to 16 in the source. */
const WHITE = 16;

/**
 * 500 handwritten digits, 8 × 8, in the order of the source file: pixels in 0 … 1, target the class 0 … 9.
 * Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository (1998).
 */
export async function digits(): Promise<NamedDataSet> {
	const { digitLines } = await import("./digits-pixels.ts");
	const samples = digitLines.length / (PIXELS + 1);
	const pixels = new Float64Array(samples * PIXELS);
	const labels = new Float64Array(samples);
	for (let sample = 0; sample < samples; sample++) {
		const start = sample * (PIXELS + 1);
		for (let pixel = 0; pixel < PIXELS; pixel++) {
			pixels[sample * PIXELS + pixel] = Number.parseInt(digitLines[start + pixel], WHITE + 1) / WHITE;
		}
		labels[sample] = Number(digitLines[start + PIXELS]);
	}
	return {
		id: "digits",
		source: {
			samples,
			blobs: {
				data: { sampleShape: [PIXELS], values: pixels },
				label: { sampleShape: [1], values: labels },
			},
		},
		card: { kind: "image", width: SIDE, height: SIDE },
		origin: {
			source: "Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI Machine Learning Repository",
			licence: "CC BY 4.0",
		},
	};
}
