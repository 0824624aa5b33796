import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { Size } from "./layout.ts";

/** The size of an element's content box, kept up to date; null until it has been measured. */
export function useSize<T extends HTMLElement>(): readonly [RefObject<T>, Size | null] {
	const ref = useRef<T>(null);
	const [size, setSize] = useState<Size | null>(null);
	useLayoutEffect(() => {
		const element = ref.current;
		if (element === null) return;
		const take = (wide: number, high: number) => {
			const width = Math.floor(wide);
			const height = Math.floor(high);
			// A frame that is not laid out yet, or no longer: what stands there is not drawn smaller than nothing.
			if (width === 0 || height === 0) return;
			setSize((before) => (before?.width === width && before.height === height ? before : { width, height }));
		};
		take(element.clientWidth, element.clientHeight);
		// The observer's own figures: asking the element again would lay the page out once more.
		const observer = new ResizeObserver(([entry]) => {
			if (entry !== undefined) take(entry.contentRect.width, entry.contentRect.height);
		});
		observer.observe(element);
		return () => observer.disconnect();
	}, []);
	return [ref, size];
}
