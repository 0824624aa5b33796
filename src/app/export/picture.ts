import { atOnce, inSlices } from "../../store/slices.ts";
import { repaint } from "../../views/marks/repaint.ts";
import { applyTheme, isInTheme } from "../theme/themes.ts";
import { type Definitions, definitionNode } from "./drawing-node.ts";
import { pageNodes } from "./page-node.ts";
import { plainColour } from "./plain-colour.ts";
import { type SvgNode, svgNode, svgText } from "./svg-node.ts";

export const PICTURE_THEMES = ["light", "dark", "projector", "print"] as const;
export type PictureTheme = (typeof PICTURE_THEMES)[number];

export interface Picture {
	readonly svg: string;
	readonly width: number;
	readonly height: number;
}

export interface PictureTexts {
	readonly title: string;
	readonly description: string;
}

export interface PictureOptions extends PictureTexts {
	/** Null: as on the screen. */
	readonly theme: PictureTheme | null;
}

const HATCH = "deltascope-hatch";

/** Definitions that were asked for, and those that they ask for in turn. */
function collector(part: Element): Definitions & { nodes(): readonly SvgNode[] } {
	const wanted = new Set<string>();
	const definitions: Definitions = { add: (id) => void wanted.add(id) };
	return {
		...definitions,
		nodes() {
			const nodes: SvgNode[] = [];
			// A set that grows while it is gone through is gone through to its new end.
			for (const id of wanted) {
				const node = definitionNode(id, part, definitions);
				if (node !== null) nodes.push(node);
			}
			return nodes;
		},
	};
}

function* drawn(element: HTMLElement, { title, description }: PictureTexts): Generator<void, Picture> {
	// Added before anything is read: the styles are then worked out once for all.
	const hatched = document.createElement("span");
	hatched.style.cssText = "display: none; color: var(--hatch)";
	element.append(hatched);
	const hatch = plainColour(getComputedStyle(hatched).color).colour;
	const { left, top, width, height } = element.getBoundingClientRect();
	const style = getComputedStyle(element);
	const definitions = collector(element);
	const frame = { definitions, left, top, hatch: `url(#${HATCH})` };
	let content: readonly SvgNode[];
	try {
		content = yield* pageNodes(element, frame);
	} finally {
		hatched.remove();
	}
	const pattern = svgNode(
		"pattern",
		{ id: HATCH, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
		[svgNode("rect", { width: 1.5, height: 6, fill: hatch })],
	);
	const root = svgNode(
		"svg",
		{
			xmlns: "http://www.w3.org/2000/svg",
			viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`,
			width: Math.round(width),
			height: Math.round(height),
			role: "img",
			"aria-labelledby": "title description",
			style: "font-variant-numeric: tabular-nums",
		},
		[
			svgNode("title", { id: "title" }, [title]),
			svgNode("desc", { id: "description" }, [description]),
			svgNode("defs", {}, [pattern, ...definitions.nodes()]),
			svgNode("rect", { width: "100%", height: "100%", fill: plainColour(style.backgroundColor).colour }),
			...content,
		],
	);
	return {
		svg: `<?xml version="1.0" encoding="UTF-8"?>\n${svgText(root)}\n`,
		width: Math.round(width),
		height: Math.round(height),
	};
}

/** Puts a theme on a part of the page; the function returned takes it off. Null leaves the part as it is. */
function putOn(theme: PictureTheme | null, element: HTMLElement): () => void {
	if (theme === null || isInTheme(theme, element)) return () => {};
	const before = element.dataset.theme;
	applyTheme(theme, element);
	endTransitions(element);
	repaint(element);
	return () => {
		if (before === undefined) delete element.dataset.theme;
		else element.dataset.theme = before;
		endTransitions(element);
		repaint(element);
	};
}

/**
 * What is seen of a part of the page, as one SVG that needs nothing else: looks written on each element, no style sheet,
 * no script, no foreign content. In another theme it is looked at for an instant that is never painted.
 */
export function pictureOf(element: HTMLElement, { theme, ...texts }: PictureOptions): Picture {
	const takeOff = putOn(theme, element);
	try {
		endTransitions(element);
		return atOnce(drawn(element, texts));
	} finally {
		takeOff();
	}
}

/** Takes picture after picture of a part of the page. */
export interface Camera {
	/** The same as `pictureOf`, in slices that leave the page responsive. */
	take(texts: PictureTexts): Promise<Picture>;
	close(): void;
}

/**
 * Opens a camera on a part of the page, which keeps the pictures' theme until it is closed: put on and off for each
 * picture, it would have all styles worked out twice.
 */
export function openCamera(element: HTMLElement, theme: PictureTheme | null): Camera {
	const close = putOn(theme, element);
	return {
		take(texts) {
			endTransitions(element);
			return inSlices(drawn(element, texts));
		},
		close,
	};
}

/** The picture as it stands on the page; null where there is none. */
export function stagePicture(options: PictureOptions): Picture | null {
	const element = document.querySelector("[data-part=stage]");
	return element instanceof HTMLElement ? pictureOf(element, options) : null;
}

/** Colours that are on their way to another theme are there at once. */
function endTransitions(element: HTMLElement): void {
	for (const animation of element.getAnimations({ subtree: true })) {
		if (animation instanceof CSSTransition) animation.finish();
	}
}
