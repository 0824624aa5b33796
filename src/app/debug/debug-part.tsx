import { useState } from "react";
import { useText } from "../../store/hooks.ts";
import styles from "./debug.module.css";
import { SettingsReport } from "./settings-report.tsx";
import { TalkReport } from "./talk-report.tsx";
import { TargetGauge } from "./target-gauge.tsx";

/** What an author wants to know of a link that says `debug=1`. It lies over the page and takes none of its height. */
export default function DebugPart() {
	const { debug } = useText().app;
	const [open, setOpen] = useState(false);
	return (
		<aside className={styles.debug} aria-label={debug.title}>
			<details onToggle={(event) => setOpen(event.currentTarget.open)}>
				<summary>{debug.title}</summary>
				{open && (
					<>
						<SettingsReport query={location.search} />
						<TargetGauge />
						<TalkReport />
					</>
				)}
			</details>
		</aside>
	);
}
