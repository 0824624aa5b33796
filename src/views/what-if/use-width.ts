import { type RefObject, useEffect, useRef, useState } from "react";

/** The width of an element, followed as it changes; null until it is measured. */
export function useWidth<T extends HTMLElement>(): readonly [RefObject<T>, number | null] {
	const element = useRef<T>(null);
	const [width, setWidth] = useState<number | null>(null);
	useEffect(() => {
		if (element.current === null) return undefined;
		const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry.contentRect.width)));
		observer.observe(element.current);
		return () => observer.disconnect();
	}, []);
	return [element, width];
}
