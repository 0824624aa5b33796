import { useEffect, useState } from "react";
import { goTo } from "../store/actions.ts";
import { useSession, useText } from "../store/hooks.ts";
import { sessionStore } from "../store/session.ts";
import { MAXIMUM_ITERATION } from "../timeline/address.ts";
import { startOf } from "../timeline/cursor.ts";
import { BackIcon, OnIcon } from "./first-icons.tsx";
import styles from "./step-choices.module.css";

/** From where one stands, which a second press may be ahead of what is drawn. */
function goBy(iterations: 1 | -1): void {
	const wanted = sessionStore.getState().cursor.iteration + iterations;
	if (wanted >= 1) void goTo(startOf(wanted));
}

/** ‹ iteration ›, with the number to type over. */
export function IterationStrip() {
	const { app } = useText();
	const iteration = useSession((state) => state.cursor.iteration);
	const [typed, setTyped] = useState(String(iteration));
	useEffect(() => setTyped(String(iteration)), [iteration]);

	function take() {
		const wanted = Number(typed);
		if (!/^\d{1,8}$/.test(typed) || wanted < 1 || wanted > MAXIMUM_ITERATION) setTyped(String(iteration));
		else if (wanted !== iteration) void goTo(startOf(wanted));
	}

	return (
		<form
			className={styles.iterations}
			onSubmit={(event) => {
				event.preventDefault();
				take();
			}}
		>
			<button
				type="button"
				className={styles.arrow}
				aria-label={app.previousIteration}
				title={app.previousIteration}
				aria-disabled={iteration <= 1}
				onClick={() => goBy(-1)}
			>
				<BackIcon />
			</button>
			<label>
				<span>{app.iteration}</span>
				<input
					inputMode="numeric"
					autoComplete="off"
					size={Math.max(2, typed.length)}
					value={typed}
					aria-label={app.goToIteration}
					onChange={(event) => setTyped(event.target.value.replace(/\D/g, "").slice(0, 8))}
					onBlur={take}
					onKeyDown={(event) => {
						if (event.key === "Escape") setTyped(String(iteration));
					}}
				/>
			</label>
			<button
				type="button"
				className={styles.arrow}
				aria-label={app.nextIteration}
				title={app.nextIteration}
				onClick={() => goBy(1)}
			>
				<OnIcon />
			</button>
		</form>
	);
}
