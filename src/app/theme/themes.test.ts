import { readFileSync } from "node:fs";
import {
	type Color,
	differenceCiede2000,
	filterDeficiencyDeuter,
	filterDeficiencyProt,
	filterDeficiencyTrit,
	formatHex,
	interpolate,
	parse,
	wcagContrast,
} from "culori";
import { describe, expect, it } from "vitest";

type Scheme = "light" | "dark";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

/** The custom properties of the first rule after a marker, each for one colour scheme. */
function declarations(marker: string, scheme: Scheme): Record<string, string> {
	const start = css.indexOf(marker);
	if (start < 0) throw new Error(`No rule ${marker}`);
	const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
	const found: Record<string, string> = {};
	for (const [, name, text] of body.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
		if (name === undefined || text === undefined) continue;
		const pair = /^light-dark\(([^,]+),\s*([^)]+)\)$/.exec(text);
		found[name] = (scheme === "light" ? pair?.[1] : pair?.[2]) ?? text;
	}
	return found;
}

const BASE = ":root,\n\t[data-theme] {";
const MORE = ':root:not([data-theme]),\n\t\t[data-theme="auto"] {';

function theme(scheme: Scheme, override?: string): Record<string, string> {
	return { ...declarations(BASE, scheme), ...(override ? declarations(override, scheme) : {}) };
}

const themes = {
	light: theme("light"),
	dark: theme("dark"),
	projector: theme("light", '[data-theme="projector"] {'),
	contrast: theme("dark", '[data-theme="contrast"] {'),
	print: theme("light", '[data-theme="print"] {'),
	"more contrast, light": theme("light", MORE),
	"more contrast, dark": theme("dark", MORE),
};

function colour(tokens: Record<string, string>, name: string): string {
	const text = tokens[name];
	if (text === undefined || parse(text) === undefined) throw new Error(`--${name} is no colour: ${text}`);
	return text;
}

function parsedColour(hex: string): Color {
	const parsed = parse(hex);
	if (parsed === undefined) throw new Error(`${hex} is no colour`);
	return parsed;
}

function mixed(tokens: Record<string, string>, hue: string, share: number): string {
	const hex = formatHex(interpolate([colour(tokens, "surface"), colour(tokens, hue)], "rgb")(share));
	if (hex === undefined) throw new Error("No mixture");
	return hex;
}

describe.each(Object.entries(themes))("the %s theme", (name, tokens) => {
	const strict = ["projector", "contrast", "more contrast, light", "more contrast, dark"].includes(name);
	const grounds = ["bg", "surface", "panel"];
	const contrast = (front: string, ground: string) => wcagContrast(colour(tokens, front), colour(tokens, ground));

	it.each(["ink", "ink2", "ink3", "plus", "minus"])("writes %s legibly on every ground", (front) => {
		for (const ground of grounds) {
			if (ground === "bg" && !["ink", "ink2"].includes(front)) continue;
			expect(contrast(front, ground)).toBeGreaterThanOrEqual(strict ? 7 : 4.5);
		}
	});

	it("shows what must be seen at 3:1 or more", () => {
		for (const front of ["edge", "plus", "minus", "focus-a", "ink3"]) {
			expect(contrast(front, "surface")).toBeGreaterThanOrEqual(3);
		}
		expect(wcagContrast(colour(tokens, "focus-a"), colour(tokens, "focus-b"))).toBeGreaterThanOrEqual(7);
		expect(wcagContrast(colour(tokens, "hazard"), colour(tokens, "hazard-ink"))).toBeGreaterThanOrEqual(7);
		if (tokens["back-hue"] !== "initial") expect(contrast("back-hue", "surface")).toBeGreaterThanOrEqual(3);
	});

	it("keeps numbers legible on the strongest tint, and on a tint that has stepped back", () => {
		const tint = Number(tokens.tint);
		const back = Number(tokens["back-tint"]);
		for (const hue of ["plus", "minus"]) {
			expect(wcagContrast(colour(tokens, "ink"), mixed(tokens, hue, 0.54 * tint))).toBeGreaterThanOrEqual(4.5);
			const text = tokens["back-text"]?.replace(/var\(--(\w+)\)/, "$1") ?? "";
			expect(wcagContrast(colour(tokens, text), mixed(tokens, hue, 0.54 * back))).toBeGreaterThanOrEqual(4.5);
		}
	});

	it("tells the signs apart for every common deficiency of colour vision", () => {
		const difference = differenceCiede2000();
		const eyes = [
			(hex: string) => hex,
			...[filterDeficiencyProt(1), filterDeficiencyDeuter(1), filterDeficiencyTrit(1)].map(
				(filter) => (hex: string) => formatHex(filter(parsedColour(hex))) ?? "",
			),
		];
		for (const eye of eyes) {
			expect(difference(eye(colour(tokens, "plus")), eye(colour(tokens, "minus")))).toBeGreaterThanOrEqual(40);
		}
	});
});
