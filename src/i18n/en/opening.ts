import type { Catalogue } from "../catalogue.ts";
import { app } from "./app.ts";
import { common } from "./common.ts";
import { marks } from "./marks.ts";
import { presets } from "./presets.ts";
import { stage } from "./stage.ts";

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

/** English as the page opens with it: the texts of the first picture are at hand, all others are fetched after it. */
export const opening: Catalogue = {
	app,
	common,
	marks,
	presets,
	stage,
	get batch() {
		return later().batch;
	},
	get editor() {
		return later().editor;
	},
	get imports() {
		return later().imports;
	},
	get exporting() {
		return later().exporting;
	},
	get layers() {
		return later().layers;
	},
	get ledger() {
		return later().ledger;
	},
	get matrix() {
		return later().matrix;
	},
	get picture() {
		return later().picture;
	},
	get problems() {
		return later().problems;
	},
	get share() {
		return later().share;
	},
	get scenes() {
		return later().scenes;
	},
	get tables() {
		return later().tables;
	},
};
