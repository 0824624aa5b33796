import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Subject } from "../../explain/reading.ts";
import { inspect } from "../../store/actions.ts";
import { useSession, useText, useView } from "../../store/hooks.ts";
import { setHovered } from "../../store/hover.ts";
import type { View } from "../../store/view.ts";
import { PALETTE_STYLE, type Palette, paletteOf } from "../marks/palette.ts";
import { useThemeVersion } from "../marks/use-theme-version.ts";
import { isLit } from "./blocks.ts";
import { type Box, cellBox, grown, hull } from "./boxes.ts";
import { type CellAddress, cellAt, moveCell, sameCell, scrollTo } from "./cells.ts";
import { Drawing, gridSize } from "./drawing.tsx";
import { Footer } from "./footer.tsx";
import { LayerPanel } from "./layer-panel.tsx";
import { layoutOf, type MatrixLayout } from "./layout.ts";
import styles from "./matrix.module.css";
import { matrixModel } from "./model.ts";
import { paintTiles } from "./paint.ts";
import { blockSymbol, partsWidth } from "./symbols.ts";
import { useWindow } from "./use-window.ts";
import { layerSpot } from "./window-model.ts";

/** The numbers of the layer in focus as matrices: a row read going forward, a column going back. */
export default function MatrixPanel() {
	const view = useView();
	const inspected = useSession((state) => state.inspected);
	if (view === null) return null;
	const spot = layerSpot(view, inspected === null || inspected.kind === "derived" ? null : inspected);
	return spot === null ? <MatrixPage view={view} /> : <LayerPanel view={view} spot={spot} />;
}

function MatrixPage({ view }: { readonly view: View }) {
	const texts = useText().matrix;
	const [scroller, shown, measure] = useWindow<HTMLDivElement>();
	const canvas = useRef<HTMLCanvasElement>(null);
	const palette = useRef<{ readonly theme: number; readonly colours: Palette } | null>(null);
	const [chosen, setChosen] = useState<CellAddress | null>(null);
	const [pointed, setPointed] = useState<CellAddress | null>(null);
	const moved = useRef(false);
	const theme = useThemeVersion();
	const width = shown?.width ?? 0;
	const model = useMemo(() => matrixModel(view), [view]);
	const layout = useMemo(
		() => layoutOf(model, width, (block) => partsWidth(blockSymbol(view, texts, block))),
		[model, width, view, texts],
	);
	const active = chosen !== null && isCell(layout, chosen) ? chosen : firstCell(layout);
	const size = gridSize(layout);
	const hasTiles = layout.blocks.some(({ tiles }) => tiles);
	const window = useMemo(() => (shown === null ? null : windowOn(layout, shown)), [layout, shown]);

	// The panel scrolls by itself, so that a step never moves the page. What it shows is known from its last scrolling:
	// asking the page would have it laid out in the middle of the step. Scrolling does so, too, and waits for the frame.
	// biome-ignore lint/correctness/useExhaustiveDependencies: a reader who scrolls elsewhere stays there until the next step
	useLayoutEffect(() => {
		const focus = focusBox(layout);
		if (shown === null || focus === null) return undefined;
		const frame = requestAnimationFrame(() => {
			if (scroller.current !== null) show(scroller.current, shown, focus);
		});
		return () => cancelAnimationFrame(frame);
	}, [layout, scroller]);

	useLayoutEffect(() => {
		if (canvas.current === null || window === null || !hasTiles) return;
		// `theme` counts the changes of the colours that are read from the page.
		if (palette.current?.theme !== theme) palette.current = { theme, colours: paletteOf(canvas.current) };
		paintTiles(canvas.current, view, layout.blocks, window, palette.current.colours);
	}, [view, layout, window, hasTiles, theme]);

	// biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the tab stop
	useLayoutEffect(() => {
		if (!moved.current) return;
		moved.current = false;
		scroller.current?.querySelector<SVGElement>("[data-cell][tabindex='0']")?.focus({ preventScroll: true });
	}, [active, scroller]);

	function subjectOf(cell: CellAddress): Subject {
		return layout.blocks[cell.block].block.cell(cell.row, cell.column);
	}
	function point(cell: CellAddress | null) {
		if (sameCell(cell, pointed)) return;
		setPointed(cell);
		setHovered(cell === null ? null : subjectOf(cell));
	}
	function onPointerMove(event: PointerEvent<HTMLDivElement>) {
		const { left, top } = event.currentTarget.getBoundingClientRect();
		point(cellAt(layout, event.clientX - left, event.clientY - top));
	}
	function choose(cell: CellAddress) {
		setChosen(cell);
		point(cell);
	}
	function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
		const { key } = event;
		if (event.altKey || event.metaKey || event.shiftKey) return;
		if (key === "Enter" || key === " ") {
			event.preventDefault();
			event.stopPropagation();
			inspect(subjectOf(active));
			return;
		}
		const target = moveCell(layout, active, key, event.ctrlKey);
		if (target === null) return;
		event.preventDefault();
		event.stopPropagation();
		moved.current = true;
		choose(target);
		if (scroller.current === null || shown === null) return;
		show(scroller.current, shown, grown(cellBox(layout.blocks[target.block], target), 8));
	}
	return (
		<div className={styles.panel} data-panel="matrix">
			<div className={styles.scroller} ref={scroller} onScroll={measure}>
				{/* biome-ignore lint/a11y/useSemanticElements: the cells are drawn */}
				<div
					role="grid"
					aria-label={`${texts.grid}. ${texts.help}`}
					aria-rowcount={size.rows}
					aria-colcount={size.columns}
					className={styles.sheet}
					style={{ width: layout.width, height: layout.height }}
					onPointerMove={onPointerMove}
					onPointerLeave={() => point(null)}
					onClick={(event) => {
						const { left, top } = event.currentTarget.getBoundingClientRect();
						const cell = cellAt(layout, event.clientX - left, event.clientY - top);
						if (cell === null) return;
						choose(cell);
						inspect(subjectOf(cell));
					}}
					onKeyDown={onKeyDown}
					onFocus={() => point(active)}
					onBlur={() => point(null)}
				>
					{hasTiles && window !== null && (
						<canvas
							ref={canvas}
							className={styles.tiles}
							style={{ ...PALETTE_STYLE, width: window.width, height: window.height }}
						/>
					)}
					{shown !== null && <Drawing view={view} layout={layout} shown={shown} active={active} />}
				</div>
			</div>
			<Footer view={view} direction={model.direction} layout={layout} pointed={pointed} />
		</div>
	);
}

