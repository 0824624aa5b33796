import {
	type KeyboardEvent,
	type MouseEvent,
	memo,
	type PointerEvent,
	useCallback,
	useMemo,
	useRef,
	useState,
} from "react";
import { goTo, toggleBreakpoint } from "../../store/actions.ts";
import { useSession, useSettings, useText } from "../../store/hooks.ts";
import { isOutside } from "../../store/range.ts";
import type { Opened } from "../../store/session.ts";
import { nodeAt, unitPlace } from "../../timeline/cursor.ts";
import { GroupCells } from "./group-cells.tsx";
import { placeLabels, placeNames } from "./label-places.ts";
import {
	cellEnd,
	type GroupBox,
	layoutTimeline,
	leafAt,
	middleOf,
	type TimelineBlock,
	unitsDone,
	unitUnder,
} from "./layout.ts";
import { groupLabel } from "./names.ts";
import { PhaseBand } from "./phase-band.tsx";
import { ScrubSlider } from "./scrub-slider.tsx";
import styles from "./timeline.module.css";
import { useWidth } from "./use-width.ts";

/** The stages of the iteration as bands of cells: past filled, the current one ink, the future hatched. */
export function TimelineView() {
	const opened = useSession((state) => state.opened);
	const line = useRef<HTMLDivElement>(null);
	const width = useWidth(line);
	return (
		<div className={styles.timeline} ref={line}>
			{opened !== null && width > 0 && <Line opened={opened} width={width} />}
		</div>
	);
}

function Line({ opened, width }: { readonly opened: Opened; readonly width: number }) {
	const { timeline, failure } = opened;
	const text = useText();
	const notation = useSettings((settings) => settings.notation);
	const leaf = useSession((state) => state.cursor.leaf);
	const iteration = useSession((state) => state.cursor.iteration);
	const depth = useSession((state) => state.depth);
	const range = useSession((state) => state.range);
	const breakpoints = useSession((state) => state.breakpoints);
	const [focused, setFocused] = useState<number | null>(null);

	const here = nodeAt(timeline, leaf, "term");
	const pass = here.phase?.pass ?? timeline.settings.iterSize - 1;
	const layout = useMemo(() => layoutTimeline(timeline, pass, width), [timeline, pass, width]);
	const labels = useMemo(
		() => new Map(timeline.groups.map((stage) => [stage, groupLabel(text, timeline.structure, stage, notation)])),
		[timeline, text, notation],
	);
	const group = here.group?.index ?? -1;
	const shown = useMemo(
		() => placeLabels(layout.groups, ({ stage }) => labels.get(stage) ?? { symbol: "", word: "" }, group),
		[layout, labels, group],
	);
	const node = nodeAt(timeline, leaf, depth);
	const go = useCallback((to: number) => void goTo({ iteration, leaf: to }), [iteration]);

	// One tab stop: the cell last focused, else the one where the reader stands.
	const stop = focused ?? leaf;
	const element = useRef<HTMLDivElement>(null);
	const focusLeaf = (target: number) => {
		setFocused(target);
		element.current?.querySelector<HTMLElement>(`[data-leaf="${target}"]`)?.focus({ preventScroll: true });
	};

	function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
		const cell = event.target instanceof HTMLElement ? Number(event.target.dataset.leaf ?? Number.NaN) : Number.NaN;
		if (Number.isNaN(cell) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
		const ends = tabEnds(layout.groups);
		const place = ends.indexOf(cell);
		const target = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: ends.length - 1 }[event.key];
		if (target !== undefined) {
			const next = ends[Math.min(ends.length - 1, Math.max(0, target))];
			if (next !== undefined) focusLeaf(next);
		} else if (event.key === "b" || event.key === "B") toggleBreakpoint(cell);
		else return;
		event.preventDefault();
		event.stopPropagation();
	}

	function cellOf(event: MouseEvent<HTMLDivElement>): number | null {
		const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-leaf]") : null;
		if (cell === null) return null;
		const box = layout.groups.find(({ stage, bar }) => bar && String(stage.index) === cell.dataset.bar);
		// A key press on a bar comes as a click without a place: then its end is meant.
		if (box === undefined || event.detail === 0) return Number(cell.dataset.leaf);
		const left = element.current?.getBoundingClientRect().left ?? 0;
		return cellEnd(box.stage, unitUnder(box, event.clientX - left));
	}

	function onClick(event: MouseEvent<HTMLDivElement>) {
		const cell = cellOf(event);
		if (cell === null) return;
		if (event.shiftKey) toggleBreakpoint(cell);
		else go(cell);
	}

	function onContextMenu(event: MouseEvent<HTMLDivElement>) {
		const cell = cellOf(event);
		if (cell === null) return;
		event.preventDefault();
		toggleBreakpoint(cell);
	}

	return (
		<>
			<Bands blocks={layout.blocks} width={width} current={here.phase?.index ?? -1} />
			<Scrubber width={width} leafAt={(x) => leafAt(layout, x)} go={go} middle={middleOf(layout, leaf)}>
				<ScrubSlider opened={opened} />
			</Scrubber>
			<div
				ref={element}
				className={styles.cells}
				role="toolbar"
				aria-label={text.app.timeline}
				onKeyDown={onKeyDown}
				onClick={onClick}
				onContextMenu={onContextMenu}
				// A click goes there; it does not take the keyboard, or the arrows would no longer step.
				onMouseDown={(event) => event.preventDefault()}
			>
				{layout.blocks.map((block) =>
					block.kind === "passes" ? (
						<PassesBox
							key={`passes ${block.from}`}
							block={block}
							done={leaf >= block.last}
							iterSize={timeline.settings.iterSize}
						/>
					) : null,
				)}
				{layout.groups.map((box) => {
					const { stage } = box;
					const last = stage.first + stage.leaves - 1;
					const holds = node.last >= stage.first && node.first <= last;
					return (
						<GroupCells
							key={stage.index}
							box={box}
							label={labels.get(stage) ?? { symbol: "", word: "" }}
							shown={shown.get(stage.index)}
							structure={timeline.structure}
							notation={notation}
							text={text}
							done={unitsDone(stage, leaf)}
							from={holds ? unitPlace(stage, Math.max(node.first, stage.first)) : -1}
							to={holds ? unitPlace(stage, Math.min(node.last, last)) : -1}
							outside={isOutside(range, iteration, stage.first, last)}
							failing={
								failure !== null && failure.leaf >= stage.first && failure.leaf <= last
									? unitPlace(stage, failure.leaf)
									: -1
							}
							tabStop={stop >= stage.first && stop <= last ? unitPlace(stage, stop) : -1}
							breakpoints={breakpointsIn(breakpoints, stage.first, last)}
							onFocusCell={setFocused}
						/>
					);
				})}
			</div>
		</>
	);
}

