import { type RefObject, useLayoutEffect, useState } from "react";

/** The width of an element in CSS pixels, whole; 0 until it has been laid out. */
export function useWidth(element: RefObject<HTMLElement>): number {
	const [width, setWidth] = useState(0);
	useLayoutEffect(() => {
		const measured = element.current;
		if (measured === null) return undefined;
		setWidth(Math.floor(measured.clientWidth));
		const observer = new ResizeObserver(([entry]) => {
			if (entry) setWidth(Math.floor(entry.contentRect.width));
		});
		observer.observe(measured);
		return () => observer.disconnect();
	}, [element]);
	return width;
}
