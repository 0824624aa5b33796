import { useEffect, useState } from "react";

/** How long a page around may take to give the frame the height that was asked for. */
const PATIENCE_MS = 600;
const SMALLEST = 320;

/**
 * The height to fill, in pixels; null where the content makes its own. Content that is higher than its frame, and whom
 * nobody answers, has to do with the frame.
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
			filling ||= !answered && document.documentElement.scrollHeight > globalThis.innerHeight + 1;
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
