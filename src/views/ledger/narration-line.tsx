import { useContext } from "react";
import { useSettings, useText } from "../../store/hooks.ts";
import styles from "./ledger.module.css";
import { ViewContext } from "./math.tsx";
import { narrate } from "./narration.ts";

/** What was announced, to be read again. */
export function InWords() {
	const text = useText();
	const view = useContext(ViewContext);
	const language = useSettings((settings) => settings.language);
	const decimal = useSettings((settings) => settings.decimal);
	if (view === null) return null;
	return (
		<p className={styles.inWords} data-narration>
			<strong>{text.ledger.inWords}</strong> {narrate(view, { text, language, decimal })}
		</p>
	);
}
