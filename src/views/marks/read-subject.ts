import type { Reading, Subject } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";

/** What a view holds of a number, recorded or a part of a formula. */
export function readSubject(view: View, subject: Subject): Reading {
	return subject.kind === "derived" ? view.derive(subject.expression) : view.read(subject);
}
