import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** Of a column that has not been measured yet. */
const USUAL = 500;

/** The width of an element in pixels, and its type's size. */
export function useWidth(): readonly [RefObject<HTMLDivElement>, number] {
	const element = useRef<HTMLDivElement>(null);
	const [width, setWidth] = useState(USUAL);
	useLayoutEffect(() => {
		const { current } = element;
		if (current === null) return;
		const measure = () => setWidth(Math.floor(current.clientWidth));
		measure();
		const observer = new ResizeObserver(measure);
		observer.observe(current);
		return () => observer.disconnect();
	}, []);
	return [element, width];
}
