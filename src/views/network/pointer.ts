import {
	type MouseEvent,
	type MutableRefObject,
	type PointerEvent,
	type RefObject,
	useEffect,
	useLayoutEffect,
	useRef,
} from "react";
import { referencesOf } from "../../engine/evaluate.ts";
import type { Reading, Subject } from "../../explain/reading.ts";
import { inspect } from "../../store/actions.ts";
import { hoverStore, setHovered } from "../../store/hover.ts";
import type { View } from "../../store/view.ts";
import type { PictureEmphasis } from "../marks/scene.ts";
import { tileAt } from "../marks/tile-geometry.ts";
import type { NetworkLayout } from "./layout.ts";
import { unitReference } from "./readings.ts";
import { showsDelta } from "./tile-columns.tsx";

/** How far beside a thin mark a pointer still means it. */
const TOLERANCE = 7;
const AROUND = [0, 1, 2, 3, 4, 5, 6, 7].map((place) => {
	const angle = (place * Math.PI) / 4;
	return { x: Math.cos(angle) * TOLERANCE, y: Math.sin(angle) * TOLERANCE };
});

function markAt(x: number, y: number, root: Element): Element | null {
	const hit = document.elementFromPoint(x, y)?.closest("[data-ref]") ?? null;
	return hit !== null && root.contains(hit) ? hit : null;
}

/** The number of the tile under a pointer. */
function tileUnder(event: MouseEvent<Element>, { view, layout, emphasis }: Scene): Subject | null {
	const { left, top } = event.currentTarget.getBoundingClientRect();
	const x = event.clientX - left;
	const y = event.clientY - top;
	for (const column of layout.columns) {
		const { box, tiles, group } = column;
		if (box === null || tiles === null) continue;
		const unit = tileAt(tiles, x - box.x, y - box.y);
		if (unit === null) continue;
		const delta = showsDelta(emphasis, column);
		return unitReference(view, group, delta ? "z" : "a", delta ? "diff" : "data", unit);
	}
	return null;
}

/** The reading of the mark under a pointer, or of one close by. */
function readingUnder(event: MouseEvent<Element>, view: View): Reading | null {
	const root = event.currentTarget;
	const { clientX, clientY } = event;
	let mark = event.target instanceof Element ? event.target.closest("[data-ref]") : null;
	for (const { x, y } of AROUND) mark ??= markAt(clientX + x, clientY + y, root);
	const id = mark?.getAttribute("data-ref");
	return id == null ? null : view.find(id);
}

interface Scene {
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly emphasis: PictureEmphasis;
}

/** What a pointer does on the drawing: every mark lights its like, and opens its explanation. */
function pointerHandlers(view: View, layout: NetworkLayout, emphasis: PictureEmphasis) {
	const scene: Scene = { view, layout, emphasis };
	const subjectUnder = (event: MouseEvent<Element>) =>
		tileUnder(event, scene) ?? readingUnder(event, view)?.subject ?? null;
	return {
		onClick(event: MouseEvent<Element>) {
			if (event.target instanceof Element && event.target.closest("button, dialog, [role='listbox']") !== null) return;
			const subject = subjectUnder(event);
			if (subject !== null) inspect(subject);
		},
		onPointerMove(event: PointerEvent<Element>) {
			if (event.pointerType !== "touch") setHovered(subjectUnder(event));
		},
		onPointerLeave: () => setHovered(null),
	};
}

/** The ids of the marks that stand for a number, or for what it is made of. */
function litIds(view: View, subject: Subject): readonly string[] {
	if (subject.kind !== "derived") return [view.read(subject).id];
	return [view.derive(subject.expression).id, ...referencesOf(subject.expression).map((part) => view.read(part).id)];
}

/** Lights the marks of the number that is hovered or focused anywhere on the page; without drawing anything again. */
function useLitMarks(root: RefObject<HTMLElement>, view: View): void {
	const lit = useRef<Element[]>([]);
	useEffect(() => {
		const show = () => {
			const element = root.current;
			if (element === null) return;
			for (const mark of lit.current) mark.removeAttribute("data-lit");
			lit.current = [];
			const { number } = hoverStore.getState();
			if (number === null) return;
			const [own = "", ...parts] = litIds(view, number);
			const products = number.kind === "parameter" ? [`[data-ref^="(* "][data-ref*="${CSS.escape(own)}"]`] : [];
			const exact = [own, ...parts].map((id) => `[data-ref="${CSS.escape(id)}"]`);
			lit.current = [...element.querySelectorAll([...exact, ...products].join())];
			for (const mark of lit.current) mark.setAttribute("data-lit", "");
		};
		show();
		return hoverStore.subscribe(show);
	}, [root, view]);
}

export type PointerHandlers = ReturnType<typeof pointerHandlers>;

interface PointerProps extends Scene {
	readonly root: RefObject<HTMLElement>;
	/** Where the drawing finds what a pointer does. */
	readonly handlers: MutableRefObject<PointerHandlers | null>;
}

/** Draws nothing: gives the drawing its pointer. */
export function Pointer({ root, handlers, view, layout, emphasis }: PointerProps): null {
	useLayoutEffect(() => {
		handlers.current = pointerHandlers(view, layout, emphasis);
	}, [handlers, view, layout, emphasis]);
	useLitMarks(root, view);
	return null;
}
