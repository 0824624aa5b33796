import FileWorker from "./file.worker.ts?worker&inline";
import type { FileReply } from "./file-messages.ts";
import type { FileContent, FileOrder } from "./file-order.ts";
import type { Task } from "./task.ts";

/** A thread that is ready to write one file. */
export interface FileThread {
	/** @throws what keeps the file from being made, or the signal's reason once it is aborted. */
	write(order: FileOrder, task: Task): Promise<FileContent>;
}

/** Opens a thread; rejects where this page may have none. */
export async function openFileThread(): Promise<FileThread> {
	const worker = new FileWorker();
	await new Promise<void>((ready, fail) => {
		worker.onmessage = () => ready();
		worker.onerror = (event) => {
			event.preventDefault();
			worker.terminate();
			fail(new Error(event.message));
		};
	});
	return {
		async write(order, { signal, progress }) {
			let stop = () => {};
			try {
				signal.throwIfAborted();
				return await new Promise<FileContent>((written, fail) => {
					stop = () => fail(signal.reason);
					signal.addEventListener("abort", stop);
					worker.onerror = (event) => fail(new Error(event.message));
					worker.onmessage = ({ data }: MessageEvent<FileReply>) => {
						if (data.kind === "progress") progress(data.done, data.of);
						else if (data.kind === "written") written(data.file);
						else if (data.kind === "failed") fail(new Error(data.message));
					};
					worker.postMessage(order);
				});
			} finally {
				signal.removeEventListener("abort", stop);
				worker.terminate();
			}
		},
	};
}
