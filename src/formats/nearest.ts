/** How many letters apart two words are: inserted, left out, exchanged, or two neighbours swapped. */
function distance(a: string, b: string): number {
	let before: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1] ? 0 : 1;
			row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				row[j] = Math.min(row[j], before[j - 2] + 1);
		}
		before = last;
		last = row;
	}
	return last[b.length];
}

/** Words longer than any name are no misspelling of one. */
const LONGEST = 64;

/** The known word that was probably meant, whatever its capitals; null where none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
	if (word.length > LONGEST) return null;
	const plain = (name: string) => name.toLowerCase().replaceAll(/[-_\s]/g, "");
	const limit = word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3;
	let best: string | null = null;
	let least = limit + 1;
	for (const name of known) {
		const apart = plain(name) === plain(word) ? 0 : distance(word.toLowerCase(), name.toLowerCase());
		if (apart < least) {
			least = apart;
			best = name;
		}
	}
	return best;
}
