const SMALLEST_CHANGE = 2;
const INTERVAL_MS = 200;
const LOOP = { messages: 8, milliseconds: 2000 };

/** When a height is looked at besides when it changes: frames out of sight are not observed by their browser. */
const LOOKS_MS = [0, 100, 250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000];

export interface HeightWatch {
	readonly stop: () => void;
	/** Tells the height once more, to a page that has just introduced itself. */
	readonly again: () => void;
}

/**
 * Tells a content's natural height whenever it changes, at most five times a second. A page around that makes the
 * content grow by growing the frame is left after a few rounds.
 */
export function watchHeight(
	content: Element,
	tell: (height: number, width: number) => void,
	onLoop: () => void,
): HeightWatch {
	let told = 0;
	let last = Number.NEGATIVE_INFINITY;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let frozen = false;
	const growth: number[] = [];
	function measure() {
		timer = undefined;
		const { height, width } = content.getBoundingClientRect();
		const wanted = Math.ceil(height);
		// What fills the height that it was given asks for no other.
		if (frozen || content.querySelector("[data-fit='true']") !== null || Math.abs(wanted - told) < SMALLEST_CHANGE)
			return;
		const now = performance.now();
		if (wanted > told) growth.push(now);
		while (growth.length > 0 && now - growth[0] > LOOP.milliseconds) growth.shift();
		if (growth.length > LOOP.messages) {
			frozen = true;
			onLoop();
			return;
		}
		told = wanted;
		last = now;
		tell(wanted, Math.round(width));
	}
	function soon() {
		timer ??= setTimeout(measure, Math.max(0, last + INTERVAL_MS - performance.now()));
	}
	const observer = new ResizeObserver(soon);
	observer.observe(content);
	const looks = LOOKS_MS.map((after) => setTimeout(soon, after));
	return {
		stop() {
			observer.disconnect();
			for (const look of [timer, ...looks]) clearTimeout(look);
		},
		again() {
			told = 0;
			soon();
		},
	};
}
