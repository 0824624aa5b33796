import { atOnce } from "../../store/slices.ts";
import { plainColour } from "./plain-colour.ts";
import { type SvgNode, svgNode } from "./svg-node.ts";

/**
 * What decides how an SVG element looks, wherever it came from: attribute, style sheet, token. A look is read only where
 * it can be seen: reading them is most of what a picture costs.
 */
type Property = readonly [name: string, initial: string];
const OPACITY: readonly Property[] = [["opacity", "1"]];
const STROKE: readonly Property[] = [
	["stroke-width", "1px"],
	["stroke-dasharray", "none"],
	["stroke-dashoffset", "0px"],
	["stroke-linecap", "butt"],
	["stroke-linejoin", "miter"],
	["paint-order", "normal"],
	["vector-effect", "none"],
];
const FILL: readonly Property[] = [["fill-rule", "nonzero"]];
const TEXT: readonly Property[] = [
	["font-family", ""],
	["font-size", ""],
	["font-weight", "400"],
	["font-style", "normal"],
	["text-anchor", "start"],
	["dominant-baseline", "auto"],
	["letter-spacing", "normal"],
];
const ANYWHERE = ["clip-path", "mask", "filter"];
const ON_LINES = ["marker-start", "marker-mid", "marker-end"];
/** Attributes that say where and what; looks come from the computed style. */
const LOOKS =
	/^(class|style|fill|stroke|opacity|font|text-anchor|dominant-baseline|letter-spacing|paint-order|vector-effect|aria-|data-|role|tabindex|id$)/;

const REFERENCE = /url\(["']?[^"')]*#([^"')]+)["']?\)/;

/** Collects what is drawn by reference: patterns, markers, clips. */
export interface Definitions {
	add(id: string): void;
}

function paint(
	style: CSSStyleDeclaration,
	property: "fill" | "stroke",
	definitions: Definitions,
): Record<string, string> {
	const value = style.getPropertyValue(property);
	const id = REFERENCE.exec(value)?.[1];
	if (id !== undefined) {
		definitions.add(id);
		return { [property]: `url(#${id})` };
	}
	if (value === "none") return { [property]: "none" };
	const { colour, opacity } = plainColour(value);
	const whole = opacity * Number(style.getPropertyValue(`${property}-opacity`) || 1);
	return {
		[property]: colour,
		...(whole < 1 ? { [`${property}-opacity`]: String(Math.round(whole * 1000) / 1000) } : {}),
	};
}

function looksOf(element: SVGElement, style: CSSStyleDeclaration, definitions: Definitions): Record<string, string> {
	const looks: Record<string, string> = {};
	const add = (properties: readonly Property[]) => {
		for (const [property, initial] of properties) {
			const value = style.getPropertyValue(property);
			if (value !== "" && value !== initial) looks[property] = value.replaceAll('"', "'");
		}
	};
	const refer = (properties: readonly string[]) => {
		for (const property of properties) {
			const id = REFERENCE.exec(style.getPropertyValue(property))?.[1];
			if (id === undefined) continue;
			definitions.add(id);
			looks[property] = `url(#${id})`;
		}
	};
	add(OPACITY);
	refer(ANYWHERE);
	if (element instanceof SVGGElement || element.tagName === "defs" || element.tagName === "svg") return looks;
	const isShape = element instanceof SVGGeometryElement;
	const fill = paint(style, "fill", definitions);
	const stroke = paint(style, "stroke", definitions);
	if (isShape) refer(ON_LINES);
	if (isShape && fill.fill !== "none") add(FILL);
	if (stroke.stroke !== "none") add(STROKE);
	if (element instanceof SVGTextContentElement) add(TEXT);
	return { ...fill, ...stroke, ...looks };
}

/**
 * An element of a drawing with everything that decides its looks written on it; null where it is not to be seen. May
 * pause before each element.
 */
export function* drawingNode(element: SVGElement, definitions: Definitions): Generator<void, SvgNode | null> {
	yield;
	const style = getComputedStyle(element);
	if (style.display === "none" && element.tagName !== "defs" && !isDefinition(element)) return null;
	if (style.visibility === "hidden" || (style.opacity === "0" && element.children.length === 0)) return null;
	const attributes: Record<string, string> = {};
	for (const { name, value } of Array.from(element.attributes)) {
		if (LOOKS.test(name) || name.startsWith("on")) continue;
		attributes[name] = value;
	}
	const href = element.getAttribute("href");
	if (href?.startsWith("#") === true) definitions.add(href.slice(1));
	// Where a style sheet moves an element, the attribute alone would not.
	if (!attributes.transform && style.transform !== "none") attributes.transform = style.transform;
	const children: (SvgNode | string)[] = [];
	for (const child of Array.from(element.childNodes)) {
		if (child instanceof SVGElement) {
			const node = yield* drawingNode(child, definitions);
			if (node !== null) children.push(node);
		} else if (child instanceof Text && element instanceof SVGTextContentElement) children.push(child.data);
	}
	if (children.length === 0 && (element instanceof SVGGElement || element instanceof SVGTextContentElement))
		return null;
	return svgNode(element.tagName, { ...attributes, ...looksOf(element, style, definitions) }, children);
}

const isDefinition = (element: SVGElement) =>
	["pattern", "marker", "clipPath", "mask", "linearGradient", "stop", "filter", "symbol"].includes(element.tagName) ||
	element.closest("defs, pattern, marker, clipPath, mask") !== null;

/** A definition by its id, as it looks within a part of the page; null where the page has none. */
export function definitionNode(id: string, part: Element, definitions: Definitions): SvgNode | null {
	const found = document.getElementById(id);
	if (!(found instanceof SVGElement)) return null;
	const node = part.contains(found)
		? atOnce(drawingNode(found, definitions))
		: withinPart(part, found.cloneNode(true), (copy) => atOnce(drawingNode(copy, definitions)));
	return node === null ? null : svgNode(node.tag, { ...node.attributes, id }, node.children);
}

/** Looks at what stands elsewhere on the page in the colours of a part of it. */
function withinPart<T>(part: Element, copy: Node, look: (element: SVGElement) => T): T | null {
	const place = document.createElementNS("http://www.w3.org/2000/svg", "svg");
	Object.assign(place.style, { position: "absolute", width: "0", height: "0" });
	place.append(copy);
	part.append(place);
	try {
		return copy instanceof SVGElement ? look(copy) : null;
	} finally {
		place.remove();
	}
}
