import * as v from "valibot";
import { migrate } from "./migrations.ts";
import { exactNumber } from "./numbers.ts";
import { StateError } from "./problem.ts";

/** The version that this page writes. */
export const STATE_VERSION = 1;

/** Weights that a link may spell out; a file may hold any number. */
export const LINK_WEIGHTS = 600;

const name = v.pipe(v.string(), v.maxLength(200));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1));
const text = v.pipe(v.string(), v.maxLength(200_000));
const precision = v.picklist(["double", "caffe"]);
const prototxt = v.strictObject({ text, precision });
const place = v.pipe(v.string(), v.maxLength(400));

const parameterEdit = v.tuple([
	v.pipe(count, v.minValue(1)),
	v.pipe(place, v.regex(/^.+\/\d{1,9}\/\d{1,9}$/)),
	exactNumber,
]);
const solverEdit = v.tuple([v.pipe(count, v.minValue(1)), v.literal("solver"), text]);

const data = v.strictObject({
	id: name,
	card: v.optional(
		v.variant("kind", [
			v.strictObject({ kind: v.literal("numbers") }),
			v.strictObject({ kind: v.literal("image"), width: count, height: count }),
		]),
	),
	source: v.optional(v.pipe(v.string(), v.maxLength(1000))),
	licence: v.optional(v.pipe(v.string(), v.maxLength(1000))),
	samples: v.optional(v.pipe(count, v.minValue(1))),
	/** Single values that differ from the preset's: by blob, by flat index. */
	changes: v.optional(v.record(name, v.record(v.pipe(v.string(), v.regex(/^\d{1,9}$/)), exactNumber))),
	blobs: v.optional(
		v.record(
			name,
			v.strictObject({
				shape: v.pipe(v.array(count), v.maxLength(8)),
				/** Where the blob has another number of rows than the data set has samples. */
				rows: v.optional(v.pipe(count, v.minValue(1))),
				values: v.array(exactNumber),
			}),
		),
	),
});

const view = v.strictObject({
	sample: v.optional(count),
	inspected: v.optional(place),
	notation: v.optional(v.picklist(["ufldl", "caffe", "pytorch"])),
	form: v.optional(v.picklist(["scalar", "matrix"])),
	panel: v.optional(name),
	tables: v.optional(v.boolean()),
});

const schema = v.strictObject({
	v: v.literal(STATE_VERSION),
	/** What everything else is said against. */
	preset: v.optional(name),
	/** What a net that came from outside is called. */
	name: v.optional(name),
	net: v.optional(prototxt),
	solver: v.optional(prototxt),
	seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(-(2 ** 31)), v.maxValue(2 ** 32 - 1))),
	/** Whole start values by `layer/slot`. */
	start: v.optional(v.record(place, v.array(exactNumber))),
	data: v.optional(data),
	edits: v.optional(v.pipe(v.array(v.union([solverEdit, parameterEdit])), v.maxLength(10_000))),
	/** An address: iteration and stage. */
	at: v.optional(place),
	gran: v.optional(v.picklist(["iteration", "phase", "layer", "unit", "term"])),
	view: v.optional(view),
});

/**
 * Everything that decides what is seen, sparse against a preset: what is absent is the preset's. One form for links and
 * for files.
 */
export type ModelState = v.InferOutput<typeof schema>;
export type WrittenState = v.InferInput<typeof schema>;

/** Weights that a state spells out. */
export function explicitWeights({ start = {} }: ModelState): number {
	return Object.values(start).reduce((total, values) => total + values.length, 0);
}

/**
 * Reads a state from outside, of this version or an older one.
 * @throws StateError S3 for a newer version, S5 with the path of what cannot be
 */
export function readState(json: unknown): ModelState {
	const result = v.safeParse(schema, migrate(json, STATE_VERSION));
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw new StateError({ code: "S5", path: v.getDotPath(issue) ?? "" });
}
