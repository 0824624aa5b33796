import { createGif } from "./gif-encoder.ts";
import type { GifReply, GifRequest } from "./gif-messages.ts";

/** What of a worker's own scope is used. */
interface Thread {
	onmessage: ((event: MessageEvent<GifRequest>) => unknown) | null;
	postMessage(message: GifReply, options: { readonly transfer: Transferable[] }): void;
}

/** Encodes one film in a thread of its own. */
function serveGif(thread: Thread): void {
	const gif = createGif(() => Promise.resolve());
	const canvas = new OffscreenCanvas(1, 1);
	const context = canvas.getContext("2d", { willReadFrequently: true });
	if (context === null) throw new Error("no canvas");
	const reply = (message: GifReply, transfer: Transferable[] = []) => thread.postMessage(message, { transfer });
	thread.onmessage = async ({ data }) => {
		try {
			if (data.kind === "frame") {
				const { bitmap, delay } = data;
				const { width, height } = bitmap;
				Object.assign(canvas, { width, height });
				context.drawImage(bitmap, 0, 0);
				bitmap.close();
				await gif.add({ pixels: context.getImageData(0, 0, width, height).data, width, height, delay });
				reply({ kind: "added" });
				return;
			}
			const bytes = gif.finish();
			reply({ kind: "done", bytes }, [bytes.buffer]);
		} catch (error) {
			reply({ kind: "failed", message: String(error) });
		}
	};
	reply({ kind: "ready" });
}

serveGif(self);
