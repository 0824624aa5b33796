import type { ParameterNotice } from "../formats/link/read-parameters.ts";

export interface SetResult {
	readonly applied: readonly string[];
	readonly warnings: readonly ParameterNotice[];
}

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
	/** Calls back when what is seen has changed and has come to rest. */
	readonly onState: (listener: (state: string) => void) => () => void;
}
