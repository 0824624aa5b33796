import type { MathNode } from "../../explain/math.ts";
import type { ConstantWriter, NumberWriter } from "./latex.ts";

export function escapeXml(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

const isFence = (text: string) => text === "(" || text === ")" || text === "|";

/** A piece of a formula as MathML elements. */
export function mathmlOf(node: MathNode, number: NumberWriter, constant: ConstantWriter): string {
	switch (node.tag) {
		case "number": {
			const text = number(node);
			return `<mn>${escapeXml(node.bare === true ? text.replace(/^−/, "") : text)}</mn>`;
		}
		case "constant":
			return `<mn>${escapeXml(constant(node.value))}</mn>`;
		case "mi":
		case "mn":
		case "mo":
		case "mtext": {
			const fence = node.tag === "mo" && isFence(node.text) ? ' stretchy="false"' : "";
			const code = node.code === true ? ' mathvariant="monospace"' : "";
			return `<${node.tag}${fence}${code}>${escapeXml(node.text)}</${node.tag}>`;
		}
		default: {
			const inner = node.children.map((child) => mathmlOf(child, number, constant)).join("");
			const display = "display" in node && node.display === true ? ' displaystyle="true"' : "";
			const accent = node.tag === "mover" ? ' accent="true"' : "";
			return `<${node.tag}${display}${accent}>${inner}</${node.tag}>`;
		}
	}
}
