import type { FileContent, FileOrder } from "./file-order.ts";

/** What the page asks of a thread that writes one file. */
export type FileRequest = FileOrder;

export type FileReply =
	| { readonly kind: "ready" }
	| { readonly kind: "progress"; readonly done: number; readonly of: number }
	| { readonly kind: "written"; readonly file: FileContent }
	/** The order cannot be met; `message` says why, to the reader. */
	| { readonly kind: "failed"; readonly message: string };
