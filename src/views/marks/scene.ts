import type { ReactNode } from "react";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import type { LegendEntry } from "./legend.tsx";

export interface SceneSize {
	readonly width: number;
	readonly height: number;
}

/** One weight or bias of a dense layer; `slot` 0 is the weight, 1 the bias; `index` counts row-major. */
export interface ParameterPlace {
	readonly layer: string;
	readonly slot: number;
	readonly index: number;
}

/** What of the network's picture is in focus; the rest steps back. */
export interface PictureEmphasis {
	/** Everything, nothing, one layer's units with their edges, or the edges into or out of one unit. */
	readonly lit: "all" | "none" | { readonly group: Group; readonly unit: number | "all"; readonly side: "in" | "out" };
	/** The unit that the next step computes: a plate "next" stands over it. */
	readonly next?: { readonly group: Group; readonly unit: number } | null;
	/** Draws valves and pennants: the way back. */
	readonly errors?: boolean;
	/** Draws a diamond at the middle of each edge; those that are not known yet as outlines. */
	readonly gradients?: boolean;
	/** Which values of the parameters the edges show; `after` draws the old ones as ghosts below. */
	readonly moment?: "before" | "after";
	/** `again`: the discs show the closing forward pass. */
	readonly pass?: "again";
	/** Leaves out the messages of edges that are not lit. */
	readonly quiet?: boolean;
	/** This one edge stands out. */
	readonly parameter?: ParameterPlace | null;
	/** What the chip on that edge says: the gradient, or old → new. */
	readonly chip?: "gradient" | "update" | null;
	/** Leaves the column of targets out. */
	readonly withoutTargets?: boolean;
}

/** The network's picture in a box of this size: an HTML block with its own keyboard access. */
export type DrawPicture = (box: SceneSize, emphasis: PictureEmphasis) => ReactNode;

/**
 * What a scene beside or below the network gets. It fills a box of `width` × `height` pixels under the stage's header
 * with HTML (with SVGs of its own inside); taller than the box it scrolls. It places `picture` where it wants the
 * network. t comes from `useFrame()`, only in the components that move.
 */
export interface SceneProps extends SceneSize {
	readonly view: View;
	/** A phone: one column, short captions. */
	readonly narrow: boolean;
	readonly picture: DrawPicture;
}

/** A scene as the stage finds it by the phase's name. */
export interface SceneModule {
	readonly Scene: (props: SceneProps) => ReactNode;
	/** The marks that the scene uses, in the legend's order; the picture's own are listed too. */
	readonly legend: (view: View) => readonly LegendEntry[];
	/** What stands at the right of the header instead of the deck (the solver's choice of parameter). */
	readonly Controls?: (props: { readonly view: View }) => ReactNode;
}

export type SceneName = "loss" | "gradients" | "solver" | "again";
/** Each is fetched when its phase is first reached. */
export type Scenes = Readonly<Record<SceneName, () => Promise<{ readonly default: SceneModule }>>>;
