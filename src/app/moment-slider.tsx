import { goTo } from "../store/actions.ts";
import { setFrame } from "../store/clock.ts";
import { useFrame, useText } from "../store/hooks.ts";
import { sessionStore } from "../store/session.ts";
import styles from "./transport.module.css";

/** The instant within the stage in motion: any of them can be held. */
export function MomentSlider() {
	const { app } = useText();
	const t = useFrame();
	return (
		<input
			type="range"
			className={styles.moment}
			min={0}
			max={100}
			value={Math.round(t * 100)}
			aria-label={app.moment}
			aria-valuetext={`${Math.round(t * 100)} %`}
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
