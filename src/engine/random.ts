import { mersenne } from "pure-rand/generator/mersenne";
import { log } from "./numerics/log.ts";

/**
 * The one source of randomness: MT19937, handed in wherever chance is needed; there is no default generator.
 * Its stream and the algorithms below are part of what a link means, so they never change.
 */
export interface RandomGenerator {
	/** Uniform in [0, 1) with 53 bits, as NumPy's `RandomState.random_sample`. */
	uniform(): number;
	/** Standard normal, by the polar method of Marsaglia; pairs are kept, so two draws cost one loop. */
	normal(): number;
	/** A random order of 0 … count − 1, by Fisher and Yates from the last place down. */
	permutation(count: number): Int32Array;
}

export function createRandom(seed: number): RandomGenerator {
	const generator = mersenne(seed | 0);
	let spare: number | null = null;

	function word(): number {
		return generator.next() >>> 0;
	}

	function uniform(): number {
		const high = word() >>> 5;
		const low = word() >>> 6;
		return (high * 67108864 + low) / 9007199254740992;
	}

	return {
		uniform,
		normal() {
			if (spare !== null) {
				const kept = spare;
				spare = null;
				return kept;
			}
			for (;;) {
				const u = 2 * uniform() - 1;
				const v = 2 * uniform() - 1;
				const s = u * u + v * v;
				if (s > 0 && s < 1) {
					const factor = Math.sqrt((-2 * log(s)) / s);
					spare = v * factor;
					return u * factor;
				}
			}
		},
		permutation(count) {
			const order = Int32Array.from({ length: count }, (_, place) => place);
			for (let place = count - 1; place > 0; place--) {
				const other = Math.floor(uniform() * (place + 1));
				const kept = order[place];
				order[place] = order[other];
				order[other] = kept;
			}
			return order;
		},
	};
}
