import type { ParameterNotice } from "../formats/link/read-parameters.ts";

export interface PictureWish {
	readonly format: "svg" | "png";
	/** As on the screen where none is named. */
	readonly theme?: "light" | "dark" | "projector" | "print" | undefined;
	/** Pixels of a PNG for one of the page. */
	readonly scale: number;
	/** What is seen, in words. */
	readonly description: string;
}

export interface FramePicture {
	readonly mime: string;
	/** An SVG's text; a PNG as a data URL. */
	readonly data: string;
	readonly alt: string;
}

/** What is told beyond steps, heights and states. */
export type FrameNews =
	| { readonly type: "narrate"; readonly text: string }
	| { readonly type: "open"; readonly href: string };

export interface SetResult {
	readonly applied: readonly string[];
	readonly warnings: readonly ParameterNotice[];
}

/** How a message went; what is not heard came from elsewhere or is no message. */
export type NoteMessage = (way: "in" | "out" | "not-heard", type: string, content: unknown) => void;

/** What the frame's messages need of the page that stands in it, beyond the stores. */
export interface FramedPage {
	readonly title: () => string;
	/** Looks and behaviour by their keys, as a link has them. */
	readonly set: (values: Readonly<Record<string, string>>) => Promise<SetResult>;
	/** False where the place does not exist and the nearest is shown. */
	readonly goTo: (at: string) => Promise<boolean>;
	readonly state: () => Promise<string | null>;
	/** @throws StateError, EngineError */
	readonly openState: (state: string) => Promise<void>;
	/** The whole page in this state. */
	readonly address: (state: string) => string;
	/** The page's own loss of height where what it asked for was not given. */
	readonly fill: (height: number | null) => void;
	/** The page around has introduced itself: it will give the height that is asked for. */
	readonly answered: () => void;
	/** The stage as it is drawn; null where tables stand in its place. */
	readonly picture: (wish: PictureWish) => Promise<FramePicture | null>;
	/** Opens the browser's dialog for what the page is on paper. */
	readonly print: () => void;
	/** For an author who looks at them. */
	readonly noteMessage: NoteMessage;
	/** What the listener returns true for is taken over by the page around. */
	readonly onNews: (listener: (news: FrameNews) => boolean) => () => void;
	/** Calls back when what is seen has changed and has come to rest. */
	readonly onState: (listener: (state: string) => void) => () => void;
}
