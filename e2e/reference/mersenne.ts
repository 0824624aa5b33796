/** MT19937 as its authors publish it, and the draws that Caffe's fillers need. Shares no code with the engine. */
export class Mersenne {
	readonly #state = new Uint32Array(624);
	#next = 624;
	#spare: number | null = null;

	constructor(seed: number) {
		const state = this.#state;
		state[0] = seed >>> 0;
		for (let i = 1; i < 624; i++) state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
	}

	#word(): number {
		const state = this.#state;
		if (this.#next === 624) {
			for (let i = 0; i < 624; i++) {
				const mixed = (state[i] & 0x80000000) | (state[(i + 1) % 624] & 0x7fffffff);
				state[i] = state[(i + 397) % 624] ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
			}
			this.#next = 0;
		}
		let word = state[this.#next++];
		word ^= word >>> 11;
		word ^= (word << 7) & 0x9d2c5680;
		word ^= (word << 15) & 0xefc60000;
		return (word ^ (word >>> 18)) >>> 0;
	}

	/** In [0, 1), 53 bits: NumPy's random_sample. */
	uniform(): number {
		const high = Math.floor(this.#word() / 32);
		const low = Math.floor(this.#word() / 64);
		return (high * 2 ** 26 + low) / 2 ** 53;
	}

	/** Marsaglia's polar method: the second of a pair comes first, the first is kept. */
	normal(): number {
		if (this.#spare !== null) {
			const kept = this.#spare;
			this.#spare = null;
			return kept;
		}
		for (;;) {
			const [u, v] = [2 * this.uniform() - 1, 2 * this.uniform() - 1];
			const s = u * u + v * v;
			if (s <= 0 || s >= 1) continue;
			const factor = Math.sqrt((-2 * Math.log(s)) / s);
			this.#spare = v * factor;
			return u * factor;
		}
	}
}
