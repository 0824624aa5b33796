import { useSession, useText, useView } from "../../store/hooks.ts";
import styles from "./ledger.module.css";
import { standingFocus, wordsFor } from "./ledger.tsx";
import { ViewContext } from "./math.tsx";
import { SentenceText } from "./sentence-text.tsx";

/** The ledger where there is room for one line: what this stage is, and why. */
export default function OneLine() {
	const view = useView();
	const text = useText();
	const failed = useSession(({ opened }) => opened?.failure?.reference);
	if (view === null) return null;
	const focus = standingFocus(view, failed ?? null);
	const main = focus.formulas.at(-1)?.subject;
	if (main === undefined) return null;
	const { title, why } = wordsFor(view, text, focus, main, false);
	return (
		<ViewContext.Provider value={view}>
			<span className={styles.oneLine}>
				<b>{title}</b> <SentenceText sentence={why} />
			</span>
		</ViewContext.Provider>
	);
}
