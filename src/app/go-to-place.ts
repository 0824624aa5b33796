import { goTo } from "../store/actions.ts";
import { sessionStore } from "../store/session.ts";
import { addressText, MAXIMUM_ITERATION } from "../timeline/address.ts";
import type { Notice } from "./notice.ts";
import { resolvePlace } from "./resolve-place.ts";

/** Goes to a place as a link or a page around writes it; what does not exist is clamped and told. */
export async function goToPlace(at: string): Promise<readonly Notice[]> {
	const { opened, depth, cursor: here } = sessionStore.getState();
	if (opened === null) return [];
	const { cursor, problem } = resolvePlace(opened.timeline, here.iteration, depth, at);
	await goTo(cursor);
	const shown = sessionStore.getState();
	const reached =
		shown.cursor.iteration === Math.min(cursor.iteration, MAXIMUM_ITERATION) && shown.cursor.leaf === cursor.leaf;
	if ((problem === null && reached) || shown.opened === null) return [];
	// A run that failed on the way says so itself.
	if (problem === null && shown.cursor.leaf === shown.opened.failure?.leaf) return [];
	return [
		{ code: "nowhere", where: "at", what: at.slice(0, 40), instead: addressText(shown.opened.timeline, shown.cursor) },
	];
}
