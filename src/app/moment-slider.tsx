import { useLayoutEffect, useRef } from "react";
import { goTo } from "../store/actions.ts";
import { type Frame, frameStore, setFrame } from "../store/clock.ts";
import { useText } from "../store/hooks.ts";
import { sessionStore } from "../store/session.ts";
import styles from "./transport.module.css";

/** The instant within the stage in motion: any of them can be held. */
export function MomentSlider() {
	const { app } = useText();
	const slider = useRef<HTMLInputElement>(null);
	// It moves every frame: only its place is written, nothing is drawn anew.
	useLayoutEffect(() => {
		const show = ({ t }: Frame) => {
			const percent = String(Math.round(t * 100));
			if (slider.current === null || slider.current.value === percent) return;
			slider.current.value = percent;
			slider.current.ariaValueText = `${percent} %`;
		};
		show(frameStore.getState());
		return frameStore.subscribe(show);
	}, []);
	return (
		<input
			ref={slider}
			type="range"
			className={styles.moment}
			min={0}
			max={100}
			defaultValue={100}
			aria-label={app.moment}
			aria-valuetext="100 %"
			title={app.moment}
			onChange={(event) => {
				const { leaving, cursor } = sessionStore.getState();
				// A step back still in motion shows the stage it left: first come to rest where one stands.
				if (leaving !== null) void goTo(cursor);
				setFrame(event.target.valueAsNumber / 100);
			}}
		/>
	);
}
