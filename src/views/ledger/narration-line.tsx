import { useContext } from "react";
import type { Subject } from "../../explain/reading.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import styles from "./ledger.module.css";
import { ViewContext } from "./math.tsx";
import { narrate, narrateSubject } from "./narration.ts";

/** What was announced, to be read again. */
export function InWords({ subject }: { readonly subject: Subject | null }) {
	const text = useText();
	const view = useContext(ViewContext);
	const language = useSettings((settings) => settings.language);
	const decimal = useSettings((settings) => settings.decimal);
	if (view === null) return null;
	const voice = { text, language, decimal };
	return (
		<p className={styles.inWords} data-narration>
			<strong>{text.ledger.inWords}</strong>{" "}
			{subject === null ? narrate(view, voice) : narrateSubject(view, voice, subject)}
		</p>
	);
}