/** Leaves that the arrows visit: the end of every cell, of a bar only its last. */
function tabEnds(groups: readonly GroupBox[]): number[] {
	return groups.flatMap(({ stage, bar }) =>
		bar ? [cellEnd(stage, stage.units - 1)] : Array.from({ length: stage.units }, (_, unit) => cellEnd(stage, unit)),
	);
}

/** As one text, so that a group without a change is not drawn anew. */
function breakpointsIn(breakpoints: ReadonlySet<number>, first: number, last: number): string {
	if (breakpoints.size === 0) return "";
	return [...breakpoints].filter((leaf) => leaf >= first && leaf <= last).join(" ");
}

const Bands = memo(function Bands({
	blocks,
	width,
	current,
}: {
	readonly blocks: readonly TimelineBlock[];
	readonly width: number;
	readonly current: number;
}) {
	const { phases, phasesShort } = useText().app;
	const names = useMemo(
		() => placeNames(blocks, width, ({ name }, short) => (short ? phasesShort : phases)[name]),
		[blocks, width, phases, phasesShort],
	);
	return (
		<div className={styles.bands} aria-hidden="true">
			{names.map(({ index, ...place }) => (
				<PhaseBand key={index} {...place} current={index === current} />
			))}
		</div>
	);
});

type PassesBlock = Extract<TimelineBlock, { readonly kind: "passes" }>;

function PassesBox({
	block,
	done,
	iterSize,
}: {
	readonly block: PassesBlock;
	readonly done: boolean;
	readonly iterSize: number;
}) {
	const text = useText();
	const { passes } = text.app;
	return (
		<div className={styles.group} style={{ left: block.x, width: block.width }}>
			<button
				type="button"
				tabIndex={-1}
				className={styles.cell}
				data-state={done ? "past" : "future"}
				data-leaf={block.last}
				aria-label={`${passes(block.from + 1, block.to + 1)} · ${iterSize}`}
			/>
			<span className={styles.label}>{passes(block.from + 1, block.to + 1)}</span>
		</div>
	);
}

interface ScrubberProps {
	readonly width: number;
	readonly middle: number;
	readonly leafAt: (x: number) => number;
	readonly go: (leaf: number) => void;
	readonly children: React.ReactNode;
}

/** The row above the cells: the pointer in it is dragged, or the slider in it moved by keys. */
function Scrubber({ width, middle, leafAt: leafUnder, go, children }: ScrubberProps) {
	const dragging = useRef(false);
	const follow = (event: PointerEvent<HTMLDivElement>) =>
		go(leafUnder(event.clientX - event.currentTarget.getBoundingClientRect().left));
	return (
		<div
			className={styles.scrubber}
			style={{ width }}
			onPointerDown={(event) => {
				if (event.button !== 0) return;
				dragging.current = true;
				event.currentTarget.setPointerCapture(event.pointerId);
				follow(event);
			}}
			onPointerMove={(event) => {
				if (dragging.current) follow(event);
			}}
			onPointerUp={() => {
				dragging.current = false;
			}}
			onPointerCancel={() => {
				dragging.current = false;
			}}
		>
			{children}
			<svg
				className={styles.pointer}
				style={{ transform: `translateX(${middle - 6}px)` }}
				width="12"
				height="9"
				aria-hidden="true"
			>
				<path d="M0 0H12V4L6 9L0 4Z" />
			</svg>
		</div>
	);
}
