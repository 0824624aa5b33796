import { yieldToPage } from "../../engine/yield-to-page.ts";
import { fontFiles } from "../theme/fonts.ts";
import type { Picture } from "./picture.ts";

let fontRules: Promise<string> | null = null;

function dataUrl(blob: Blob): Promise<string> {
	return new Promise((done, fail) => {
		const reader = new FileReader();
		reader.onload = () => done(String(reader.result));
		reader.onerror = () => fail(reader.error);
		reader.readAsDataURL(blob);
	});
}

/** The rules of a page that has its fonts inside, being one file. */
function writtenFonts(): string {
	return [...document.styleSheets]
		.flatMap(({ cssRules }) => [...cssRules])
		.flatMap((rule) => (rule instanceof CSSFontFaceRule ? [rule.cssText] : []))
		.join("");
}

function fetchedFonts(): Promise<string> {
	return Promise.all(
		fontFiles.map(async ({ family, file, weight, unicodeRange }) => {
			try {
				const answer = await fetch(`${import.meta.env.BASE_URL}fonts/${file}`);
				if (!answer.ok) return "";
				const range = unicodeRange === undefined ? "" : `unicode-range:${unicodeRange};`;
				const url = await dataUrl(await answer.blob());
				return `@font-face{font-family:"${family}";font-weight:${weight};${range}src:url("${url}") format("woff2")}`;
			} catch {
				return "";
			}
		}),
	).then((rules) => rules.join(""));
}

/**
 * The page's fonts as rules that need no network: an image sees none of the page's. Without a font that cannot be
 * fetched, its fallback is painted, as on the page.
 */
function embeddedFonts(): Promise<string> {
	fontRules ??= import.meta.env.MODE === "embed" ? Promise.resolve(writtenFonts()) : fetchedFonts();
	return fontRules;
}

async function imageOf({ svg }: Picture): Promise<HTMLImageElement> {
	const image = new Image();
	const dressed = svg.replace("<defs>", `<style>${await embeddedFonts()}</style><defs>`);
	const url = URL.createObjectURL(new Blob([dressed], { type: "image/svg+xml" }));
	try {
		image.src = url;
		await image.decode();
		return image;
	} finally {
		URL.revokeObjectURL(url);
	}
}

/** A picture painted in pixels, `scale` of them for one of the page: read by the browser, then painted, a task each. */
export async function paint(picture: Picture, scale: number): Promise<CanvasRenderingContext2D> {
	const canvas = document.createElement("canvas");
	canvas.width = Math.max(1, Math.round(picture.width * scale));
	canvas.height = Math.max(1, Math.round(picture.height * scale));
	const context = canvas.getContext("2d", { willReadFrequently: true });
	if (context === null) throw new Error("no canvas");
	await yieldToPage();
	const image = await imageOf(picture);
	await yieldToPage();
	context.drawImage(image, 0, 0, canvas.width, canvas.height);
	return context;
}

/** A picture as PNG. */
export async function pngOf(picture: Picture, scale = 2): Promise<Uint8Array> {
	const { canvas } = await paint(picture, scale);
	const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
	if (blob === null) throw new Error("no PNG");
	return new Uint8Array(await blob.arrayBuffer());
}
