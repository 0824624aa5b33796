import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { Size } from "./layout.ts";

/** The size of an element's content box, kept up to date; null until it has been measured. */
export function useSize<T extends HTMLElement>(): readonly [RefObject<T | null>, Size | null] {
	const ref = useRef<T>(null);
	const [size, setSize] = useState<Size | null>(null);
	useLayoutEffect(() => {
		const element = ref.current;
		if (element === null) return;
		const measure = () => {
			const width = Math.floor(element.clientWidth);
			const height = Math.floor(element.clientHeight);
			setSize((before) => (before?.width === width && before.height === height ? before : { width, height }));
		};
		measure();
		const observer = new ResizeObserver(measure);
		observer.observe(element);
		return () => observer.disconnect();
	}, []);
	return [ref, size];
}
