import * as v from "valibot";

/** What every message carries, either way. Objects only: a naive listener on another page must not trip over it. */
export interface Envelope {
	readonly ns: "deltascope";
	readonly v: 1;
	readonly type: string;
	readonly fid?: string;
	/** Asks for an answer under this name. */
	readonly rid?: string;
	/** The message that this one answers. */
	readonly re?: string;
	readonly p?: unknown;
}

const name = v.pipe(v.string(), v.maxLength(64));
const state = v.pipe(v.string(), v.maxLength(32_768));
const setting = v.union([v.pipe(v.string(), v.maxLength(200)), v.number(), v.boolean()]);
const step = v.optional(v.object({ gran: v.optional(v.picklist(["iteration", "phase", "layer", "unit", "term"])) }));
const nothing = v.optional(v.unknown());

const envelope = v.object({
	ns: v.literal("deltascope"),
	v: v.literal(1),
	type: name,
	rid: v.optional(name),
	p: v.optional(v.unknown()),
});
export type Incoming = v.InferOutput<typeof envelope>;

const typed = <const T extends string, P extends v.GenericSchema>(type: T, p: P) =>
	v.object({ type: v.literal(type), p });

const command = v.variant("type", [
	typed(
		"init",
		v.optional(
			v.object({
				want: v.optional(v.pipe(v.array(name), v.maxLength(20)), []),
				theme: v.optional(name),
				lang: v.optional(name),
				maxHeight: v.optional(v.pipe(v.number(), v.minValue(200), v.maxValue(20_000))),
				state: v.optional(state),
			}),
			{},
		),
	),
	typed("ping", nothing),
	typed("set", v.record(name, setting)),
	typed("goto", v.object({ at: v.pipe(v.string(), v.maxLength(200)) })),
	typed("next", step),
	typed("prev", step),
	typed("first", nothing),
	typed("last", nothing),
	typed("play", nothing),
	typed("pause", nothing),
	typed("reset", nothing),
	typed("undo", nothing),
	typed("redo", nothing),
	typed("getstate", nothing),
	typed("setstate", v.object({ s: state })),
	typed(
		"snapshot",
		v.optional(
			v.object({
				format: v.optional(v.picklist(["svg", "png"]), "svg"),
				theme: v.optional(v.picklist(["light", "dark", "projector", "print"])),
				scale: v.optional(v.pipe(v.number(), v.minValue(0.25), v.maxValue(4)), 2),
			}),
			{},
		),
	),
	typed("table", v.object({ what: v.picklist(["weights", "activations", "gradients", "trace"]) })),
	typed("visible", v.object({ visible: v.boolean() })),
	typed("focusenter", v.optional(v.object({ mode: v.optional(v.picklist(["forward", "reverse"]), "forward") }), {})),
	typed("print", nothing),
]);
export type Command = v.InferOutput<typeof command>;

const KNOWN: readonly string[] = command.options.map(({ entries }) => entries.type.literal);

/** Part of the contract and answered as such, but nothing that this version does. */
const UNSUPPORTED: readonly string[] = ["lesson", "predict", "challenge", "present"];

/** Why a message was not acted on. */
export interface Refusal {
	readonly code: "unknown-type" | "unsupported" | "invalid" | "failed";
	readonly message: string;
	readonly field?: string;
}

/** A message from a page around; null for whatever else arrives. Never throws. */
export function readEnvelope(data: unknown): Incoming | null {
	const result = v.safeParse(envelope, data);
	return result.success ? result.output : null;
}

/** What a message asks for, or why it is refused. */
export function readCommand({ type, p }: Incoming): Command | Refusal {
	if (UNSUPPORTED.includes(type)) return { code: "unsupported", message: `${type} is not supported` };
	if (!KNOWN.includes(type)) return { code: "unknown-type", message: `${type} is unknown` };
	const result = v.safeParse(command, { type, p });
	if (result.success) return result.output;
	const [issue] = result.issues;
	const field = v.getDotPath(issue);
	return { code: "invalid", message: issue.message.slice(0, 200), ...(field === null ? {} : { field }) };
}

export function isRefusal(read: Command | Refusal): read is Refusal {
	return "code" in read;
}
