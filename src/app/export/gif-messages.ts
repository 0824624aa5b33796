/** What the page asks of a worker that encodes a film. A frame is shown for `delay` milliseconds. */
export type GifRequest =
	| { readonly kind: "frame"; readonly bitmap: ImageBitmap; readonly delay: number }
	| { readonly kind: "finish" };

export type GifReply =
	| { readonly kind: "ready" | "added" }
	| { readonly kind: "done"; readonly bytes: Uint8Array<ArrayBuffer> }
	| { readonly kind: "failed"; readonly message: string };
