import { referenceText, type ScalarReference } from "../../engine/reference.ts";
import { makeReading, type Reading } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";

/** W·δ of one edge, known as soon as its δ is. */
export function messageReadingOf(view: View, weight: ScalarReference, delta: ScalarReference, factor: number): Reading {
	const known = view.read(delta);
	const status = known.status === "not-finite" ? "known" : known.status;
	return makeReading(`${referenceText(delta)}#message/${referenceText(weight)}`, delta, status, view.value(weight) * view.value(delta) * factor);
}
