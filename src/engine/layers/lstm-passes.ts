import { moveCells, openGates, pullBackUnits } from "../kernels/lstm-unit.ts";
import type { LayerPasses } from "../layer.ts";
import { type RecurrentRun, STATES, sizesOf } from "./recurrent.ts";
import { recurrentSums, stateCopies } from "./recurrent-passes.ts";

/** An LSTM's passes over buffers that are looked up once. */
export function lstmPasses(run: RecurrentRun): LayerPasses {
	const sizes = sizesOf(run, STATES.LSTM);
	const { times, sequences, outputs } = sizes;
	const { h_0, c_0, W_xc_x, W_xc_x_static, h_conted, gate_input, gates, c, h, h_T, c_T } = run.internals;
	const [top] = run.tops;
	const sums = recurrentSums(run, sizes, {
		fromInputs: W_xc_x,
		fromStatic: W_xc_x_static,
		a: gate_input,
		start: h_0,
		state: h,
		kept: h_conted,
	});
	const copies = stateCopies(run, sizes, [
		{ start: h_0, all: h, end: h_T },
		{ start: c_0, all: c, end: c_T },
	]);
	const units = {
		sequences,
		units: outputs,
		k: run.bottoms[1].data,
		gates: gates.data,
		gateInputDiff: gate_input.diff,
		c: c.data,
		cDiff: c.diff,
		cStart: c_0.data,
		bent: new Float64Array(c.count),
		h: h.data,
		hDiff: h.diff,
	};
	const lastCellDiff = c.diff.subarray((times - 1) * sequences * outputs);
	function backward(toParameters: boolean): void {
		h.diff.set(top.diff);
		lastCellDiff.fill(0);
		sums.beginBackward(toParameters);
		for (let t = times - 1; t >= 0; t--) {
			sums.addNext(t);
			pullBackUnits(units, t);
			sums.pullBack(t);
		}
		sums.addGradients();
		sums.pullBackInputs();
	}
	return {
		forward() {
			copies.begin();
			sums.beginForward();
			for (let t = 0; t < times; t++) {
				sums.sum(t);
				openGates(gate_input.data, gates.data, t, sequences, outputs);
				moveCells(units, t);
			}
			copies.end();
			top.data.set(h.data);
		},
		backward: () => backward(false),
		backwardToParameters: () => backward(true),
	};
}
