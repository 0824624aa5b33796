import { describe, expect, it } from "vitest";
import { dialectMessages, talkH5p } from "./dialects.ts";

const size = { width: 640, height: 480 };
const alone = { introduced: false, source: "https://a/", search: "" };
const known = { ...alone, introduced: true };

describe("the height in other pages' words", () => {
	it("is told in those that nobody asks for until a page has introduced itself", () => {
		expect(dialectMessages(["auto"], alone, size)).toHaveLength(3);
		expect(dialectMessages(["auto"], known, size)).toEqual([]);
	});

	it("is told in those that a link asks for", () => {
		expect(dialectMessages(["lti"], known, size)).toEqual([{ subject: "lti.frameResize", height: 480 }]);
		expect(dialectMessages(["amp"], known, size)).toEqual([{ sentinel: "amp", type: "embed-size", height: 480 }]);
		expect(dialectMessages(["none"], alone, size)).toEqual([]);
	});

	it("is told to pym under the name that it gave the frame, and not without", () => {
		const search = "?initialWidth=640&childId=figure-1&parentUrl=https%3A%2F%2Fa";
		const [message] = dialectMessages(["pym"], { ...known, search }, size);
		// As pym.js reads it in the page around.
		expect(/^pymxPYMxfigure-1xPYMx(\S+)xPYMx(.*)$/.exec(String(message))?.slice(1)).toEqual(["height", "480"]);
		expect(dialectMessages(["pym"], known, size)).toEqual([]);
	});
});

/** The page around, as h5p-resizer.js is one. */
function resizer(talk: () => { readonly hear: (message: unknown) => void }) {
	const frame = { height: 150 };
	const respond = (action: string) => talk().hear({ context: "h5p", action });
	return {
		frame,
		take(message: unknown) {
			const { context, action, scrollHeight, clientHeight } = Object(message);
			if (context !== "h5p") return;
			if (action === "hello") respond("hello");
			if (action === "prepareResize" && (frame.height !== scrollHeight || scrollHeight !== clientHeight)) {
				frame.height = clientHeight;
				respond("resizePrepared");
			}
			if (action === "resize") frame.height = scrollHeight;
		},
	};
}

describe("H5P's way", () => {
	it("gives the frame each new height", () => {
		const around = resizer(() => talk);
		const talk = talkH5p((message) => around.take(message));
		talk.tell(480);
		expect(around.frame.height).toBe(480);
		talk.tell(520);
		expect(around.frame.height).toBe(520);
		around.frame.height = 10;
		talk.hear({ context: "h5p", action: "resize" });
		expect(around.frame.height).toBe(520);
	});

	it("says hello and no more to a page that does not answer", () => {
		const said: unknown[] = [];
		const talk = talkH5p((message) => said.push(message));
		talk.tell(480);
		for (const nothing of [null, "h5p", { context: "other", action: "hello" }, { context: "h5p", action: "dance" }]) {
			talk.hear(nothing);
		}
		expect(said).toEqual([{ context: "h5p", action: "hello" }]);
	});
});
