/**
 * A dense layer so small that looking for a faster way would cost more than its products; the order of every sum is that
 * of the large products.
 */

/** `top[m, n] = Σ_k bottom[m, k] · weight[n, k] + bias[n]`; no bias: null. */
export function smallForward(
	bottom: Float64Array,
	weight: Float64Array,
	bias: Float64Array | null,
	top: Float64Array,
	rows: number,
	inputs: number,
	outputs: number,
): void {
	let at = 0;
	for (let m = 0; m < rows; m++) {
		const row = m * inputs;
		let w = 0;
		for (let n = 0; n < outputs; n++) {
			let total = 0;
			for (let k = 0; k < inputs; k++) {
				total += bottom[row + k] * weight[w];
				w++;
			}
			top[at] = bias === null ? total : total + bias[n];
			at++;
		}
	}
}

/** `diff[n, k] += Σ_m topDiff[m, n] · bottom[m, k]`. */
export function addSmallGradient(
	topDiff: Float64Array,
	bottom: Float64Array,
	diff: Float64Array,
	rows: number,
	inputs: number,
	outputs: number,
): void {
	let at = 0;
	for (let n = 0; n < outputs; n++) {
		for (let k = 0; k < inputs; k++) {
			let total = 0;
			for (let m = 0; m < rows; m++) total += topDiff[m * outputs + n] * bottom[m * inputs + k];
			diff[at] += total;
			at++;
		}
	}
}

/** `bottomDiff[m, k] = Σ_n topDiff[m, n] · weight[n, k]`. */
export function smallPullBack(
	topDiff: Float64Array,
	weight: Float64Array,
	bottomDiff: Float64Array,
	rows: number,
	inputs: number,
	outputs: number,
): void {
	let at = 0;
	for (let m = 0; m < rows; m++) {
		const row = m * outputs;
		for (let k = 0; k < inputs; k++) {
			let total = 0;
			for (let n = 0; n < outputs; n++) total += topDiff[row + n] * weight[n * inputs + k];
			bottomDiff[at] = total;
			at++;
		}
	}
}
