import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { NumberText } from "../marks/number-text.tsx";
import type { CellAddress } from "./cells.ts";
import type { MatrixLayout } from "./layout.ts";
import styles from "./matrix.module.css";
import type { Direction } from "./model.ts";
import { readCell } from "./readings.ts";
import { cellName } from "./symbols.ts";

interface FooterProps {
	readonly view: View;
	readonly direction: Direction;
	readonly layout: MatrixLayout;
	readonly pointed: CellAddress | null;
}

/** How the table is read, and the number that is pointed at, with all that is to say about it. */
export function Footer({ view, direction, layout, pointed }: FooterProps) {
	const text = useText();
	const { now, other } = text.matrix.captions[direction];
	const placed = pointed === null ? undefined : layout.blocks[pointed.block];
	return (
		<div className={styles.footer}>
			{now === "" ? <span>{text.matrix.help}</span> : <strong>{now}</strong>}
			{other !== "" && <span>{other}</span>}
			{pointed !== null && placed !== undefined && (
				<span className={styles.readout} data-readout>
					{cellName(view, text.matrix, placed.block, placed.block.cell(pointed.row, pointed.column), pointed)} ={" "}
					<NumberText reading={readCell(view, placed.block, pointed)} coloured />
					<Reason view={view} layout={layout} pointed={pointed} />
				</span>
			)}
		</div>
	);
}

function Reason({
	view,
	layout,
	pointed,
}: Omit<FooterProps, "direction" | "pointed"> & { readonly pointed: CellAddress }) {
	const text = useText();
	const { block } = layout.blocks[pointed.block];
	const { status } = readCell(view, block, pointed);
	if (status === "not-yet") return <> {text.matrix.notYet}</>;
	if (status !== "not-computed") return null;
	const { kind } = block.cell(pointed.row, pointed.column);
	return <> {kind === "parameter" ? text.ledger.why.fixed : text.ledger.why.notComputed}</>;
}
