import { type MouseEvent, type PointerEvent, type RefObject, useEffect } from "react";
import { referencesOf } from "../../engine/evaluate.ts";
import type { Reading, Subject } from "../../explain/reading.ts";
import { inspect } from "../../store/actions.ts";
import { hoverStore, setHovered } from "../../store/hover.ts";
import type { View } from "../../store/view.ts";

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

/** The reading of the mark under a pointer, or of one close by. */
function readingUnder(event: MouseEvent<Element>, view: View): Reading | null {
	const root = event.currentTarget;
	const { clientX, clientY } = event;
	let mark = event.target instanceof Element ? event.target.closest("[data-ref]") : null;
	for (const { x, y } of AROUND) mark ??= markAt(clientX + x, clientY + y, root);
	const id = mark?.getAttribute("data-ref");
	return id == null ? null : view.find(id);
}

/** What a pointer does on the drawing: every mark lights its like, and opens its explanation. */
export function pointerHandlers(view: View) {
	return {
		onClick(event: MouseEvent<Element>) {
			if (event.target instanceof Element && event.target.closest("button, dialog, [role='listbox']") !== null) return;
			const subject = readingUnder(event, view)?.subject ?? null;
			if (subject !== null) inspect(subject);
		},
		onPointerMove(event: PointerEvent<Element>) {
			if (event.pointerType !== "touch") setHovered(readingUnder(event, view)?.subject ?? null);
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
export function useLitMarks(root: RefObject<HTMLElement | null>, view: View): void {
	useEffect(() => {
		const show = () => {
			const element = root.current;
			if (element === null) return;
			for (const mark of element.querySelectorAll("[data-lit]")) mark.removeAttribute("data-lit");
			const { number } = hoverStore.getState();
			if (number === null) return;
			const [own = "", ...parts] = litIds(view, number);
			const products = number.kind === "parameter" ? [`[data-ref^="(* "][data-ref*="${CSS.escape(own)}"]`] : [];
			const exact = [own, ...parts].map((id) => `[data-ref="${CSS.escape(id)}"]`);
			for (const mark of element.querySelectorAll([...exact, ...products].join())) mark.setAttribute("data-lit", "");
		};
		show();
		return hoverStore.subscribe(show);
	}, [root, view]);
}
