import { encodeState } from "../../formats/link/codec.ts";
import type { Layout, ParameterKey, Part } from "../../formats/link/parameters.ts";
import type { WrittenState } from "../../formats/model/state.ts";
import type { LanguageId } from "../../i18n/languages.ts";
import type { Lock } from "../../store/session.ts";
import type { ThemeId } from "../../store/settings.ts";
import { setupOf } from "../setup.ts";

type Notation = NonNullable<NonNullable<WrittenState["view"]>["notation"]>;

/** What a person chooses of a link and of an embedded page. */
export interface Choices {
	readonly hidden: ReadonlySet<Part>;
	readonly locked: ReadonlySet<Lock>;
	readonly opensAt: "stage" | "start";
	/** How much of the run the reader is locked into. */
	readonly range: "all" | "iteration" | "phase";
	readonly layout: Exclude<Layout, "full">;
	readonly width: number;
	readonly height: number;
	/** `auto` leaves it to the reader's system. */
	readonly theme: ThemeId | "print";
	/** Null leaves it to the reader's browser. */
	readonly language: LanguageId | null;
	readonly notation: Notation;
}

/** What an author may take away or bring back; the rest always stays. */
export const SHOWABLE: readonly Part[] = ["title", "timeline", "ledger", "panels", "loss", "notation"];
export const LOCKABLE: readonly Lock[] = ["net", "data", "weights", "solver", "seed"];

/** Chat programs begin to cut here. */
export const SAFE_LENGTH = 1500;
/** No longer link is made. */
export const LONGEST_LINK = 8000;

/** What the layout itself leaves out. */
export function usuallyHidden(layout: Choices["layout"]): ReadonlySet<Part> {
	return setupOf({ ui: layout }, layout, true).hidden;
}

export interface Address {
	readonly query: readonly (readonly [ParameterKey, string])[];
	/** The word behind `#s=`; null where the query says it all. */
	readonly state: string | null;
}

function shownState(state: WrittenState, { opensAt, notation }: Choices): WrittenState {
	const { at, view = {}, ...rest } = state;
	const { inspected, notation: _own, ...others } = view;
	const stays = opensAt === "stage";
	return {
		...rest,
		...(stays && at !== undefined ? { at } : {}),
		view: {
			...others,
			...(stays && inspected !== undefined ? { inspected } : {}),
			...(notation === "ufldl" ? {} : { notation }),
		},
	};
}

/** Whether a preset's name, a place and a granularity say it all: then the link can be read. */
function isPlain({ view = {}, ...state }: WrittenState): boolean {
	const plain = ["v", "preset", "at", "gran"];
	return Object.keys(state).every((key) => plain.includes(key)) && Object.keys(view).every((key) => key === "notation");
}

/** The iteration that one stands in, or its phase, as an address; undefined for all of the run. */
function rangeOf({ at = "i1" }: WrittenState, range: Choices["range"]): string | undefined {
	const [iteration, ...rest] = at.split(".");
	if (range === "all") return undefined;
	const pass = rest.findIndex((part) => !/^p\d+$/.test(part));
	return range === "iteration" ? iteration : [iteration, ...rest.slice(0, pass + 1)].join(".");
}

/** The address of what is seen, for the whole page or for an embedded one. */
export async function addressOf(state: WrittenState, choices: Choices, embedded: boolean): Promise<Address> {
	const shown = shownState(state, choices);
	const plain = isPlain(shown);
	const { layout, hidden, locked, theme, language, notation } = choices;
	const usual = usuallyHidden(layout);
	const hide = SHOWABLE.filter((part) => hidden.has(part) && !usual.has(part));
	const show = SHOWABLE.filter((part) => !hidden.has(part) && usual.has(part));
	const bounds = rangeOf(state, choices.range);
	const lock = LOCKABLE.every((one) => locked.has(one)) ? ["all"] : LOCKABLE.filter((one) => locked.has(one));
	const query: (readonly [ParameterKey, string | undefined])[] = [
		// The embedded page of a preset brings its data along, whatever has been changed in it.
		["preset", plain || embedded ? shown.preset : undefined],
		["at", plain ? shown.at : undefined],
		["from", bounds],
		["to", bounds],
		["gran", plain ? shown.gran : undefined],
		["ui", embedded && layout !== "compact" ? layout : undefined],
		["hide", embedded && hide.length > 0 ? hide.join(",") : undefined],
		["show", embedded && show.length > 0 ? show.join(",") : undefined],
		["lock", lock.length > 0 ? lock.join(",") : undefined],
		["theme", theme === "auto" ? undefined : theme],
		["notation", notation],
		["lang", language ?? undefined],
	];
	return {
		query: query.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
		state: plain ? null : await encodeState(shown),
	};
}

/** The address as text behind a page's own; commas and points stay readable. */
export function urlOf(page: string, { query, state }: Address): string {
	const url = new URL(page);
	url.search = query
		.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%7E", "~")}`)
		.join("&");
	url.hash = state === null ? "" : `s=${state}`;
	return url.href;
}

/** The address of the embedded page: a preset has a page of its own, with its picture as the first paint. */
export function embedUrlOf(page: string, { query, state }: Address): string {
	const preset = query.find(([key]) => key === "preset")?.[1];
	if (preset === undefined) return urlOf(page, { query, state });
	return urlOf(new URL(`${preset}/`, page).href, { query: query.filter(([key]) => key !== "preset"), state });
}

export type LengthJudgement = "fine" | "long" | "refused";

export function judgeLength(length: number): LengthJudgement {
	if (length > LONGEST_LINK) return "refused";
	return length > SAFE_LENGTH ? "long" : "fine";
}
