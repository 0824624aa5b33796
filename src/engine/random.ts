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

const SIZE = 624;
const SHIFT = 397;

/** MT19937's words, as Matsumoto and Nishimura define it. */
function mersenneTwister(seed: number): () => number {
	const state = new Uint32Array(SIZE);
	state[0] = seed;
	for (let i = 1; i < SIZE; i++) state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
	let place = SIZE;

	function renew(): void {
		for (let i = 0; i < SIZE; i++) {
			const mixed = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
			state[i] = state[(i + SHIFT) % SIZE] ^ (mixed >>> 1) ^ ((mixed & 1) * 0x9908b0df);
		}
		place = 0;
	}

	return () => {
		if (place === SIZE) renew();
		let word = state[place++];
		word ^= word >>> 11;
		word ^= (word << 7) & 0x9d2c5680;
		word ^= (word << 15) & 0xefc60000;
		return (word ^ (word >>> 18)) >>> 0;
	};
}

export function createRandom(seed: number): RandomGenerator {
	const word = mersenneTwister(seed);
	let spare: number | null = null;

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
