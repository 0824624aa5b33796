import { useEffect, useState } from "react";

/** How long a page around may take to give the frame the height that was asked for. */
const PATIENCE_MS = 600;
const SMALLEST = 320;
const TOLERANCE = 2;

/**
 * The height to fill, in pixels; null where the content makes its own. Where nobody answers, it has to do with the frame
 * that it has.
 * @param answered the page around gives the height that is asked for
 * @param always the height is given, and no other is asked for
 */
export function useFit(answered: boolean, always: boolean): number | null {
	const [fit, setFit] = useState<number | null>(null);
	useEffect(() => {
		let filling = always;
		const take = () => setFit(filling ? Math.max(SMALLEST, globalThis.innerHeight) : null);
		take();
		const timer = setTimeout(() => {
			const height = document.querySelector("[data-content]")?.getBoundingClientRect().height ?? 0;
			filling ||= !answered && Math.abs(height - globalThis.innerHeight) > TOLERANCE;
			take();
		}, PATIENCE_MS);
		globalThis.addEventListener("resize", take);
		return () => {
			clearTimeout(timer);
			globalThis.removeEventListener("resize", take);
		};
	}, [answered, always]);
	return fit;
}
