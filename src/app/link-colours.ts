import type { ParameterNotice } from "../formats/link/read-parameters.ts";

type Rgb = readonly [number, number, number];

const TEXT_CONTRAST = 4.5;
const MARK_CONTRAST = 3;
/** Of 441 between black and white, as a reader with the commonest colour blindness sees them. */
const SIGN_DISTANCE = 60;

export interface LinkColours {
	readonly bg?: string;
	readonly pos?: string;
	readonly neg?: string;
}

function linear(channel: number): number {
	const share = channel / 255;
	return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

const luminance = ([r, g, b]: Rgb) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);

/** The contrast of two colours as WCAG 2 counts it. */
export function contrast(a: Rgb, b: Rgb): number {
	const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (high + 0.05) / (low + 0.05);
}

/** How a colour looks to a reader with deuteranopia. */
function deuteranopic([r, g, b]: Rgb): Rgb {
	return [0.367 * r + 0.861 * g - 0.228 * b, 0.28 * r + 0.673 * g + 0.047 * b, -0.012 * r + 0.043 * g + 0.969 * b];
}

function distance(a: Rgb, b: Rgb): number {
	const [p, q] = [deuteranopic(a), deuteranopic(b)];
	return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

export function rgbOf(hex: string): Rgb {
	const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
	return [r, g, b];
}

export interface ThemeColours {
	readonly ink: Rgb;
	readonly surface: Rgb;
	readonly plus: Rgb;
	readonly minus: Rgb;
}

/** Which of a link's colours can be read in a theme; the others are told. */
export function checkColours(
	{ bg, pos, neg }: LinkColours,
	theme: ThemeColours,
): { readonly taken: LinkColours; readonly refused: readonly ParameterNotice[] } {
	const refused: ParameterNotice[] = [];
	const refuse = (where: "bg" | "pos" | "neg", what: string, instead: string) => {
		refused.push({ code: "unknown", where, what, instead });
	};
	const plain = bg === undefined || bg === "auto" || bg === "transparent";
	const readable = plain || contrast(rgbOf(bg), theme.ink) >= TEXT_CONTRAST;
	if (bg !== undefined && !readable) refuse("bg", bg, "auto");
	const ground = !plain && readable ? rgbOf(bg) : theme.surface;
	function sign(where: "pos" | "neg", hex: string | undefined, other: Rgb): string | undefined {
		if (hex === undefined) return undefined;
		const own = rgbOf(hex);
		if (contrast(own, ground) >= MARK_CONTRAST && distance(own, other) >= SIGN_DISTANCE) return hex;
		refuse(where, hex, "the theme's");
		return undefined;
	}
	const plus = sign("pos", pos, neg === undefined ? theme.minus : rgbOf(neg));
	const minus = sign("neg", neg, plus === undefined ? theme.plus : rgbOf(plus));
	return {
		taken: {
			...(bg !== undefined && readable && bg !== "auto" ? { bg } : {}),
			...(plus === undefined ? {} : { pos: plus }),
			...(minus === undefined ? {} : { neg: minus }),
		},
		refused,
	};
}

function readTheme(): ThemeColours {
	const probe = document.createElement("span");
	document.body.append(probe);
	const read = (name: string): Rgb => {
		probe.style.color = `var(--${name})`;
		const [r, g, b] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
		return [r ?? 0, g ?? 0, b ?? 0];
	};
	const colours = { ink: read("ink"), surface: read("surface"), plus: read("plus"), minus: read("minus") };
	probe.remove();
	return colours;
}

/** Puts a link's colours on the page, as far as they can be read. */
export function applyColours(colours: LinkColours): readonly ParameterNotice[] {
	const { taken, refused } = checkColours(colours, readTheme());
	const { style } = document.documentElement;
	if (taken.bg !== undefined) for (const name of ["--bg", "--surface", "--panel"]) style.setProperty(name, taken.bg);
	if (taken.pos !== undefined) style.setProperty("--plus", taken.pos);
	if (taken.neg !== undefined) style.setProperty("--minus", taken.neg);
	return refused;
}
