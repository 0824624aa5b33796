import type { NetSpecification } from "../../engine/specification.ts";
import type { IterationTrace } from "../../engine/trace.ts";
import type { NotationId } from "../../explain/notation.ts";
import type { NumberFormat } from "../../explain/number-text.ts";
import type { LanguageId } from "../../i18n/languages.ts";

/** What is written from the numbers of an iteration alone, so that a thread without a page can do it. */
export type FileId = "numpy" | "pytorch" | "caffe" | "handout" | "csv" | "json" | "npz" | "weightsJson";

/** All that decides what such a file holds, as it travels to a thread. */
export interface FileOrder {
	readonly id: FileId;
	readonly net: NetSpecification;
	readonly trace: IterationTrace;
	readonly notation: NotationId;
	/** What the experiment is called. */
	readonly title: string;
	readonly language: LanguageId;
	readonly format: NumberFormat;
	/** The sample in front, from 0. */
	readonly sample: number;
}

/** What has been written. */
export interface FileContent {
	readonly ending: "py" | "zip" | "tex" | "csv" | "json" | "npz";
	readonly content: Blob;
	/** What a reader should know of it. */
	readonly notes: readonly string[];
}
