import { type Definitions, drawingNode } from "./drawing-node.ts";
import { plainColour } from "./plain-colour.ts";
import { type SvgNode, svgNode } from "./svg-node.ts";
import { textRuns } from "./text-runs.ts";

interface Frame {
	readonly definitions: Definitions;
	/** The corner of the picture on the screen. */
	readonly left: number;
	readonly top: number;
	/** What a hatched ground is painted with. */
	readonly hatch: string;
}

const SIDES = ["top", "right", "bottom", "left"] as const;

const isBare = (element: Element, box: DOMRect, style: CSSStyleDeclaration) =>
	style.display === "none" ||
	style.visibility === "hidden" ||
	style.opacity === "0" ||
	(style.position === "absolute" && box.width <= 1 && box.height <= 1) ||
	element.getAttribute("aria-hidden") === "until-found";

/** The ground and the edges of a box. */
function boxNodes(box: DOMRect, style: CSSStyleDeclaration, { left, top, hatch }: Frame): readonly SvgNode[] {
	const nodes: SvgNode[] = [];
	const place = { x: box.left - left, y: box.top - top, width: box.width, height: box.height };
	const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, box.width / 2, box.height / 2);
	const round = radius > 0 ? { rx: radius } : {};
	const ground = plainColour(style.backgroundColor);
	if (ground.opacity > 0) {
		nodes.push(svgNode("rect", { ...place, ...round, fill: ground.colour, ...fade("fill", ground.opacity) }));
	}
	if (style.backgroundImage.includes("repeating-linear-gradient")) {
		nodes.push(svgNode("rect", { ...place, ...round, fill: hatch }));
	}
	const edges = SIDES.map((side) => ({
		side,
		width:
			style.getPropertyValue(`border-${side}-style`) === "none"
				? 0
				: Number.parseFloat(style.getPropertyValue(`border-${side}-width`)),
		paint: plainColour(style.getPropertyValue(`border-${side}-color`)),
		dashed: style.getPropertyValue(`border-${side}-style`) === "dashed",
	})).filter(({ width, paint }) => width > 0 && paint.opacity > 0);
	const [first] = edges;
	const alike =
		edges.length === 4 &&
		edges.every(({ width, paint }) => width === first.width && paint.colour === first.paint.colour);
	if (alike) {
		const { width, paint, dashed } = first;
		nodes.push(
			svgNode("rect", {
				x: place.x + width / 2,
				y: place.y + width / 2,
				width: Math.max(0, place.width - width),
				height: Math.max(0, place.height - width),
				...round,
				fill: "none",
				stroke: paint.colour,
				"stroke-width": width,
				...fade("stroke", paint.opacity),
				"stroke-dasharray": dashed ? "4 3" : null,
			}),
		);
		return nodes;
	}
	for (const { side, width, paint, dashed } of edges) {
		const right = place.x + place.width;
		const bottom = place.y + place.height;
		const half = width / 2;
		const ends = {
			top: { x1: place.x, y1: place.y + half, x2: right, y2: place.y + half },
			bottom: { x1: place.x, y1: bottom - half, x2: right, y2: bottom - half },
			left: { x1: place.x + half, y1: place.y, x2: place.x + half, y2: bottom },
			right: { x1: right - half, y1: place.y, x2: right - half, y2: bottom },
		}[side];
		nodes.push(
			svgNode("line", {
				...ends,
				stroke: paint.colour,
				"stroke-width": width,
				...fade("stroke", paint.opacity),
				"stroke-dasharray": dashed ? "4 3" : null,
			}),
		);
	}
	return nodes;
}

const fade = (what: "fill" | "stroke", opacity: number) => (opacity < 1 ? { [`${what}-opacity`]: opacity } : {});

function textNodes(node: Text, parent: Element, style: CSSStyleDeclaration, { left, top }: Frame): readonly SvgNode[] {
	const { colour, opacity } = plainColour(style.color);
	// MathML slants a single letter by itself.
	const isLetter = parent.tagName === "mi" && Array.from(node.data.trim()).length === 1;
	return textRuns(node, style)
		.filter(({ text }) => text !== "")
		.map((run) =>
			svgNode(
				"text",
				{
					x: run.left - left,
					y: run.baseline - top,
					// Another font must not run into what stands beside it.
					textLength: run.text.length > 1 ? run.width : null,
					lengthAdjust: run.text.length > 1 ? "spacingAndGlyphs" : null,
					fill: colour,
					...fade("fill", opacity),
					"font-family": style.fontFamily.replaceAll('"', "'"),
					"font-size": style.fontSize,
					"font-weight": style.fontWeight === "400" ? null : style.fontWeight,
					"font-style": isLetter || style.fontStyle === "italic" ? "italic" : null,
				},
				[run.text],
			),
		);
}

/** The bar of a fraction and the sign of a root, which MathML draws by itself. */
function mathNodes(
	element: Element,
	box: DOMRect,
	style: CSSStyleDeclaration,
	{ left, top }: Frame,
): readonly SvgNode[] {
	const stroke = { stroke: plainColour(style.color).colour, "stroke-width": 1, fill: "none" };
	if (element.tagName === "mfrac") {
		const [above, below] = Array.from(element.children, (child) => child.getBoundingClientRect());
		if (above === undefined || below === undefined) return [];
		const y = (above.bottom + below.top) / 2 - top;
		return [svgNode("line", { x1: box.left - left, x2: box.right - left, y1: y, y2: y, ...stroke })];
	}
	if (element.tagName === "msqrt") {
		const inner = element.firstElementChild?.getBoundingClientRect();
		if (inner === undefined) return [];
		const [x, y, width, height] = [box.left - left, box.top - top, box.width, box.height];
		const sign = inner.left - box.left;
		const d = `M${x} ${y + height * 0.6}l${sign * 0.35} ${height * 0.4}L${x + sign * 0.9} ${y + 1}H${x + width}`;
		return [svgNode("path", { d, ...stroke })];
	}
	return [];
}

/** What is seen of an element of the page and of all in it, as SVG; may pause before each element. */
export function* pageNodes(element: Element, frame: Frame): Generator<void, readonly SvgNode[]> {
	yield;
	const style = getComputedStyle(element);
	const box = element.getBoundingClientRect();
	if (isBare(element, box, style)) return [];
	const place = { x: box.left - frame.left, y: box.top - frame.top };
	if (element instanceof SVGSVGElement) {
		const node = yield* drawingNode(element, frame.definitions);
		if (node === null) return [];
		return [
			svgNode(
				"svg",
				{ ...node.attributes, ...place, width: box.width, height: box.height, overflow: style.overflow },
				node.children,
			),
		];
	}
	if (element instanceof HTMLCanvasElement) {
		if (element.width === 0 || element.height === 0) return [];
		return [svgNode("image", { ...place, width: box.width, height: box.height, href: element.toDataURL() })];
	}
	const inner: SvgNode[] = [];
	for (const child of Array.from(element.childNodes)) {
		if (child instanceof Text) inner.push(...textNodes(child, element, style, frame));
		else if (child instanceof Element) inner.push(...(yield* pageNodes(child, frame)));
	}
	const own = [...boxNodes(box, style, frame), ...mathNodes(element, box, style, frame), ...inner];
	const opacity = Number(style.opacity);
	return opacity < 1 && own.length > 0 ? [svgNode("g", { opacity }, own)] : own;
}
