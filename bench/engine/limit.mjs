// @ts-check
// What this machine's scalar JavaScript can do: multiply-adds between registers, ten sums that do not wait for each other.

/** Multiplications and additions of one call of `step`. */
export const OPERATIONS = 20 * 2000;

/**
 * @param {number} count
 * @param {number} x
 * @param {number} y
 */
function multiplyAdds(count, x, y) {
	let [a, b, c, d, e, f, g, h, i, j] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
	for (let k = 0; k < count; k++) {
		a = a * x + y;
		b = b * x + y;
		c = c * x + y;
		d = d * x + y;
		e = e * x + y;
		f = f * x + y;
		g = g * x + y;
		h = h * x + y;
		i = i * x + y;
		j = j * x + y;
	}
	return a + b + c + d + e + f + g + h + i + j;
}

/** @type {import("./workloads.mjs").Contestant["create"]} */
export function create() {
	let sink = 0;
	return {
		step() {
			sink += multiplyAdds(OPERATIONS / 20, 0.5, 1);
		},
		loss: () => sink,
	};
}
