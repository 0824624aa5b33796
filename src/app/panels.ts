import type { ComponentType } from "react";
import type { Catalogue } from "../i18n/catalogue.ts";

type ViewModule = Promise<{ readonly default: ComponentType }>;

export interface Panel {
	readonly id: "matrix" | "batch" | "editor" | "loss-over";
	readonly title: keyof Catalogue["app"]["tabs"];
	readonly load: () => ViewModule;
	/** It only shows, and may be drawn after the step's picture. */
	readonly follows: boolean;
}
export type PanelId = Panel["id"];

/** The tabs under the ledger, in order; each is fetched when it is first shown. */
export const panels: readonly Panel[] = [
	{ id: "matrix", title: "matrix", load: () => import("../views/matrix/panel.tsx"), follows: true },
	{ id: "batch", title: "batch", load: () => import("../views/batch/panel.tsx"), follows: true },
	{ id: "editor", title: "editor", load: () => import("../views/editor/editor.tsx"), follows: false },
];

/** Before the others while an edit is proposed. */
export const lossOverPanel: Panel = {
	id: "loss-over",
	title: "loss-over",
	load: () => import("../views/what-if/loss-over-chart.tsx"),
	follows: false,
};

/** The page's own places. */
export const slots: Readonly<Record<"ledger" | "one-line" | "what-if" | "tables", () => ViewModule>> = {
	ledger: () => import("../views/ledger/ledger.tsx"),
	"one-line": () => import("../views/ledger/one-line.tsx"),
	tables: () => import("../views/tables/panel.tsx"),
	"what-if": () => import("../views/what-if/what-if.tsx"),
};
