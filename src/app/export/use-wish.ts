import { useContext } from "react";
import { useSession, useSettings, useText, useView } from "../../store/hooks.ts";
import { NumberFormatContext } from "../../views/marks/mark-context.ts";
import { experimentTitle } from "../preset-texts.ts";
import type { Wish } from "./formats.ts";
import type { PictureTheme } from "./picture.ts";

/** What a file is to hold: the iteration and the stage that are on show. Null while nothing is open. */
export function useWish(theme: PictureTheme | null): Wish | null {
	const text = useText();
	const view = useView();
	const language = useSettings((settings) => settings.language);
	const inspected = useSession((state) => state.inspected);
	const format = useContext(NumberFormatContext);
	if (view === null) return null;
	return { view, inspected, title: experimentTitle(text, view.experiment), text, language, format, theme };
}
