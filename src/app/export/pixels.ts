import type { Picture } from "./picture.ts";

async function imageOf({ svg }: Picture): Promise<HTMLImageElement> {
	const image = new Image();
	const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
	try {
		image.src = url;
		await image.decode();
		return image;
	} finally {
		URL.revokeObjectURL(url);
	}
}

/** A picture painted in pixels, `scale` of them for one of the page. */
export async function paint(picture: Picture, scale: number): Promise<CanvasRenderingContext2D> {
	const canvas = document.createElement("canvas");
	canvas.width = Math.max(1, Math.round(picture.width * scale));
	canvas.height = Math.max(1, Math.round(picture.height * scale));
	const context = canvas.getContext("2d", { willReadFrequently: true });
	if (context === null) throw new Error("no canvas");
	context.drawImage(await imageOf(picture), 0, 0, canvas.width, canvas.height);
	return context;
}

/** A picture as PNG. */
export async function pngOf(picture: Picture, scale = 2): Promise<Uint8Array> {
	const { canvas } = await paint(picture, scale);
	const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
	if (blob === null) throw new Error("no PNG");
	return new Uint8Array(await blob.arrayBuffer());
}
