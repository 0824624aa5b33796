import { useEffect, useState } from "react";
import { formatNumber } from "../explain/number-text.ts";
import { useSession, useText } from "../store/hooks.ts";
import { sessionStore } from "../store/session.ts";
import { cancelFetching } from "./cancel-fetching.ts";
import styles from "./shell.module.css";

/** A replay that takes a while says so, shows how far it is, and can be left. */
export function Fetching() {
	const { app } = useText();
	const fetching = useSession((state) => state.fetching);
	const [done, setDone] = useState<number | null>(null);
	useEffect(() => {
		setDone(null);
		if (fetching === null) return undefined;
		const timer = setInterval(() => setDone(sessionStore.getState().run?.runner.losses.length ?? 0), 100);
		return () => clearInterval(timer);
	}, [fetching]);
	if (fetching === null || done === null) return null;
	return (
		<div className={styles.fetching}>
			<span>{app.replaying(formatNumber(fetching))}</span>
			{done < fetching ? (
				<progress max={fetching} value={done} aria-label={app.iteration} />
			) : (
				<progress aria-label={app.iteration} />
			)}
			<button type="button" className="button" onClick={cancelFetching}>
				{app.cancel}
			</button>
		</div>
	);
}
