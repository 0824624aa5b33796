/** Longer work leaves the page room to take input and to draw. */
const SLICE_MS = 8;

/** Does work that may pause wherever it yields, in slices that leave the page responsive. */
export async function inSlices<T>(work: Iterator<void, T>): Promise<T> {
	for (;;) {
		const step = slice(work);
		if (step.done) return step.value;
		await pause();
	}
}

/** The same, given up after a slice if nobody wants it any more: then it is null. */
export async function inSlicesWhile<T>(isWanted: () => boolean, work: Iterator<void, T>): Promise<T | null> {
	for (;;) {
		const step = slice(work);
		if (step.done) return step.value;
		await pause();
		if (!isWanted()) return null;
	}
}

function slice<T>(work: Iterator<void, T>): IteratorResult<void, T> {
	const end = performance.now() + SLICE_MS;
	let step = work.next();
	while (!step.done && performance.now() < end) step = work.next();
	return step;
}

function pause(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve));
}

/** Does work that may pause in one go. */
export function atOnce<T>(work: Iterator<void, T>): T {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}
