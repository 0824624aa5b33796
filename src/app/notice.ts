import type { PresetId } from "../data/preset.ts";
import { opening } from "../data/presets/opening.ts";
import type { ParameterNotice } from "../formats/link/read-parameters.ts";
import type { Catalogue } from "../i18n/catalogue.ts";

/** Something of the link that was not taken: what, where, and what is used instead. */
export type Notice =
	| ParameterNotice
	| { readonly code: "nowhere"; readonly where: string; readonly what: string; readonly instead: string }
	| { readonly code: "unsuitable"; readonly where: string; readonly instead: string }
	/** What the preset is made of did not arrive; it may the next time. */
	| {
			readonly code: "unfetched";
			readonly where: "preset";
			readonly preset: PresetId;
			readonly retry: () => Promise<void>;
	  };

export function noticeText(text: Catalogue, notice: Notice): string {
	const { notices } = text.app;
	switch (notice.code) {
		case "unknown":
			return notices.line(notice.what, notice.where, notice.instead);
		case "nowhere":
			return notices.nowhere(notice.where, notice.what, notice.instead);
		case "unsuitable":
			return notices.unsuitable(notice.where, notice.instead);
		case "unfetched":
			return notices.unfetched(text.presets[notice.preset].title, text.presets[opening.id].title);
		case "too-long":
			return notices.tooLong(notice.where, notice.instead);
		case "repeated":
			return notices.repeated(notice.where, notice.instead);
	}
}
