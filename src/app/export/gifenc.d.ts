/** The part of gifenc that is used; the package has no types of its own. */
declare module "gifenc" {
	type Palette = readonly (readonly number[])[];

	export function quantize(
		rgba: Uint8ClampedArray,
		colours: number,
		options?: { format?: "rgb565" | "rgb444" },
	): Palette;
	export function applyPalette(rgba: Uint8ClampedArray, palette: Palette, format?: "rgb565" | "rgb444"): Uint8Array;
	export function GIFEncoder(): {
		writeFrame(
			indexes: Uint8Array,
			width: number,
			height: number,
			options: { palette: Palette; delay: number; repeat?: number },
		): void;
		finish(): void;
		bytes(): Uint8Array;
	};
}
