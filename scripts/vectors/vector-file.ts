import * as v from "valibot";

/** One case of numbers made with the real Caffe; caffe-semantics, 6, says what each field means. */

const numbers = v.array(v.number());
const counts = v.array(v.pipe(v.number(), v.integer()));

const layer = v.object({
	name: v.string(),
	type: v.string(),
	bottoms: v.array(v.string()),
	tops: v.array(v.string()),
	need_backward: v.boolean(),
	bottom_need_backward: v.array(v.boolean()),
});

const blob = v.object({
	name: v.string(),
	shape: counts,
	loss_weight: v.number(),
	input: v.boolean(),
	diff_computed: v.boolean(),
});

const parameter = v.object({
	layer: v.string(),
	index: v.number(),
	display_name: v.string(),
	shape: counts,
	owner: v.nullable(v.number()),
	learnable_id: v.number(),
	lr_mult: v.number(),
	decay_mult: v.number(),
	propagate_down: v.boolean(),
	initial: v.optional(numbers),
});

const blobState = v.object({ data: v.optional(numbers), diff: v.optional(numbers) });

const pass = v.object({
	batch: v.number(),
	loss: v.number(),
	blobs: v.optional(v.record(v.string(), blobState)),
	unrolled: v.optional(v.record(v.string(), v.record(v.string(), blobState))),
	inplace_trace: v.optional(
		v.record(
			v.string(),
			v.array(
				v.object({
					layer: v.string(),
					top_data_after_forward: v.optional(numbers),
					top_diff_before_backward: v.optional(numbers),
				}),
			),
		),
	),
	dropout_masks: v.optional(v.record(v.string(), numbers)),
});

const update = v.object({
	layer: v.string(),
	index: v.number(),
	diff_raw: numbers,
	diff_clipped: v.optional(numbers),
	diff_normalized: v.optional(numbers),
	diff_regularized: v.optional(numbers),
	update: numbers,
	history: v.array(numbers),
	data: numbers,
});

const vectorFile = v.object({
	name: v.string(),
	net_prototxt: v.string(),
	solver_prototxt: v.string(),
	inputs: v.record(v.string(), v.object({ shape: counts, batches: v.array(numbers) })),
	layers: v.array(layer),
	blobs: v.array(blob),
	params: v.array(parameter),
	solver_effective: v.record(v.string(), v.union([v.number(), v.string(), numbers])),
	iterations: v.array(
		v.object({
			iter: v.number(),
			lr: v.nullable(v.number()),
			loss: v.number(),
			passes: v.array(pass),
			params: v.array(update),
		}),
	),
});

export type VectorFile = v.InferOutput<typeof vectorFile>;
export type VectorPass = v.InferOutput<typeof pass>;
export type VectorUpdate = v.InferOutput<typeof update>;

/** Reads a vector file's text. Throws a sentence with the field where it is none. */
export function parseVectorFile(text: string): VectorFile {
	const parsed: unknown = JSON.parse(text);
	const result = v.safeParse(vectorFile, parsed);
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw new TypeError(`${v.getDotPath(issue) ?? "the file"}: ${issue.message}`);
}
