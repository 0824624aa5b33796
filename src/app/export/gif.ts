import { applyPalette, GIFEncoder, quantize } from "gifenc";
import { goTo } from "../../store/actions.ts";
import { setFrame } from "../../store/clock.ts";
import { sessionStore } from "../../store/session.ts";
import type { Cursor } from "../../timeline/cursor.ts";
import type { Timeline } from "../../timeline/timeline.ts";
import type { Picture } from "./picture.ts";
import { paint } from "./pixels.ts";

export interface MovingFrame {
	readonly picture: Picture;
	/** In milliseconds. */
	readonly delay: number;
}

/** Wider pictures are made smaller: a film of full size would be too large to send. */
const WIDEST = 960;
const COLOURS = 128;

/** Frames as one GIF that runs for ever. */
export async function gifOf(frames: AsyncIterable<MovingFrame>): Promise<Uint8Array> {
	const encoder = GIFEncoder();
	for await (const { picture, delay } of frames) {
		const context = await paint(picture, Math.min(1, WIDEST / picture.width));
		const { width, height } = context.canvas;
		const { data } = context.getImageData(0, 0, width, height);
		const palette = quantize(data, COLOURS);
		encoder.writeFrame(applyPalette(data, palette), width, height, { palette, delay, repeat: 0 });
	}
	encoder.finish();
	return encoder.bytes();
}

/** Until the page shows what it was told to: a frame to draw it, and one to be sure. */
const painted = () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));

const MOVING_FRAMES = 20;
const FRAME_TIME = 60;
const LAST_TIME = 1600;

/** The stage in motion, from where its picture begins to its full stop. */
export async function* stageFrames(look: () => Picture): AsyncGenerator<MovingFrame> {
	try {
		for (let frame = 0; frame <= MOVING_FRAMES; frame++) {
			setFrame(frame / MOVING_FRAMES);
			await painted();
			yield { picture: look(), delay: frame === MOVING_FRAMES ? LAST_TIME : FRAME_TIME };
		}
	} finally {
		setFrame(1);
	}
}

const LAYER_TIME = 900;
/** A deep net's film shows this many of its stages, evenly spread. */
const MOST_STAGES = 60;

function stagesOf({ groups }: Timeline): readonly number[] {
	const ends = groups.map(({ first, leaves }) => first + leaves - 1);
	if (ends.length <= MOST_STAGES) return ends;
	return Array.from({ length: MOST_STAGES }, (_, k) => ends[Math.round((k * (ends.length - 1)) / (MOST_STAGES - 1))]);
}

/** The iteration, a frame a layer; afterwards the reader stands where he stood. */
export async function* iterationFrames(timeline: Timeline, look: () => Picture): AsyncGenerator<MovingFrame> {
	const { cursor, inspected, trail, depth } = sessionStore.getState();
	const at = (leaf: number): Cursor => ({ iteration: cursor.iteration, leaf });
	try {
		sessionStore.setState({ depth: "layer" });
		const stages = stagesOf(timeline);
		for (const leaf of stages) {
			await goTo(at(leaf));
			await painted();
			yield { picture: look(), delay: leaf === stages.at(-1) ? LAST_TIME : LAYER_TIME };
		}
	} finally {
		await goTo(cursor);
		sessionStore.setState({ depth, inspected, trail });
	}
}
