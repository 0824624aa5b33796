import { describe, expect, it } from "vitest";
import { element, flat, type MathNode, mathText, mathWidth, mathWords, operator, row, symbolNode } from "./math.ts";
import { letter } from "./symbol.ts";

const leaves = (node: MathNode): readonly string[] =>
	"children" in node ? node.children.flatMap(leaves) : "text" in node ? [node.text] : [];
const width = (node: MathNode) => mathWidth(node, () => 0);

describe("a symbol's letters", () => {
	it("keep what stands over them: a bar is no letter of its own", () => {
		const barred = symbolNode(letter("h\u0304"));
		expect(mathText(barred)).toBe("mover(h; ¯)");
		expect(mathWords(barred)).toBe("h\u0304");
		expect(width(barred)).toBe(width(symbolNode(letter("h"))));
	});

	it("stand side by side, each slanted by itself", () => {
		expect(leaves(symbolNode(letter("Wh\u0304")))).toEqual(["W", "h", "¯"]);
		expect(leaves(symbolNode(letter("x\u0302y")))).toEqual(["x\u0302", "y"]);
	});
});

describe("a partial derivative in a row", () => {
	it("stands on one line, also inside a product; other fractions stay", () => {
		const partial = symbolNode(letter("z", "(3)", "8", { partial: true }));
		const term = row(symbolNode(letter("W", "(2)", "81")), partial, element("mfrac", operator("1"), operator("4")));
		expect(mathText(partial)).toBe("mfrac(∂ J; ∂ msubsup(z; 8; (3)))");
		expect(mathText(flat(term))).toBe("msubsup(W; 81; (2)) ∂ J / ∂ msubsup(z; 8; (3)) mfrac(1; 4)");
	});
});
