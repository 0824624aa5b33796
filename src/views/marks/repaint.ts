const painters = new WeakMap<HTMLCanvasElement, () => void>();

/** Keeps how a canvas is painted, so that a picture of it can be taken in other colours than the page's. */
export function keepPainter(canvas: HTMLCanvasElement, paint: () => void): void {
	painters.set(canvas, paint);
}

/** Paints every canvas under an element anew at once, in the colours that are in force there. */
export function repaint(element: Element): void {
	for (const canvas of element.querySelectorAll("canvas")) painters.get(canvas)?.();
}
