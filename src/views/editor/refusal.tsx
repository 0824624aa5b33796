import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import styles from "./editor.module.css";

/** Takes the sentence of a refusal, or null when what was refused has been put right. */
type Report = (sentence: string | null) => void;

const RefusalContext = createContext<Report>(() => {});

/** Where a field or a button without room of its own says why an edit was refused. */
export function useReport(): Report {
	return useContext(RefusalContext);
}

/** A table or a row of buttons with one line under it for what was refused in it. */
export function RefusalArea({ children }: { readonly children: ReactNode }) {
	const [sentence, setSentence] = useState<string | null>(null);
	const report = useMemo<Report>(() => setSentence, []);
	return (
		<RefusalContext.Provider value={report}>
			{children}
			<div role="alert" className={styles.alert}>
				{sentence !== null && <Refusal sentence={sentence} />}
			</div>
		</RefusalContext.Provider>
	);
}

export function Refusal({ sentence, id }: { readonly sentence: string; readonly id?: string }) {
	return (
		<p id={id} className={styles.refusal}>
			{sentence}
		</p>
	);
}
