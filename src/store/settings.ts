import { subscribeWithSelector } from "zustand/middleware";
import { createStore } from "zustand/vanilla";
import type { NotationId } from "../explain/notation.ts";
import type { Catalogue } from "../i18n/catalogue.ts";
import { chooseLanguage, fallbackCatalogue, type LanguageId, languages } from "../i18n/languages.ts";
import { recallText, rememberText, stopStoring } from "./storage.ts";

export const THEMES = ["auto", "light", "dark", "projector", "contrast"] as const;
/** `print` is for links and pages around, not for the menu. */
export type ThemeId = (typeof THEMES)[number] | "print";
export const NOTATIONS: readonly NotationId[] = ["ufldl", "caffe", "pytorch"];
export type Motion = "auto" | "none" | "full";

/** Comfort: how things look and read. Never what they are; remembered where the browser lets us. */
export interface Settings {
	readonly theme: ThemeId;
	readonly language: LanguageId;
	readonly catalogue: Catalogue;
	readonly notation: NotationId;
	readonly motion: Motion;
	readonly digits: number;
	readonly decimal: "." | ",";
	/** Single-letter shortcuts can be turned off (WCAG 2.1.4). */
	readonly letterKeys: boolean;
	/** Formulas for one scalar, or for the layer's matrices. */
	readonly form: "scalar" | "matrix";
}

const KEY = "deltascope.settings";
type Remembered = Pick<
	Settings,
	"theme" | "language" | "notation" | "motion" | "digits" | "decimal" | "letterKeys" | "form"
>;

/** Storage may be blocked, full or another program's: then nothing is remembered, and nothing breaks. */
function recall(): Partial<Remembered> {
	try {
		const value: unknown = JSON.parse(recallText(KEY) ?? "{}");
		return typeof value === "object" && value !== null ? checked(value) : {};
	} catch {
		return {};
	}
}

function checked(value: object): Partial<Remembered> {
	const read = <T extends string>(key: string, allowed: readonly T[]): T | undefined => {
		const found: unknown = Reflect.get(value, key);
		return allowed.find((candidate) => candidate === found);
	};
	const digits: unknown = Reflect.get(value, "digits");
	const letterKeys: unknown = Reflect.get(value, "letterKeys");
	const theme = read("theme", THEMES);
	const language = read(
		"language",
		languages.map(({ id }) => id),
	);
	const notation = read("notation", NOTATIONS);
	const motion = read("motion", ["auto", "none", "full"] as const);
	const decimal = read("decimal", [".", ","] as const);
	const form = read("form", ["scalar", "matrix"] as const);
	return {
		...(theme ? { theme } : {}),
		...(language ? { language } : {}),
		...(notation ? { notation } : {}),
		...(motion ? { motion } : {}),
		...(decimal ? { decimal } : {}),
		...(form ? { form } : {}),
		...(typeof digits === "number" && Number.isInteger(digits) && digits >= 2 && digits <= 8 ? { digits } : {}),
		...(typeof letterKeys === "boolean" ? { letterKeys } : {}),
	};
}

function remember({ theme, language, notation, motion, digits, decimal, letterKeys, form }: Settings): void {
	const remembered: Remembered = { theme, language, notation, motion, digits, decimal, letterKeys, form };
	rememberText(KEY, JSON.stringify(remembered));
}

const USUAL: Settings = {
	theme: "auto",
	language: "en",
	catalogue: fallbackCatalogue,
	notation: "ufldl",
	motion: "auto",
	digits: 4,
	decimal: ".",
	letterKeys: true,
	form: "scalar",
};

/** The page's settings. */
export const settingsStore = createStore<Settings>()(
	subscribeWithSelector((): Settings => ({ ...USUAL, ...recall() })),
);

/** Leaves the browser's storage alone, whatever an earlier visit has left there. */
export function forgetSettings(): void {
	stopStoring();
	settingsStore.setState(USUAL);
}

/** Changes settings and remembers them. A language is fetched before it is shown. */
export async function changeSettings(change: Partial<Omit<Settings, "catalogue">>): Promise<void> {
	const { language, ...rest } = change;
	settingsStore.setState(rest);
	if (language !== undefined) {
		const catalogue = await languages.find(({ id }) => id === language)?.load();
		if (catalogue !== undefined) settingsStore.setState({ language, catalogue });
	}
	remember(settingsStore.getState());
}

/** The language of the last visit, else the browser's. Called once at the start. */
export async function openLanguage(wishes: readonly string[]): Promise<void> {
	const language = recall().language ?? chooseLanguage(wishes);
	const catalogue = await languages.find(({ id }) => id === language)?.load();
	if (catalogue !== undefined) settingsStore.setState({ language, catalogue });
}
