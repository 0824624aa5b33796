/** How one value of a link is written and read. */
export interface ValueType<T> {
	/** The values it takes, as a reader of the documentation sees them. */
	readonly form: string;
	/** Undefined for anything it does not take. */
	readonly parse: (text: string) => T | undefined;
}

/** What a parameter decides: what is computed, where one stands, what is around, how it looks, how it behaves. */
export type ParameterKind = "content" | "position" | "chrome" | "look" | "behaviour";

export interface Parameter<T> {
	readonly kind: ParameterKind;
	readonly type: ValueType<T>;
	/** What is used where the key is absent or refused, as told to a reader. */
	readonly fallback: string;
	readonly longest: number;
}

const LONGEST_VALUE = 200;

export function parameter<T>(
	kind: ParameterKind,
	type: ValueType<T>,
	fallback: string,
	longest = LONGEST_VALUE,
): Parameter<T> {
	return { kind, type, fallback, longest };
}

export function choice<const T extends string>(values: readonly T[]): ValueType<T> {
	return { form: values.join(" | "), parse: (text) => values.find((value) => value === text) };
}

const YES = ["1", "true", "yes", ""];
const NO = ["0", "false", "no"];

/** `1 | true | yes`, or the key alone. */
export const flag: ValueType<boolean> = {
	form: "1 | 0",
	parse: (text) => (YES.includes(text) ? true : NO.includes(text) ? false : undefined),
};

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

export function number(minimum: number, maximum: number): ValueType<number> {
	return {
		form: `${minimum} … ${maximum}`,
		parse: (text) => {
			const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
			return value >= minimum && value <= maximum ? value : undefined;
		},
	};
}

export function whole(minimum: number, maximum: number): ValueType<number> {
	return {
		form: `whole number ${minimum} … ${maximum}`,
		parse: (text) => {
			const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
			return value >= minimum && value <= maximum ? value : undefined;
		},
	};
}

export function pattern(form: string, allowed: RegExp): ValueType<string> {
	return { form, parse: (text) => (allowed.test(text) ? text : undefined) };
}

/** A list in which every item must be taken; `a,b`. */
export function list<T>(item: ValueType<T>, separator = ","): ValueType<readonly T[]> {
	return {
		form: `${item.form}, or several with ${separator} between them`,
		parse: (text) => {
			const found = text.split(separator).flatMap((part) => item.parse(part.trim()) ?? []);
			return found.length === text.split(separator).length ? found : undefined;
		},
	};
}

/** Text for people, shown as text and never as markup. */
export function plainText(longest: number): ValueType<string> {
	return {
		form: `text of 1 to ${longest} characters`,
		parse: (text) => {
			const trimmed = text.replaceAll(/\p{Cc}+/gu, " ").trim();
			return trimmed !== "" && Array.from(trimmed).length <= longest ? trimmed : undefined;
		},
	};
}

export const colour: ValueType<string> = {
	form: "rrggbb",
	parse: (text) => (/^[0-9a-f]{6}$/i.test(text) ? `#${text.toLowerCase()}` : undefined),
};
