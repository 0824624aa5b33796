import type { GifFrame } from "./gif-encoder.ts";

/** What the page asks of a worker that encodes a film. */
export type GifRequest = { readonly kind: "frame"; readonly frame: GifFrame } | { readonly kind: "finish" };

export type GifReply =
	| { readonly kind: "ready" | "added" }
	| { readonly kind: "done"; readonly bytes: Uint8Array<ArrayBuffer> }
	| { readonly kind: "failed"; readonly message: string };
