/** A number agrees where |got − want| ≤ 1e-9·|want| + 1e-12. */
const RELATIVE = 1e-9;
const ABSOLUTE = 1e-12;

/** The worst disagreement about one thing: a blob, a step of a parameter, or how the net is built. */
export interface Difference {
	readonly what: string;
	/** Largest |got − want| ÷ |want| (÷ 1e-3 where `want` is smaller than that); null where it is no question of size. */
	readonly error: number | null;
	/** Where it was worst, and what was found there. */
	readonly detail: string;
}

/** Gathers what differs, one entry for each thing compared. */
export interface Comparison {
	/** How many numbers were compared. */
	readonly compared: number;
	readonly differences: readonly Difference[];
	/** Compares how something is: names, shapes, flags. */
	same(what: string, got: unknown, want: unknown): void;
	/** Compares numbers within the tolerance. */
	close(what: string, where: string, got: ArrayLike<number> | null | undefined, want: ArrayLike<number>): void;
}

export function createComparison(): Comparison {
	const worst = new Map<string, Difference>();
	let compared = 0;

	function note(difference: Difference): void {
		const known = worst.get(difference.what);
		const isWorse = known?.error != null && (difference.error === null || difference.error > known.error);
		if (known === undefined || isWorse) worst.set(difference.what, difference);
	}

	return {
		get compared() {
			return compared;
		},
		get differences() {
			return [...worst.values()].sort(
				(a, b) => (b.error ?? Number.POSITIVE_INFINITY) - (a.error ?? Number.POSITIVE_INFINITY),
			);
		},
		same(what, got, want) {
			const found = JSON.stringify(got);
			const expected = JSON.stringify(want);
			if (found !== expected) note({ what, error: null, detail: `${found} instead of ${expected}` });
		},
		close(what, where, got, want) {
			if (got == null) {
				note({ what, error: null, detail: `not there (${where})` });
				return;
			}
			if (got.length !== want.length) {
				note({ what, error: null, detail: `${got.length} elements instead of ${want.length} (${where})` });
				return;
			}
			compared += want.length;
			for (let i = 0; i < want.length; i++) {
				const distance = Math.abs(got[i] - want[i]);
				if (distance <= RELATIVE * Math.abs(want[i]) + ABSOLUTE) continue;
				const error = Number.isNaN(distance)
					? Number.POSITIVE_INFINITY
					: distance / Math.max(Math.abs(want[i]), ABSOLUTE / RELATIVE);
				note({ what, error, detail: `${got[i]} instead of ${want[i]} (${where}, element ${i})` });
			}
		},
	};
}
