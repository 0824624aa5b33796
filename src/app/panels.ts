import type { ComponentType } from "react";
import type { Catalogue } from "../i18n/catalogue.ts";

type ViewModule = Promise<{ readonly default: ComponentType }>;

export interface Panel {
	readonly id: "matrix" | "batch" | "editor";
	readonly title: keyof Catalogue["app"]["tabs"];
	readonly load: () => ViewModule;
}
export type PanelId = Panel["id"];

/** The tabs under the ledger, in order; each is fetched when it is first shown. */
export const panels: readonly Panel[] = [
	{ id: "matrix", title: "matrix", load: () => import("../views/matrix/panel.tsx") },
	{ id: "batch", title: "batch", load: () => import("../views/batch/panel.tsx") },
	{ id: "editor", title: "editor", load: () => import("../views/editor/editor.tsx") },
];

/** The page's own places. */
export const slots: Readonly<Partial<Record<"stage" | "ledger" | "tables", () => ViewModule>>> = {
	stage: () => import("./stage.tsx"),
	ledger: () => import("../views/ledger/ledger.tsx"),
};
