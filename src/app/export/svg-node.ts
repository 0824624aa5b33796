/** A piece of SVG as data. */
export interface SvgNode {
	readonly tag: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly children: readonly (SvgNode | string)[];
}

export function svgNode(
	tag: string,
	attributes: Readonly<Record<string, string | number | null>>,
	children: readonly (SvgNode | string)[] = [],
): SvgNode {
	const given = Object.entries(attributes).flatMap(([name, value]) =>
		value === null ? [] : [[name, typeof value === "number" ? shortNumber(value) : value] as const],
	);
	return { tag, attributes: Object.fromEntries(given), children };
}

/** A place on paper needs no more than a hundredth of a pixel. */
export const shortNumber = (value: number) => String(Math.round(value * 100) / 100);

function escapeXml(text: string): string {
	if (!/[&<>"]/.test(text)) return text;
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** A piece of SVG as text. */
export function svgText(node: SvgNode | string): string {
	if (typeof node === "string") return escapeXml(node);
	const attributes = Object.entries(node.attributes)
		.map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
		.join("");
	if (node.children.length === 0) return `<${node.tag}${attributes}/>`;
	return `<${node.tag}${attributes}>${node.children.map(svgText).join("")}</${node.tag}>`;
}
