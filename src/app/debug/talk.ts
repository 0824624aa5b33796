import { createStore } from "zustand/vanilla";

/** How a message went between the frame and the page around; what is not heard came from elsewhere or is no message. */
export type Way = "in" | "out" | "not-heard";

export interface Said {
	readonly number: number;
	/** Milliseconds since the page was opened. */
	readonly at: number;
	readonly way: Way;
	readonly type: string;
	readonly content: string;
}

const MOST_MESSAGES = 50;
const LONGEST_CONTENT = 160;

/** The last messages, for an author who looks at them. */
export const talkStore = createStore<{ readonly said: readonly Said[] }>()(() => ({ said: [] }));

function shorten(text: string): string {
	return text.length > LONGEST_CONTENT ? `${text.slice(0, LONGEST_CONTENT)}…` : text;
}

/** Notes a message. `content` is of bounded size, as everything is that the frame understands or says. */
export function noteMessage(way: Way, type: string, content: unknown): void {
	talkStore.setState(({ said }) => ({
		said: [
			...said.slice(1 - MOST_MESSAGES),
			{
				number: (said.at(-1)?.number ?? 0) + 1,
				at: performance.now(),
				way,
				type,
				content: content === undefined ? "" : shorten(JSON.stringify(content) ?? ""),
			},
		],
	}));
}
