import type { en } from "./en/index.ts";

/** Turns the literal texts of the English catalogue into the shape that a translation must have. */
type Texts<T> = {
	readonly [K in keyof T]: T[K] extends string
		? string
		: T[K] extends (...parameters: infer P) => string
			? (...parameters: P) => string
			: T[K] extends readonly string[]
				? readonly string[]
				: Texts<T[K]>;
};

export type Catalogue = Texts<typeof en>;
