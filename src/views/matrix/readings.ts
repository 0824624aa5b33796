import type { Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import type { Block, CellPlace } from "./blocks.ts";

export function readCell(view: View, block: Block, { row, column }: CellPlace): Reading {
	const subject = block.cell(row, column);
	return subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject);
}
