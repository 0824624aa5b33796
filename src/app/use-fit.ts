import { useEffect, useState } from "react";

/** How long a page around may take to give the frame the height that was asked for. */
const PATIENCE_MS = 600;
const SMALLEST = 320;

/**
 * The height to fill, in pixels; null where the content makes its own. Content that is higher than its frame, and whom
 * nobody answers, has to do with the frame; so has what is told to, and what stands in no frame.
 */
export function useFit(framed: boolean, fixed: boolean): number | null {
	const [fit, setFit] = useState<number | null>(null);
	useEffect(() => {
		let filling = fixed || !framed;
		const take = () => setFit(filling ? Math.max(SMALLEST, globalThis.innerHeight) : null);
		take();
		const timer = setTimeout(() => {
			filling ||= document.documentElement.scrollHeight > globalThis.innerHeight + 1;
			take();
		}, PATIENCE_MS);
		globalThis.addEventListener("resize", take);
		return () => {
			clearTimeout(timer);
			globalThis.removeEventListener("resize", take);
		};
	}, [framed, fixed]);
	return fit;
}
