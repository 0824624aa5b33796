import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useSession, useText } from "../../store/hooks.ts";
import styles from "./debug.module.css";
import { SIZES, type SmallTarget, smallTargets } from "./small-targets.ts";

/** Outlines around small controls, over the page, and how many there are. */
export function TargetGauge() {
	const { debug } = useText().app;
	const cursor = useSession((state) => state.cursor);
	const element = useRef<HTMLElement>(null);
	const [found, setFound] = useState<readonly SmallTarget[]>([]);
	// biome-ignore lint/correctness/useExhaustiveDependencies: a step brings other controls
	useEffect(() => {
		let asked = 0;
		const look = () => {
			cancelAnimationFrame(asked);
			asked = requestAnimationFrame(() => setFound(smallTargets(document, element.current)));
		};
		look();
		const sizes = new ResizeObserver(look);
		sizes.observe(document.body);
		// What scrolls inside of the page tells nobody but itself.
		document.addEventListener("scroll", look, { capture: true, passive: true });
		document.addEventListener("click", look, { capture: true });
		return () => {
			cancelAnimationFrame(asked);
			sizes.disconnect();
			document.removeEventListener("scroll", look, { capture: true });
			document.removeEventListener("click", look, { capture: true });
		};
	}, [cursor]);
	return (
		<section ref={element}>
			<h2>{debug.targets}</h2>
			{SIZES.map((side) => (
				<p key={side} className={styles.legend} data-size={side}>
					{debug.smaller(String(found.filter(({ size }) => size === side).length), String(side))}
				</p>
			))}
			{createPortal(
				<div className={styles.gauge} aria-hidden="true">
					{found.map(({ x, y, width, height, size }) => (
						<i key={`${x} ${y} ${width}`} data-size={size} style={{ left: x, top: y, width, height }} />
					))}
				</div>,
				document.body,
			)}
		</section>
	);
}
