/** Longer work leaves the page room to take input and to draw. */
const SLICE_MS = 8;

/** Does work that may pause wherever it yields, in slices that leave the page responsive. */
export async function inSlices<T>(work: Iterator<void, T>): Promise<T> {
	for (;;) {
		const end = performance.now() + SLICE_MS;
		do {
			const step = work.next();
			if (step.done) return step.value;
		} while (performance.now() < end);
		await new Promise((resolve) => setTimeout(resolve));
	}
}

/** Does work that may pause in one go. */
export function atOnce<T>(work: Iterator<void, T>): T {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}
