import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import type { Box } from "./boxes.ts";

/** What a scrolling element shows of its content; null until it has been laid out. */
export function useWindow<T extends HTMLElement>(): readonly [RefObject<T>, Box | null, () => void] {
	const ref = useRef<T>(null);
	const [box, setBox] = useState<Box | null>(null);
	const measure = useCallback(() => {
		const element = ref.current;
		if (element === null) return;
		const next = {
			x: element.scrollLeft,
			y: element.scrollTop,
			width: Math.floor(element.clientWidth),
			height: Math.floor(element.clientHeight),
		};
		setBox((before) =>
			before !== null &&
			before.x === next.x &&
			before.y === next.y &&
			before.width === next.width &&
			before.height === next.height
				? before
				: next,
		);
	}, []);
	useLayoutEffect(() => {
		const element = ref.current;
		if (element === null) return undefined;
		measure();
		const observer = new ResizeObserver(measure);
		observer.observe(element);
		return () => observer.disconnect();
	}, [measure]);
	return [ref, box, measure];
}
