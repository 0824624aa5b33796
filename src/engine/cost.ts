import type { Net } from "./net.ts";

/** Forward, gradients and pull-back each cost about the same. */
const DIRECTIONS = 3;

/**
 * About how many multiply-adds one pass of a net takes, forward and back: each weight is used once for each place of
 * its layer's output. What has no weights is small beside them and left out.
 */
export function multiplyAdds(net: Net): number {
	let total = 0;
	for (const { run } of net.layers) {
		const [weight] = run.parameters;
		const [top] = run.tops;
		if (weight === undefined || top === undefined || weight.shape.length < 2) continue;
		const outputs = weight.shape[0];
		total += weight.count * Math.max(1, Math.round(top.count / outputs));
	}
	return DIRECTIONS * total;
}
