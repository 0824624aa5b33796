import { type CSSProperties, memo, type PointerEvent, useLayoutEffect, useRef } from "react";
import { useStore } from "zustand";
import { type BlockReading, blockSubject, placeInBlock, type Subject, valueOfBlock } from "../../explain/reading.ts";
import { hoverStore, setHovered } from "../../store/hover.ts";
import styles from "./marks-parts.module.css";
import { paintTiles } from "./paint-tiles.ts";
import { PALETTE_STYLE, type Palette, paletteOf } from "./palette.ts";
import { keepPainter } from "./repaint.ts";
import { mapBox, type TileGeometry, tileAt, tileBox, tilePlace } from "./tile-geometry.ts";
import { useThemeVersion } from "./use-theme-version.ts";

export interface TilesProps {
	readonly block: BlockReading;
	readonly geometry: TileGeometry;
	/** The layer's largest size. */
	readonly maximum: number;
	/** Where it stands, from the corner of what it is laid into; in the flow of the page where that is left out. */
	readonly x?: number;
	readonly y?: number;
	/** The cell in focus, and the map around it. */
	readonly focus?: number | null;
	readonly back?: boolean;
	/** What a press on a cell leads to. Without it the tiles are only looked at. */
	readonly onExplain?: (subject: Subject) => void;
}

const maxima = new WeakMap<BlockReading, number>();

/** The largest size in a row of numbers: the scale of tiles that stand by themselves. */
export function blockMaximumOf(block: BlockReading): number {
	const found = maxima.get(block);
	if (found !== undefined) return found;
	let largest = 0;
	for (let place = 0; place < block.known; place++) {
		const size = Math.abs(valueOfBlock(block, place) ?? 0);
		if (size > largest && Number.isFinite(size)) largest = size;
	}
	const maximum = largest === 0 ? 1 : largest;
	maxima.set(block, maximum);
	return maximum;
}

/**
 * A blob of very many numbers as tiles on a canvas: one map, or a stack of them. Pointing at a cell lights its number
 * elsewhere; the keyboard reaches it through what lies over the tiles.
 */
export const Tiles = memo(function Tiles({
	block,
	geometry,
	maximum,
	x,
	y,
	focus = null,
	back = false,
	onExplain,
}: TilesProps) {
	const canvas = useRef<HTMLCanvasElement>(null);
	const palette = useRef<{ readonly theme: number; readonly colours: Palette } | null>(null);
	const theme = useThemeVersion();
	useLayoutEffect(() => {
		if (canvas.current === null) return;
		if (palette.current?.theme !== theme) palette.current = { theme, colours: paletteOf(canvas.current) };
		const { current: tiles } = canvas;
		const paint = (colours: Palette) => paintTiles(tiles, { block, geometry, maximum, back, palette: colours });
		paint(palette.current.colours);
		keepPainter(tiles, () => {
			// A film lasts while tiles change: from here on they have the colours that it is taken in.
			palette.current = { theme, colours: paletteOf(tiles) };
			paint(palette.current.colours);
		});
	}, [block, geometry, maximum, back, theme]);
	const subjectAt = (event: PointerEvent<Element> | React.MouseEvent<Element>) => {
		const { left, top } = event.currentTarget.getBoundingClientRect();
		const place = tileAt(geometry, event.clientX - left, event.clientY - top);
		return place === null ? null : blockSubject(block, place);
	};
	const placed = x === undefined || y === undefined ? {} : { position: "absolute" as const, left: x, top: y };
	return (
		<div
			data-mark="tiles"
			data-first={block.id}
			data-count={block.count}
			data-known={block.known}
			className={styles.tiles}
			style={{ width: geometry.width, height: geometry.height, ...placed }}
			{...(onExplain === undefined
				? {}
				: {
						onClick: (event) => {
							const subject = subjectAt(event);
							if (subject !== null) onExplain(subject);
						},
						onPointerMove: (event) => setHovered(subjectAt(event)),
						onPointerLeave: () => setHovered(null),
					})}
		>
			<canvas ref={canvas} style={{ ...PALETTE_STYLE, width: geometry.width, height: geometry.height }} />
			{focus !== null && focus < block.count && <Focus geometry={geometry} place={focus} />}
			<Lit block={block} geometry={geometry} />
		</div>
	);
});

/** A ring that is wide enough to be seen round a cell of any size. */
function ring(geometry: TileGeometry, place: number, room: number): CSSProperties {
	const { x, y, width, height } = tileBox(geometry, place);
	return { left: x - room, top: y - room, width: width + 2 * room, height: height + 2 * room };
}

/** The cell in focus, and of a stack the map that it lies in. */
function Focus({ geometry, place }: { readonly geometry: TileGeometry; readonly place: number }) {
	const { x, y, width, height } = mapBox(geometry, tilePlace(geometry, place).map);
	return (
		<>
			{geometry.maps > 1 && (
				<div className={styles.mapRing} style={{ left: x - 2, top: y - 2, width: width + 4, height: height + 4 }} />
			)}
			<div className={styles.tileRing} style={ring(geometry, place, 1.5)} />
		</>
	);
}

/** The cell whose number is hovered or focused anywhere on the page. */
function Lit({ block, geometry }: { readonly block: BlockReading; readonly geometry: TileGeometry }) {
	const place = useStore(hoverStore, ({ number }) => placeInBlock(block, number));
	return place < 0 ? null : <div data-lit className={styles.tileLit} style={ring(geometry, place, 1.5)} />;
}
