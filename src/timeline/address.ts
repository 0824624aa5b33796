import { type Cursor, nodeAt } from "./cursor.ts";
import { type StageGroup, type Timeline, unitFirst, unitTerms } from "./timeline.ts";

/**
 * Addresses: `i<iteration>[.p<pass>].<phase>.<group>[.t<time>].<unit>.<term>`, all counted from 1; `p` only where
 * iter_size > 1, `t` only in a layer that goes through time steps.
 * A shorter address means the end of the node it names.
 */

/** The full address of a cursor. */
export function addressText(timeline: Timeline, cursor: Cursor): string {
	const { phase, group, time, unit, term } = nodeAt(timeline, cursor.leaf, "term");
	const pass = timeline.settings.iterSize > 1 && phase?.pass != null ? [`p${phase.pass + 1}`] : [];
	const step = time === null ? [] : [`t${time + 1}`];
	return [`i${cursor.iteration}`, ...pass, phase?.name, group?.key, ...step, (unit ?? 0) + 1, (term ?? 0) + 1].join(
		".",
	);
}

/** Why an address was not taken as it stands; the cursor is then the nearest that is. */
export type AddressProblem =
	| "malformed"
	| "no-such-phase"
	| "no-such-group"
	| "no-such-time"
	| "no-such-unit"
	| "no-such-term"
	| "no-such-pass";

export interface AddressResult {
	readonly cursor: Cursor;
	readonly problem: AddressProblem | null;
}

/** The largest iteration an address may name. */
export const MAXIMUM_ITERATION = 10_000_000;

const endOf = (group: StageGroup) => group.first + group.leaves - 1;

/** Reads an address from outside. Never throws; what does not exist is clamped and named. */
export function parseAddress(timeline: Timeline, text: string): AddressResult {
	const parts = text.split(".");
	const iterationMatch = /^i(\d{1,8})$/.exec(parts[0] ?? "");
	const iteration = Number(iterationMatch?.[1] ?? 1);
	const fallback = (problem: AddressProblem | null, leaf = 0): AddressResult => ({
		cursor: { iteration: Math.min(Math.max(iteration, 1), MAXIMUM_ITERATION), leaf },
		problem,
	});
	if (iterationMatch === null || iteration < 1 || iteration > MAXIMUM_ITERATION) return fallback("malformed");
	const passMatch = /^p(\d{1,6})$/.exec(parts[1] ?? "");
	const pass = passMatch === null ? 0 : Number(passMatch[1]) - 1;
	const rest = parts.slice(passMatch === null ? 1 : 2);
	if (rest.length === 0) return fallback(null, timeline.leaves - 1);
	if (pass < 0 || pass >= timeline.settings.iterSize) return fallback("no-such-pass");
	const phase = timeline.phases.find((candidate) => candidate.name === rest[0] && (candidate.pass ?? pass) === pass);
	if (phase === undefined) return fallback("no-such-phase");
	const phaseEnd = phase.first + phase.leaves - 1;
	if (rest.length === 1) return fallback(null, phaseEnd);
	const group = phase.groups.find((candidate) => candidate.key === rest[1]);
	if (group === undefined) return fallback("no-such-group", phase.first);
	if (rest.length === 2) return fallback(null, endOf(group));
	const timeMatch = /^t(\d{1,9})$/.exec(rest[2]);
	const time = timeMatch === null ? 0 : Number(timeMatch[1]) - 1;
	if ((timeMatch === null) !== (group.times === 1) || time < 0 || time >= group.times) {
		return fallback("no-such-time", endOf(group));
	}
	const inside = rest.slice(timeMatch === null ? 2 : 3);
	const each = group.units / group.times;
	if (inside.length === 0) {
		const last = each - 1;
		return fallback(null, unitFirst(group, last, time) + unitTerms(group, last, time) - 1);
	}
	const unit = countFrom1(inside[0]);
	if (unit < 0 || unit >= each) return fallback("no-such-unit", endOf(group));
	const begin = unitFirst(group, unit, time);
	const terms = unitTerms(group, unit, time);
	if (inside.length === 1) return fallback(null, begin + terms - 1);
	const term = countFrom1(inside[1]);
	if (term < 0 || term >= terms || inside.length > 2) return fallback("no-such-term", begin + terms - 1);
	return fallback(null, begin + term);
}

/** A number of an address, counted from 0; −1 for anything else. */
function countFrom1(text: string): number {
	return /^\d{1,9}$/.test(text) ? Number(text) - 1 : -1;
}
