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

/** A picture as an image of its size in pixels, `scale` of them for one of the page. */
async function imageOf({ svg, width, height }: Picture, scale: number): Promise<HTMLImageElement> {
	const size = (length: number) => Math.max(1, Math.round(length * scale));
	const image = new Image(size(width), size(height));
	const dressed = svg
		.replace(`width="${width}" height="${height}"`, `width="${image.width}" height="${image.height}"`)
		.replace("<defs>", `<style>${await embeddedFonts()}</style><defs>`);
	const url = URL.createObjectURL(new Blob([dressed], { type: "image/svg+xml" }));
	try {
		// Decoding does not wait for the fonts inside; loading does.
		await new Promise((done, fail) => {
			image.onload = done;
			image.onerror = () => fail(new Error("no picture"));
			image.src = url;
		});
		// Reading it is one task, painting it the next.
		await yieldToPage();
		return image;
	} finally {
		URL.revokeObjectURL(url);
	}
}

function painted(image: HTMLImageElement): CanvasRenderingContext2D {
	const { width, height } = image;
	const canvas = document.createElement("canvas");
	Object.assign(canvas, { width, height });
	const context = canvas.getContext("2d", { willReadFrequently: true });
	if (context === null) throw new Error("no canvas");
	context.drawImage(image, 0, 0, width, height);
	return context;
}

/** A picture painted in pixels, `scale` of them for one of the page. */
export async function paint(picture: Picture, scale: number): Promise<CanvasRenderingContext2D> {
	return painted(await imageOf(picture, scale));
}

/** The same as pixels that another thread can read; browsers paint them beside the page where they can. */
export async function bitmapOf(picture: Picture, scale: number): Promise<ImageBitmap> {
	const image = await imageOf(picture, scale);
	return createImageBitmap(image).catch(() => createImageBitmap(painted(image).canvas));
}

/** A picture as PNG. */
export async function pngOf(picture: Picture, scale = 2): Promise<Uint8Array> {
	const { canvas } = await paint(picture, scale);
	const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
	if (blob === null) throw new Error("no PNG");
	return new Uint8Array(await blob.arrayBuffer());
}
