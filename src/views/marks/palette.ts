export type Rgb = readonly [number, number, number];

/** The theme's colours, read from the canvas' own styles. */
export interface Palette {
	readonly plus: Rgb;
	readonly minus: Rgb;
	readonly surface: Rgb;
	readonly ink: string;
	readonly edge: string;
	readonly hatch: string;
	readonly hazard: string;
	readonly hazardInk: string;
}

/** Which style of the canvas carries which colour: custom properties are not resolved, these are. */
export const PALETTE_STYLE = {
	color: "var(--plus)",
	outlineColor: "var(--minus)",
	backgroundColor: "var(--surface)",
	borderTopColor: "var(--ink3)",
	borderRightColor: "var(--line2)",
	borderBottomColor: "var(--hatch)",
	borderLeftColor: "var(--hazard)",
	columnRuleColor: "var(--hazard-ink)",
} as const;

function rgb(text: string): Rgb {
	const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
	return [red, green, blue];
}

export function paletteOf(canvas: Element): Palette {
	const style = getComputedStyle(canvas);
	return {
		plus: rgb(style.color),
		minus: rgb(style.outlineColor),
		surface: rgb(style.backgroundColor),
		ink: style.borderTopColor,
		edge: style.borderRightColor,
		hatch: style.borderBottomColor,
		hazard: style.borderLeftColor,
		hazardInk: style.columnRuleColor,
	};
}

/** How many tints a sign has beside the surface itself. */
export const TINTS = 48;

/** From the surface to the hue. */
export function tints(hue: Rgb, surface: Rgb): readonly Rgb[] {
	return Array.from({ length: TINTS + 1 }, (_, step) => {
		const share = step / TINTS;
		const mixed = (place: 0 | 1 | 2) => Math.round(hue[place] * share + surface[place] * (1 - share));
		return [mixed(0), mixed(1), mixed(2)];
	});
}

/** The same as a canvas takes colours. */
export function ramp(hue: Rgb, surface: Rgb): readonly string[] {
	return tints(hue, surface).map((mixed) => `rgb(${mixed.join(" ")})`);
}

/** Thin diagonals over a box, as part of a path. */
export function hatch(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
	const first = Math.ceil((x + y) / 6) * 6;
	for (let sum = first; sum < x + width + y + height; sum += 6) {
		const left = Math.max(x, sum - y - height);
		const right = Math.min(x + width, sum - y);
		context.moveTo(left, sum - left);
		context.lineTo(right, sum - right);
	}
}
