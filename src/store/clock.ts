import { createStore } from "zustand/vanilla";
import { inTurn } from "./turns.ts";

/**
 * The page's one clock. `t` runs from 0 to 1 through the stage in motion, or from 1 to 0 when a step goes back; 1 is
 * the full stop. A frame is a pure function of the stage and t, so that any instant can be held.
 */
export interface Frame {
	readonly t: number;
	readonly moving: boolean;
}

export const frameStore = createStore<Frame>()(() => ({ t: 1, moving: false }));

let stop: (() => void) | null = null;
let takeBack: (() => void) | null = null;

/** Stops wherever t stands. */
export function holdFrame(): void {
	takeBack?.();
	takeBack = null;
	stop?.();
	stop = null;
	if (frameStore.getState().moving) frameStore.setState({ moving: false });
}

/** Sets t by hand: scrubbing within a stage. */
export function setFrame(t: number): void {
	holdFrame();
	frameStore.setState({ t: Math.min(1, Math.max(0, t)), moving: false });
}

/**
 * Moves t evenly to 0 or 1, once all that stands still has been drawn. `done` runs after the last frame, not when held
 * before. A duration of 0 cuts.
 */
export function moveFrame(from: number, to: 0 | 1, milliseconds: number, done: () => void): void {
	holdFrame();
	if (milliseconds <= 0) {
		frameStore.setState({ t: to, moving: false });
		done();
		return;
	}
	frameStore.setState({ t: from, moving: true });
	takeBack = inTurn("motion", () => {
		takeBack = null;
		stop = everyFrame((elapsed) => {
			const share = Math.min(1, elapsed / milliseconds);
			const t = from + (to - from) * share;
			if (share < 1) {
				frameStore.setState({ t, moving: true });
				return;
			}
			stop?.();
			stop = null;
			frameStore.setState({ t: to, moving: false });
			done();
		});
	});
}

/** Calls with the milliseconds since now, frame by frame, until it is stopped. */
function everyFrame(call: (elapsed: number) => void): () => void {
	const start = performance.now();
	let going = true;
	// Under Node there are no frames.
	const ask = globalThis.requestAnimationFrame ?? ((run: () => void) => setTimeout(run, 17));
	const run = () => {
		if (!going) return;
		call(performance.now() - start);
		ask(run);
	};
	ask(run);
	return () => {
		going = false;
	};
}
