import { type ParameterValues, parameters } from "../formats/link/parameters.ts";
import { goTo } from "../store/actions.ts";
import { compareCursors } from "../store/range.ts";
import { sessionStore } from "../store/session.ts";
import type { Notice } from "./notice.ts";
import { type ResolvedPlace, resolvePlace, resolveStart } from "./resolve-place.ts";

/** Locks the reader into the part of the run that a link names; an end that does not exist is left open, and told. */
export async function lockRange({ from, to }: ParameterValues): Promise<readonly Notice[]> {
	const { opened, depth, cursor } = sessionStore.getState();
	if (opened === null) return [];
	const notices: Notice[] = [];
	const taken = (where: "from" | "to", text: string | undefined, resolve: typeof resolvePlace) => {
		if (text === undefined) return null;
		const place: ResolvedPlace = resolve(opened.timeline, 1, depth, text);
		if (place.problem === null) return place.cursor;
		notices.push({ code: "nowhere", where, what: text.slice(0, 40), instead: parameters[where].fallback });
		return null;
	};
	const first = taken("from", from, resolveStart) ?? { iteration: 1, leaf: 0 };
	const last = taken("to", to, resolvePlace);
	if (last !== null && compareCursors(first, last) >= 0) {
		return [...notices, { code: "unsuitable", where: "to", instead: parameters.to.fallback }];
	}
	sessionStore.setState({ range: { from: first, to: last } });
	await goTo(cursor);
	return notices;
}
