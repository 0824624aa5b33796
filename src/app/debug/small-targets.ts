/** Sides of a square that a control should fill, in CSS pixels: WCAG 2.2's minimum (2.5.8), and what is easy to hit. */
export const SIZES = [24, 44] as const;

export interface SmallTarget {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	/** The first of the sizes that it does not fill. */
	readonly size: (typeof SIZES)[number];
}

const CONTROLS =
	"a[href], button, input, select, textarea, summary, [tabindex]:not(h1, h2, h3), [role='button'], [role='gridcell']";

/** Whether a control's middle is neither scrolled away nor covered. */
function isOnTop(control: Element, x: number, y: number): boolean {
	const top = document.elementFromPoint(x, y);
	return top !== null && (control.contains(top) || top.contains(control));
}

/**
 * Controls in sight that are smaller than one of the sizes, but for those of the report itself. Links within a text are as
 * high as its lines must be.
 */
export function smallTargets(root: ParentNode, report: Element | null): readonly SmallTarget[] {
	const own = report?.closest("details") ?? null;
	return [...root.querySelectorAll<HTMLElement | SVGElement>(CONTROLS)].flatMap((control): readonly SmallTarget[] => {
		const { x, y, width, height } = control.getBoundingClientRect();
		const isSeen =
			control.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && height > 1;
		if (!isSeen || own?.contains(control) === true || getComputedStyle(control).display === "inline") return [];
		if (!isOnTop(control, x + width / 2, y + height / 2)) return [];
		const size = SIZES.find((side) => width < side || height < side);
		return size === undefined ? [] : [{ x, y, width, height, size }];
	});
}
