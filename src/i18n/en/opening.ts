import type { Catalogue } from "../catalogue.ts";
import { firstApp, firstCommon, firstPreset, firstStage } from "./first.ts";

let whole: Catalogue | null = null;
let loading: Promise<void> | null = null;

/** Fetches what the page does not open with. */
export function loadWhole(): Promise<void> {
	loading ??= import("./index.ts").then(
		({ en }) => {
			whole = en;
		},
		(error: unknown) => {
			loading = null;
			throw error;
		},
	);
	return loading;
}

/** Suspends the component that asks too early; React draws it when the texts are there. */
function later(): Catalogue {
	if (whole === null) throw loadWhole();
	return whole;
}

/** Texts of which some are at hand; who asks too early for another is suspended. */
function begin<T extends object>(all: () => T, atHand: Partial<T> = {}): T {
	// A promise of texts asks whether they are a promise themselves.
	const others = new Proxy({}, { get: (_others, name) => (name === "then" ? undefined : Reflect.get(all(), name)) });
	return Object.create(others, Object.getOwnPropertyDescriptors(atHand));
}

/** English as the page opens with it: the texts of the first picture are at hand, all others are fetched after it. */
export const opening: Catalogue = begin(later, {
	app: begin(() => later().app, firstApp),
	common: begin(() => later().common, firstCommon),
	presets: begin(() => later().presets, {
		"worked-example": begin(() => later().presets["worked-example"], firstPreset),
	}),
	stage: begin(() => later().stage, firstStage),
});
