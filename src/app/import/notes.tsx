import { useEffect, useRef } from "react";
import { formatNumber } from "../../explain/number-text.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { useText } from "../../store/hooks.ts";
import { focusInPlace } from "../../views/marks/focus-in-place.ts";
import { closeDialog } from "../page-store.ts";
import type { Note } from "./experiments.ts";
import styles from "./import.module.css";
import { namesText } from "./refusal.ts";

function noteText({ imports }: Catalogue, note: Note): string {
	switch (note.code) {
		case "float32":
			return imports.notes.float32;
		case "drawn":
			return imports.notes.drawn(formatNumber(note.samples), String(note.seed));
		case "missing":
			return imports.notes.missing(namesText(note.layers));
		case "unused":
			return imports.notes.unused(namesText(note.layers));
	}
}

/** What a reader should know of what has just been opened. */
export function Notes({ notes }: { readonly notes: readonly Note[] }) {
	const text = useText();
	const button = useRef<HTMLButtonElement>(null);
	useEffect(() => focusInPlace(button.current), []);
	return (
		<div className={styles.imported}>
			<ul role="status">
				{notes.map((note) => (
					<li key={note.code}>{noteText(text, note)}</li>
				))}
			</ul>
			<div className={styles.actions}>
				<button ref={button} type="button" className="button" data-variant="primary" onClick={() => closeDialog()}>
					{text.app.close}
				</button>
			</div>
		</div>
	);
}
