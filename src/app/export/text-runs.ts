/** A piece of text on one line, where it stands on the screen. */
export interface TextRun {
	readonly text: string;
	readonly left: number;
	readonly width: number;
	readonly baseline: number;
}

let measure: CanvasRenderingContext2D | null = null;

/** How far the baseline lies below the top of a line's box: the font's ascent, and half of what the box has more. */
function ascentIn(height: number, style: CSSStyleDeclaration): number {
	measure ??= document.createElement("canvas").getContext("2d");
	if (measure === null) return height * 0.8;
	measure.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
	const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = measure.measureText("x");
	return (height - ascent - descent) / 2 + ascent;
}

/** The lines that a text node is broken into. */
export function textRuns(node: Text, style: CSSStyleDeclaration): readonly TextRun[] {
	const range = document.createRange();
	range.selectNodeContents(node);
	const boxes = Array.from(range.getClientRects()).filter(({ width, height }) => width > 0 && height > 0);
	if (boxes.length === 0) return [];
	const spaced = style.whiteSpace.startsWith("pre") ? node.data : node.data.replaceAll(/\s+/g, " ");
	const shown = style.textTransform === "uppercase" ? spaced.toLocaleUpperCase() : spaced;
	const run = (text: string, { left, width, top, height }: DOMRect): TextRun => ({
		text: text.trim(),
		left,
		width,
		baseline: top + ascentIn(height, style),
	});
	if (boxes.length === 1) return [run(shown, boxes[0])];
	const lines: { text: string; box: DOMRect }[] = [];
	for (let at = 0; at < node.length; at++) {
		range.setStart(node, at);
		range.setEnd(node, at + 1);
		const [box] = range.getClientRects();
		if (box === undefined || box.width === 0) continue;
		const letter = node.data[at];
		const last = lines.at(-1);
		if (last !== undefined && Math.abs(last.box.top - box.top) < box.height / 2) {
			last.text += letter;
			last.box = new DOMRect(last.box.left, last.box.top, box.right - last.box.left, last.box.height);
		} else lines.push({ text: letter, box });
	}
	return lines.map(({ text, box }) => run(text, box));
}
