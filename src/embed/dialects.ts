import type { ParameterValues } from "../formats/link/parameters.ts";

/** A way in which other pages hear of a frame's height. */
export type Dialect = NonNullable<ParameterValues["resize"]>[number];

/** Heard by learning platforms and page builders that ask for nothing first. */
const UNASKED: readonly Dialect[] = ["embedly", "lti", "edx"];

interface Size {
	readonly width: number;
	readonly height: number;
}

interface Around {
	/** Whether a page has introduced itself in the frame's own words. */
	readonly introduced: boolean;
	/** The frame's address, without what stands behind `#`. */
	readonly source: string;
	/** The query of the frame's address: pym names its frames there. */
	readonly search: string;
}

/** How pym joins the parts of its messages. */
const PYM = "xPYMx";

/** The messages that other pages take a frame's height by. */
export function dialectMessages(
	dialects: readonly Dialect[],
	{ introduced, source, search }: Around,
	{ width, height }: Size,
): readonly unknown[] {
	const wants = (dialect: Dialect) =>
		dialects.includes(dialect) || (dialects.includes("auto") && UNASKED.includes(dialect) && !introduced);
	const child = new URLSearchParams(search).get("childId");
	return [
		...(wants("embedly") ? [JSON.stringify({ src: source, context: "iframe.resize", height })] : []),
		...(wants("lti") ? [{ subject: "lti.frameResize", height }] : []),
		...(wants("edx") ? [{ type: "plugin.resize", payload: { width, height } }] : []),
		...(wants("pym") && child !== null ? [["pym", child, "height", String(height)].join(PYM)] : []),
		...(wants("amp") ? [{ sentinel: "amp", type: "embed-size", height }] : []),
	];
}

export interface H5pTalk {
	/** A new height; told when the page around has said that it listens. */
	readonly tell: (height: number) => void;
	readonly hear: (message: unknown) => void;
}

/** H5P's way: both say hello, the page makes ready for a height, and is then given it. */
export function talkH5p(send: (message: unknown) => void): H5pTalk {
	let known = 0;
	let greeted = false;
	const say = (action: string, more: object = {}) => send({ context: "h5p", action, ...more });
	const prepare = () => say("prepareResize", { scrollHeight: known, clientHeight: known });
	return {
		tell(height) {
			known = height;
			if (greeted) prepare();
			else say("hello");
		},
		hear(message) {
			if (typeof message !== "object" || message === null || Reflect.get(message, "context") !== "h5p") return;
			switch (Reflect.get(message, "action")) {
				case "hello":
					greeted = true;
					if (known > 0) prepare();
					return;
				case "resize":
					if (known > 0) prepare();
					return;
				case "resizePrepared":
					say("resize", { scrollHeight: known });
			}
		},
	};
}
