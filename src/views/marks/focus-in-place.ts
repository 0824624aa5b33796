const SCROLLS = /auto|scroll/;

/** The part of the page that scrolls an element; at last the page itself, never what is around it. */
function scrollerOf(element: Element): Element {
	for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
		if (SCROLLS.test(getComputedStyle(parent).overflowY) && parent.scrollHeight > parent.clientHeight) return parent;
	}
	return document.scrollingElement ?? document.documentElement;
}

/** How far to move for a span to lie within another; its start counts where it is too long. */
function distance(start: number, end: number, from: number, to: number): number {
	if (start < from) return start - from;
	return end > to ? Math.min(end - to, start - from) : 0;
}

/**
 * Brings an element into sight within its own scroller. `scrollIntoView` of a frame moves the page around, too.
 */
export function showInPlace(element: Element): void {
	const scroller = scrollerOf(element);
	const { top, bottom } = element.getBoundingClientRect();
	const isPage = scroller === document.scrollingElement;
	const room = isPage ? { top: 0, bottom: globalThis.innerHeight } : scroller.getBoundingClientRect();
	scroller.scrollTop += distance(top, bottom, room.top, room.bottom);
}

/** Gives an element the focus and brings it into sight, and leaves the page around a frame where it is. */
export function focusInPlace(element: HTMLElement | SVGElement | null | undefined): void {
	if (element === null || element === undefined) return;
	element.focus({ preventScroll: true });
	showInPlace(element);
}
