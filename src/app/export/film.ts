import { goTo } from "../../store/actions.ts";
import { setFrame } from "../../store/clock.ts";
import { sessionStore } from "../../store/session.ts";
import { allDrawn } from "../../store/turns.ts";
import type { Cursor } from "../../timeline/cursor.ts";
import type { Timeline } from "../../timeline/timeline.ts";
import type { Camera, Picture, PictureTexts } from "./picture.ts";

interface MovingFrame {
	readonly picture: Picture;
	/** In milliseconds. */
	readonly delay: number;
}

/** Pictures one after the other. The page shows each while it is taken, and afterwards what it showed before. */
export interface Film {
	readonly length: number;
	frames(): AsyncIterable<MovingFrame>;
}

const MOVING_FRAMES = 20;
const FRAME_TIME = 60;
const LAST_TIME = 1600;

/** What a film is taken with. */
export interface FilmSet {
	/** Puts the page into the film's theme. */
	openCamera(): Camera;
	/** What each picture is called. */
	readonly texts: PictureTexts;
}

/** The stage in motion, from where its picture begins to its full stop. */
export function stageFilm({ openCamera, texts }: FilmSet): Film {
	return {
		length: MOVING_FRAMES + 1,
		async *frames() {
			const camera = openCamera();
			try {
				for (let frame = 0; frame <= MOVING_FRAMES; frame++) {
					setFrame(frame / MOVING_FRAMES);
					await allDrawn();
					yield { picture: await camera.take(texts), delay: frame === MOVING_FRAMES ? LAST_TIME : FRAME_TIME };
				}
			} finally {
				camera.close();
				setFrame(1);
			}
		},
	};
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
export function iterationFilm(timeline: Timeline, { openCamera, texts }: FilmSet): Film {
	const stages = stagesOf(timeline);
	return {
		length: stages.length,
		async *frames() {
			const { cursor, inspected, trail, depth } = sessionStore.getState();
			const at = (leaf: number): Cursor => ({ iteration: cursor.iteration, leaf });
			const camera = openCamera();
			try {
				sessionStore.setState({ depth: "layer" });
				for (const leaf of stages) {
					await goTo(at(leaf));
					await allDrawn();
					yield { picture: await camera.take(texts), delay: leaf === stages.at(-1) ? LAST_TIME : LAYER_TIME };
				}
			} finally {
				camera.close();
				await goTo(cursor);
				sessionStore.setState({ depth, inspected, trail });
			}
		},
	};
}
