import { EngineError } from "./problem.ts";

/** How float settings are kept: Caffe's protobuf floats are float32 values widened to double. */
export type Precision = "double" | "caffe";

/** Settings as written: only what stands in the file, scalars or lists of them, nested for fillers and shapes. */
export type PlainValue = number | string | boolean | PlainSettings | readonly PlainValue[];
export interface PlainSettings {
	readonly [field: string]: PlainValue;
}

export interface ReadContext {
	readonly layer: string;
	readonly line?: number;
	readonly precision: Precision;
}

/**
 * One field of a schema. The schema is the only description of a setting: prototxt, forms, links and documentation
 * read it. `T` is what the layer's code sees after defaults.
 */
export interface Field<T> {
	readonly type: "integer" | "float" | "boolean" | "choice" | "string" | "message";
	readonly repeated: boolean;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly choices?: readonly string[];
	/** A choice that Caffe's files write as a text in quotes, not as the name of an enumeration. */
	readonly quoted?: boolean;
	readonly fields?: Schema;
	/** Reads what was written (`undefined`: nothing), or throws an {@link EngineError} with code `setting`. */
	read(written: PlainValue | undefined, name: string, context: ReadContext): T;
}

export type Schema = Readonly<Record<string, Field<unknown>>>;
export type SettingsOf<S extends Schema> = { readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never };

export interface Range {
	readonly minimum?: number;
	readonly maximum?: number;
}

function refuse(name: string, context: ReadContext, expected: string, found: PlainValue | undefined): never {
	throw new EngineError({
		code: "setting",
		layer: context.layer,
		setting: name,
		expected,
		found: found === undefined ? "" : JSON.stringify(found),
		...(context.line === undefined ? {} : { line: context.line }),
	});
}

function rangeText(kind: string, range: Range): string {
	if (range.minimum !== undefined && range.maximum !== undefined) return `${kind} ${range.minimum} … ${range.maximum}`;
	if (range.minimum !== undefined) return `${kind} ≥ ${range.minimum}`;
	if (range.maximum !== undefined) return `${kind} ≤ ${range.maximum}`;
	return kind;
}

function readInteger(value: PlainValue | undefined, name: string, context: ReadContext, range: Range): number {
	const inRange =
		typeof value === "number" &&
		Number.isInteger(value) &&
		value >= (range.minimum ?? Number.NEGATIVE_INFINITY) &&
		value <= (range.maximum ?? Number.POSITIVE_INFINITY);
	return inRange ? value : refuse(name, context, rangeText("integer", range), value);
}

function readFloat(value: PlainValue | undefined, name: string, context: ReadContext, range: Range): number {
	const inRange =
		typeof value === "number" &&
		!Number.isNaN(value) &&
		value >= (range.minimum ?? Number.NEGATIVE_INFINITY) &&
		value <= (range.maximum ?? Number.POSITIVE_INFINITY);
	if (!inRange) return refuse(name, context, rangeText("number", range), value);
	return roundFloat(value, context.precision);
}

/** A float setting as the given precision keeps it. */
export function roundFloat(value: number, precision: Precision): number {
	return precision === "caffe" ? Math.fround(value) : value;
}

function asList(written: PlainValue | undefined): readonly PlainValue[] {
	if (written === undefined) return [];
	return isList(written) ? written : [written];
}

/** Whether a written value is a list. */
export function isList(value: PlainValue): value is readonly PlainValue[] {
	return Array.isArray(value);
}

/** Whether a written value is a message. */
export function isMessage(value: PlainValue): value is PlainSettings {
	return typeof value === "object" && !Array.isArray(value);
}

export function integer(fallback: number, range: Range = {}): Field<number> {
	return {
		type: "integer",
		repeated: false,
		...range,
		read: (written, name, context) => (written === undefined ? fallback : readInteger(written, name, context, range)),
	};
}

export function requiredInteger(range: Range = {}): Field<number> {
	return {
		type: "integer",
		repeated: false,
		...range,
		read: (w, name, context) => readInteger(w, name, context, range),
	};
}

export function optionalInteger(range: Range = {}): Field<number | undefined> {
	return {
		type: "integer",
		repeated: false,
		...range,
		read: (w, name, context) => (w === undefined ? undefined : readInteger(w, name, context, range)),
	};
}

export function integers(range: Range = {}): Field<readonly number[]> {
	return {
		type: "integer",
		repeated: true,
		...range,
		read: (w, name, context) => asList(w).map((value) => readInteger(value, name, context, range)),
	};
}

