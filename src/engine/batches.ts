import type { Net } from "./net.ts";
import { EngineError } from "./problem.ts";
import { countOf } from "./shape.ts";
import type { DataSource } from "./specification.ts";

/** @throws EngineError `data-shape` where a data set does not fill an Input blob. */
export function checkData(net: Net, data: DataSource): void {
	for (const { name, blob } of net.inputs) {
		const source = data.blobs[name];
		const expected = countOf(blob.shape, 1);
		const found = source === undefined ? 0 : countOf(source.sampleShape);
		if (expected !== found) throw new EngineError({ code: "data-shape", blob: name, expected, found });
		const { length } = source.values;
		const rows = Math.max(1, Math.floor(length / expected));
		if (length !== rows * expected) {
			throw new EngineError({ code: "data-shape", blob: name, expected: rows * expected, found: length });
		}
	}
}

/** The first sample of a blob that has not been filled, or may have changed since. */
const NOTHING = -1;

/** Copies up to this many numbers are faster by a loop than by a call of `set`. */
const SHORT_COPY = 64;

export interface BatchLoader {
	load(pass: number): number;
	/** The data may have changed since: the next batch is copied in any case. */
	forget(): void;
}

/**
 * What brings a pass its batch: pass p of the whole run takes the next samples in order and wraps round, each blob as
 * many as its own axis 0 says and in what it has. Returns the first of the first blob's. What a blob holds already, as
 * where the batch is the whole data set, is not copied again.
 */
export function batchLoader(net: Net, data: DataSource): BatchLoader {
	const inputs = net.inputs.map(({ name, blob }) => {
		const batch = blob.shape[0] ?? 1;
		const size = blob.count / batch;
		const from = data.blobs[name].values;
		return { to: blob.data, from, batch, size, samples: from.length / size, held: NOTHING };
	});
	function copy({ to, from, size }: (typeof inputs)[number], row: number, sample: number, rows: number): void {
		const start = sample * size;
		const count = rows * size;
		if (count > SHORT_COPY) to.set(from.subarray(start, start + count), row * size);
		else for (let i = 0; i < count; i++) to[row * size + i] = from[start + i];
	}

	function load(pass: number): number {
		let ofAll = 0;
		for (let k = 0; k < inputs.length; k++) {
			const { batch, samples } = inputs[k];
			const first = batch === samples ? 0 : (pass * batch) % samples;
			if (k === 0) ofAll = first;
			if (first === inputs[k].held) continue;
			// A layer that works in place may write over it.
			inputs[k].held = net.worksInPlace ? NOTHING : first;
			if (first + batch <= samples) copy(inputs[k], 0, first, batch);
			else for (let row = 0; row < batch; row++) copy(inputs[k], row, (first + row) % samples, 1);
		}
		return ofAll;
	}

	return {
		load,
		forget() {
			for (const input of inputs) input.held = NOTHING;
		},
	};
}
