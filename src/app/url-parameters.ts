import type { PresetId } from "../data/preset.ts";
import type { NotationId } from "../explain/notation.ts";
import { type LanguageId, languages } from "../i18n/languages.ts";
import { NOTATIONS, THEMES, type ThemeId } from "../store/settings.ts";
import { DEPTHS, type Depth } from "../timeline/cursor.ts";
import type { Notice } from "./notice.ts";

/** What a link asks for; a key that is absent or was refused is undefined. */
export interface PageParameters {
	readonly preset?: PresetId;
	readonly lang?: LanguageId;
	readonly theme?: ThemeId;
	readonly notation?: NotationId;
	readonly gran?: Depth;
	/** An address or a stage number, not yet held against a timeline. */
	readonly at?: string;
	readonly notices: readonly Notice[];
}

const LONGEST_VALUE = 200;
/** Enough of a refused value to recognise it. */
const SHOWN = 40;

export interface ParameterDefaults {
	readonly presets: readonly PresetId[];
	readonly preset: PresetId;
}

/** The best match of a language tag: `zh-TW` is served by `zh-CN`, an unknown one by none. */
function languageOf(tag: string): LanguageId | undefined {
	const [base] = tag.toLowerCase().split("-");
	const exact = languages.find(({ id }) => id.toLowerCase() === tag.toLowerCase());
	return (exact ?? languages.find(({ id }) => id.toLowerCase().split("-")[0] === base))?.id;
}

/**
 * Reads a query string from outside. Never throws: what is not understood is left out and listed in `notices`. Keys
 * that are not ours are ignored, for pages and learning platforms add their own.
 */
export function readParameters(query: string, { presets, preset }: ParameterDefaults): PageParameters {
	const given = new URLSearchParams(query);
	const notices: Notice[] = [];

	function read<T extends string>(
		where: string,
		fallback: string,
		find: (value: string) => T | undefined,
	): T | undefined {
		const values = given.getAll(where);
		const value = values.at(-1);
		if (value === undefined) return undefined;
		if (value.length > LONGEST_VALUE) {
			notices.push({ code: "too-long", where, instead: fallback });
			return undefined;
		}
		const found = find(value);
		if (found === undefined) notices.push({ code: "unknown", where, what: shorten(value), instead: fallback });
		else if (values.length > 1) notices.push({ code: "repeated", where, instead: found });
		return found;
	}

	const oneOf =
		<T extends string>(allowed: readonly T[]) =>
		(value: string) =>
			allowed.find((candidate) => candidate === value);
	const found = {
		preset: read("preset", preset, oneOf(presets)),
		lang: read("lang", "en", languageOf),
		theme: read("theme", "auto", oneOf(THEMES)),
		notation: read("notation", "ufldl", oneOf(NOTATIONS)),
		gran: read("gran", "unit", oneOf(DEPTHS)),
		at: read("at", "start", (value) => (/^[\w.%~-]+$/.test(value) ? value : undefined)),
	};
	return {
		...(found.preset === undefined ? {} : { preset: found.preset }),
		...(found.lang === undefined ? {} : { lang: found.lang }),
		...(found.theme === undefined ? {} : { theme: found.theme }),
		...(found.notation === undefined ? {} : { notation: found.notation }),
		...(found.gran === undefined ? {} : { gran: found.gran }),
		...(found.at === undefined ? {} : { at: found.at }),
		notices,
	};
}

function shorten(value: string): string {
	const letters = Array.from(value);
	return letters.length > SHOWN ? `${letters.slice(0, SHOWN).join("")}…` : value;
}