export function float(fallback: number, range: Range = {}): Field<number> {
	return {
		type: "float",
		repeated: false,
		...range,
		read: (w, name, context) =>
			w === undefined ? roundFloat(fallback, context.precision) : readFloat(w, name, context, range),
	};
}

export function requiredFloat(range: Range = {}): Field<number> {
	return { type: "float", repeated: false, ...range, read: (w, name, context) => readFloat(w, name, context, range) };
}

/** Several numbers. */
export function floats(range: Range = {}): Field<readonly number[]> {
	return {
		type: "float",
		repeated: true,
		...range,
		read: (w, name, context) => asList(w).map((value) => readFloat(value, name, context, range)),
	};
}

export function flag(fallback: boolean): Field<boolean> {
	return {
		type: "boolean",
		repeated: false,
		read: (w, name, context) => {
			if (w === undefined) return fallback;
			return typeof w === "boolean" ? w : refuse(name, context, "true or false", w);
		},
	};
}

export function optionalFlag(): Field<boolean | undefined> {
	return {
		type: "boolean",
		repeated: false,
		read: (w, name, context) => {
			if (w === undefined) return undefined;
			return typeof w === "boolean" ? w : refuse(name, context, "true or false", w);
		},
	};
}

/** An enumeration, by name or, as protobuf allows, by number: its position, counted from `first`. */
export function choice<const C extends readonly string[]>(
	choices: C,
	fallback: C[number],
	first = 0,
): Field<C[number]> {
	const field = optionalChoice(choices, first);
	return { ...field, read: (w, name, context) => field.read(w, name, context) ?? fallback };
}

export function optionalChoice<const C extends readonly string[]>(choices: C, first = 0): Field<C[number] | undefined> {
	return {
		type: "choice",
		repeated: false,
		choices,
		read: (w, name, context) => {
			if (w === undefined) return undefined;
			const found = typeof w === "number" ? choices[w - first] : choices.find((candidate) => candidate === w);
			return found ?? refuse(name, context, choices.join(", "), w);
		},
	};
}

/** Which implementation Caffe is to take: read and written back, without a meaning here. */
export function engineChoice() {
	return choice(["DEFAULT", "CAFFE", "CUDNN"], "DEFAULT");
}

/** A choice that files write in quotes. */
export function quotedChoice<const C extends readonly string[]>(choices: C, fallback: C[number]): Field<C[number]> {
	return { ...choice(choices, fallback), quoted: true };
}

export function text(fallback: string): Field<string> {
	return {
		type: "string",
		repeated: false,
		read: (w, name, context) => {
			if (w === undefined) return fallback;
			return typeof w === "string" ? w : refuse(name, context, "text", w);
		},
	};
}

export function message<S extends Schema>(fields: S): Field<SettingsOf<S>> {
	return {
		type: "message",
		repeated: false,
		fields,
		read: (w, name, context) => {
			if (w !== undefined && !isMessage(w)) return refuse(name, context, "{ … }", w);
			return readSettings(fields, w ?? {}, context, `${name}.`);
		},
	};
}

/** A message that stands for another than its fields' defaults where it is not written at all. */
export function optionalMessage<S extends Schema>(fields: S, fallback: PlainSettings): Field<SettingsOf<S>> {
	const field = message(fields);
	return { ...field, read: (w, name, context) => field.read(w ?? fallback, name, context) };
}

export function messages<S extends Schema>(fields: S): Field<readonly SettingsOf<S>[]> {
	return {
		type: "message",
		repeated: true,
		fields,
		read: (w, name, context) =>
			asList(w).map((value) =>
				isMessage(value) ? readSettings(fields, value, context, `${name}.`) : refuse(name, context, "{ … }", value),
			),
	};
}

/**
 * Reads written settings by their schema: defaults filled in, ranges checked, floats rounded where Caffe rounds.
 * @throws EngineError `setting` or `unknown-setting`, with the layer and line of the context.
 */
export function readSettings<S extends Schema>(
	schema: S,
	written: PlainSettings,
	context: ReadContext,
	prefix = "",
): SettingsOf<S> {
	for (const name of Object.keys(written)) {
		if (!Object.hasOwn(schema, name)) {
			throw new EngineError({
				code: "unknown-setting",
				layer: context.layer,
				setting: prefix + name,
				...(context.line === undefined ? {} : { line: context.line }),
			});
		}
	}
	const read: Partial<Record<keyof S, unknown>> = {};
	for (const name of Object.keys(schema) as (keyof S & string)[]) {
		read[name] = schema[name].read(Object.hasOwn(written, name) ? written[name] : undefined, prefix + name, context);
	}
	return read as SettingsOf<S>;
}
