import { presetIds } from "../../data/preset.ts";
import { opening } from "../../data/presets/opening.ts";
import type { NotationId } from "../../explain/notation.ts";
import { type LanguageId, languages } from "../../i18n/languages.ts";
import { DEPTHS } from "../../timeline/cursor.ts";
import {
	choice,
	colour,
	flag,
	list,
	number,
	type Parameter,
	parameter,
	pattern,
	plainText,
	type ValueType,
	whole,
} from "./parameter-types.ts";

/** Parts of the page that an author may take away or bring back. */
export const PARTS = [
	"title",
	"timeline",
	"ledger",
	"panels",
	"loss",
	"notation",
	"settings",
	"reset",
	"help",
	"link",
] as const;
export type Part = (typeof PARTS)[number];

export const LAYOUTS = ["full", "standard", "compact", "bare"] as const;
export type Layout = (typeof LAYOUTS)[number];

const notations: readonly NotationId[] = ["ufldl", "caffe", "pytorch"];

/** The best match of a language tag: `zh-TW` is served by `zh-CN`, an unknown one by none. */
const language: ValueType<LanguageId> = {
	form: languages.map(({ id }) => id).join(" | "),
	parse: (text) => {
		const tag = text.toLowerCase();
		const [base] = tag.split("-");
		const exact = languages.find(({ id }) => id.toLowerCase() === tag);
		return (exact ?? languages.find(({ id }) => id.toLowerCase().split("-")[0] === base))?.id;
	},
};

const place = pattern("start | forward | loss | backward | update | end | stage number | address", /^[\w.%~-]+$/);

const background: ValueType<string> = {
	form: `auto | transparent | ${colour.form}`,
	parse: (text) => (text === "auto" || text === "transparent" ? text : colour.parse(text)),
};

/**
 * Everything that an author may write into the query of a link, in the order of the documentation: the one source of
 * parsing, validation, documentation and of the attributes of `<delta-scope>`.
 */
const schema = {
	preset: parameter("content", choice(presetIds), opening.id),
	net: parameter("content", list(whole(1, 256), "-"), "the preset's"),
	act: parameter("content", list(choice(["sigmoid", "tanh", "relu", "linear"])), "the preset's"),
	loss: parameter("content", choice(["mse", "bce", "ce"]), "the preset's"),
	opt: parameter("content", choice(["sgd", "momentum", "nesterov", "adam"]), "the preset's"),
	lr: parameter("content", number(1e-6, 10), "the preset's"),
	data: parameter("content", choice(["xor", "or"]), "the preset's"),
	batch: parameter("content", whole(1, 32), "the preset's"),
	seed: parameter("content", whole(0, 2 ** 32 - 1), "the preset's"),
	s: parameter("content", pattern("what the page writes behind #s=", /^[\w.-]+$/), "nothing", 32_768),
	at: parameter("position", place, "start"),
	from: parameter("position", place, "start"),
	to: parameter("position", place, "no end"),
	gran: parameter("position", choice(DEPTHS), "unit"),
	autoplay: parameter("position", flag, "0"),
	speed: parameter("position", number(0.25, 4), "1"),
	ui: parameter("chrome", choice(LAYOUTS), "full; compact in the embed"),
	hide: parameter("chrome", list(choice(PARTS)), "nothing"),
	show: parameter("chrome", list(choice(PARTS)), "what the layout shows"),
	edit: parameter("chrome", flag, "1"),
	lock: parameter("chrome", list(choice(["net", "data", "weights", "solver", "seed", "all"])), "nothing"),
	links: parameter("chrome", flag, "1"),
	title: parameter("chrome", plainText(120), "the preset's"),
	theme: parameter("look", choice(["auto", "light", "dark", "projector", "contrast", "print"]), "auto"),
	bg: parameter("look", background, "auto"),
	pos: parameter("look", colour, "the theme's"),
	neg: parameter("look", colour, "the theme's"),
	fs: parameter("look", number(0.8, 2.5), "1"),
	digits: parameter("look", whole(2, 8), "4"),
	notation: parameter("look", choice(notations), "ufldl"),
	motion: parameter("look", choice(["auto", "none", "full"]), "auto"),
	lang: parameter("look", language, "en"),
	keys: parameter("behaviour", choice(["focus", "global", "off"]), "global; focus in a frame"),
	load: parameter("behaviour", choice(["eager", "visible", "click"]), "eager"),
	height: parameter("behaviour", choice(["auto", "fixed"]), "auto"),
	resize: parameter(
		"behaviour",
		list(choice(["auto", "deltascope", "embedly", "lti", "edx", "h5p", "pym", "amp", "none"])),
		"auto",
	),
	store: parameter("behaviour", choice(["auto", "off"]), "auto"),
	origin: parameter("behaviour", list(pattern("https://host", /^https?:\/\/[\w.:[\]-]+$/)), "any page"),
	fid: parameter("behaviour", pattern("1 to 32 of A–Z a–z 0–9 _ -", /^[\w-]{1,32}$/), "nothing"),
	debug: parameter("behaviour", flag, "0"),
} satisfies Record<string, Parameter<unknown>>;

type Parsed<P> = P extends Parameter<infer T> ? T : never;
type Schema = typeof schema;
export type ParameterKey = keyof Schema;
type Values = { readonly [K in ParameterKey]: Parsed<Schema[K]> };
export type ParameterValues = Partial<Values>;

export const parameters: { readonly [K in ParameterKey]: Parameter<Values[K]> } = schema;

/** In the order of the documentation. */
export const parameterKeys: readonly ParameterKey[] = Object.keys(schema).filter(isParameterKey);

export function isParameterKey(text: string): text is ParameterKey {
	return Object.hasOwn(schema, text);
}
