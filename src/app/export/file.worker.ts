import "../../engine/layers/index.ts";
import { exporting as en } from "../../i18n/en/export.ts";
import { tables as enTables } from "../../i18n/en/tables.ts";
import type { LanguageId } from "../../i18n/languages.ts";
import { exporting as zh } from "../../i18n/zh/export.ts";
import { tables as zhTables } from "../../i18n/zh/tables.ts";
import type { FileReply, FileRequest } from "./file-messages.ts";
import { type FileTexts, writeFile } from "./write-file.ts";

/** What of a worker's own scope is used. */
interface Thread {
	onmessage: ((event: MessageEvent<FileRequest>) => unknown) | null;
	postMessage(message: FileReply): void;
}

const TEXTS: Readonly<Record<LanguageId, FileTexts>> = {
	en: { exporting: en, more: enTables.more },
	"zh-CN": { exporting: zh, more: zhTables.more },
};

/** So many milliseconds lie between two words on how far it is: the page draws each. */
const BETWEEN = 150;

/** Writes one file in a thread of its own; whoever wants it no more ends the thread. */
function serveFile(thread: Thread): void {
	let told = 0;
	thread.onmessage = async ({ data: order }) => {
		try {
			const file = await writeFile(order, TEXTS[order.language], {
				signal: new AbortController().signal,
				progress(done, of) {
					if (performance.now() - told < BETWEEN) return;
					told = performance.now();
					thread.postMessage({ kind: "progress", done, of });
				},
			});
			thread.postMessage({ kind: "written", file });
		} catch (error) {
			thread.postMessage({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
		}
	};
	thread.postMessage({ kind: "ready" });
}

serveFile(self);
