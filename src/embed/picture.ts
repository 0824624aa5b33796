/** What a drawing takes from the page's style sheets. */
const INLINED = [
	"fill",
	"fill-opacity",
	"stroke",
	"stroke-width",
	"stroke-dasharray",
	"stroke-linecap",
	"stroke-linejoin",
	"stroke-opacity",
	"opacity",
	"font-family",
	"font-size",
	"font-weight",
	"text-anchor",
	"dominant-baseline",
	"visibility",
	"display",
] as const;

const SVG = "http://www.w3.org/2000/svg";

function inlineStyles(from: Element, to: Element): void {
	const style = getComputedStyle(from);
	const text = INLINED.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";");
	to.setAttribute("style", text);
	for (const attribute of [...to.attributes]) {
		if (/^(?:class|tabindex|role|aria-|on)/.test(attribute.name)) to.removeAttribute(attribute.name);
	}
	[...from.children].forEach((child, index) => {
		inlineStyles(child, to.children[index]);
	});
}

function named(name: "title" | "desc", text: string): Element {
	const element = document.createElementNS(SVG, name);
	element.textContent = text;
	return element;
}

const area = ({ clientWidth, clientHeight }: Element) => clientWidth * clientHeight;

/** The stage's drawing as a file of its own, with its colours, a title and a description; null where none is drawn. */
export function stagePicture(title: string, description: string): string | null {
	const drawings = [...document.querySelectorAll<SVGSVGElement>("[data-part='stage'] svg")];
	const [drawing] = drawings.sort((a, b) => area(b) - area(a));
	if (drawing === undefined) return null;
	const { width, height } = drawing.getBoundingClientRect();
	const copy = document.importNode(drawing, true);
	inlineStyles(drawing, copy);
	copy.setAttribute("xmlns", SVG);
	copy.setAttribute("width", String(Math.round(width)));
	copy.setAttribute("height", String(Math.round(height)));
	if (!copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${Math.round(width)} ${Math.round(height)}`);
	// Marks are defined once for the page.
	const used = [...document.querySelectorAll("svg defs")].filter((defs) => !drawing.contains(defs));
	copy.prepend(
		named("title", title),
		named("desc", description),
		...used.map((defs) => document.importNode(defs, true)),
	);
	copy.style.background = getComputedStyle(document.documentElement).getPropertyValue("--surface");
	return new XMLSerializer().serializeToString(copy);
}