/** What the scroller shows of the tables: no more than there is of them. */
function windowOn({ width, height }: MatrixLayout, shown: Box): Box {
	return { ...shown, width: Math.min(shown.width, width), height: Math.min(shown.height, height) };
}

function isCell({ blocks }: MatrixLayout, { block, row, column }: CellAddress): boolean {
	const found = blocks[block]?.block;
	return found !== undefined && row < found.rows && column < found.columns;
}

/** The tab stop: what the stage made, else the first cell. */
function firstCell({ blocks }: MatrixLayout): CellAddress {
	for (let block = blocks.length - 1; block >= 0; block--) {
		const own = blocks[block].block;
		if (own.strong !== null) return { block, ...own.strong };
		if (own.lit === "none") continue;
		for (let row = 0; row < own.rows; row++) {
			for (let column = 0; column < own.columns; column++) {
				if (isLit(own, { row, column })) return { block, row, column };
			}
		}
	}
	return { block: 0, row: 0, column: 0 };
}

/** Round a frame the numbers of its column are in view too. */
const FRAME_ROOM = 14;

/** What has to be in view after a step. */
function focusBox({ blocks, frames }: MatrixLayout): Box | null {
	const strong = blocks.flatMap((placed) =>
		placed.block.strong === null ? [] : [grown(cellBox(placed, placed.block.strong), 8)],
	);
	return hull(strong.length > 0 ? strong : frames.map((frame) => grown(frame, FRAME_ROOM)));
}

function show(element: HTMLElement, window: Box, box: Box): void {
	const { left, top } = scrollTo(window, box);
	if (left !== window.x) element.scrollLeft = left;
	if (top !== window.y) element.scrollTop = top;
}
