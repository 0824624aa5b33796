import type { Film } from "./film.ts";
import GifWorker from "./gif.worker.ts?worker&inline";
import { createGif } from "./gif-encoder.ts";
import type { GifReply, GifRequest } from "./gif-messages.ts";
import type { Picture } from "./picture.ts";
import { bitmapOf, paint } from "./pixels.ts";
import type { Task } from "./task.ts";

/** Wider pictures are made smaller: a film of full size would be too large to send. */
const WIDEST = 960;
/** In the page's own thread less of a frame is done at once. */
const WIDEST_HERE = 480;

interface Encoder {
	/** Resolves when the next frame may come. */
	add(picture: Picture, delay: number): Promise<void>;
	finish(): Promise<Uint8Array>;
	close(): void;
}

/** The next answer of a worker; rejects where it fails or may not be. */
function answerOf(worker: Worker): Promise<GifReply> {
	return new Promise((done, fail) => {
		worker.onmessage = ({ data }: MessageEvent<GifReply>) => {
			if (data.kind === "failed") fail(new Error(data.message));
			else done(data);
		};
		worker.onerror = (event) => {
			event.preventDefault();
			fail(new Error(event.message));
		};
	});
}

const scaleTo = (widest: number, { width }: Picture) => Math.min(1, widest / width);

/** An encoder in a thread of its own; rejects where this page may have none, or none that can paint. */
async function openWorkerEncoder(): Promise<Encoder> {
	const worker = new GifWorker();
	const ask = (request: GifRequest, transfer: Transferable[] = []) => {
		const answer = answerOf(worker);
		worker.postMessage(request, transfer);
		return answer;
	};
	try {
		await answerOf(worker);
	} catch (error) {
		worker.terminate();
		throw error;
	}
	let last: Promise<unknown> = Promise.resolve();
	return {
		async add(picture, delay) {
			// A frame is painted while the one before is encoded.
			const bitmap = await bitmapOf(picture, scaleTo(WIDEST, picture));
			await last;
			last = ask({ kind: "frame", bitmap, delay }, [bitmap]);
		},
		async finish() {
			await last;
			const answer = await ask({ kind: "finish" });
			if (answer.kind !== "done") throw new Error("no film");
			return answer.bytes;
		},
		close() {
			// What it still works on is no one's any more.
			last.catch(() => {});
			worker.terminate();
		},
	};
}

/** Lets the page answer what a reader does. */
const breathe = () => new Promise<void>((done) => setTimeout(done));

function openEncoderHere(): Encoder {
	const gif = createGif(breathe);
	return {
		async add(picture, delay) {
			const context = await paint(picture, scaleTo(WIDEST_HERE, picture));
			const { width, height } = context.canvas;
			await breathe();
			await gif.add({ pixels: context.getImageData(0, 0, width, height).data, width, height, delay });
		},
		finish: async () => gif.finish(),
		close: () => {},
	};
}

/**
 * A film as one GIF that runs for ever, encoded beside the page.
 * @throws the signal's reason once it is aborted; the page then stands again where it stood.
 */
export async function gifOf({ length, frames }: Film, { signal, progress }: Task): Promise<Uint8Array> {
	const encoder = await openWorkerEncoder().catch(openEncoderHere);
	try {
		let done = 0;
		progress(done, length);
		for await (const { picture, delay } of frames()) {
			signal.throwIfAborted();
			await encoder.add(picture, delay);
			signal.throwIfAborted();
			progress(++done, length);
		}
		return await encoder.finish();
	} finally {
		encoder.close();
	}
}
