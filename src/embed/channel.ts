import { type Envelope, type Incoming, readEnvelope } from "./messages.ts";
import type { NoteMessage } from "./page.ts";

type Listener = (message: Incoming, reply: (type: string, p: unknown) => void, port: MessagePort | undefined) => void;

export interface Channel {
	/** To the page around, whoever it is: nothing that is personal. */
	readonly send: (type: string, p: unknown) => void;
	/** Only to the page that has introduced itself, and by its port where its origin is opaque. */
	readonly sendPrivately: (type: string, p: unknown) => void;
	/** A dialect that other pages speak. */
	readonly sendRaw: (message: unknown) => void;
	readonly introduced: () => boolean;
	readonly close: () => void;
}

export interface ChannelOptions {
	readonly window: Window;
	readonly fid: string | undefined;
	/** Where a link names them, the only pages that are listened to. */
	readonly origins: readonly string[] | undefined;
	readonly listen: Listener;
	/** Is told of every message, either way, where somebody looks at them. */
	readonly note: NoteMessage | undefined;
}

const OPAQUE = "null";

/** Dialects name what they say in other ways. */
function typeOf(message: unknown): string {
	if (typeof message !== "object" || message === null) return typeof message;
	const { type, subject, context } = { type: undefined, subject: undefined, context: undefined, ...message };
	return String(type ?? subject ?? context ?? "");
}

/** The frame's side of the talk with the page around it. What it does not understand it does not answer. */
export function openChannel({ window, fid, origins, listen, note }: ChannelOptions): Channel {
	const { parent } = window;
	let origin: string | null = null;
	let port: MessagePort | null = null;

	const envelope = (type: string, p: unknown, re?: string): Envelope => ({
		ns: "deltascope",
		v: 1,
		type,
		...(fid === undefined ? {} : { fid }),
		...(re === undefined ? {} : { re }),
		p,
	});
	function post(message: unknown, target: string) {
		note?.("out", typeOf(message), message);
		try {
			parent.postMessage(message, target === OPAQUE ? "*" : target);
		} catch {
			// A page that has gone cannot be told.
		}
	}
	function postBy(way: MessagePort, message: Envelope) {
		note?.("out", message.type, message);
		way.postMessage(message);
	}
	function take(message: Incoming, from: string, transferred: MessagePort | undefined, answerBy: MessagePort | null) {
		if (message.type === "init") {
			origin = from;
			if (transferred !== undefined) adoptPort(transferred);
		}
		note?.("in", message.type, message);
		const { rid } = message;
		listen(
			message,
			(type, p) => {
				if (rid === undefined) return;
				const answer = envelope(type, p, rid);
				if (answerBy === null) post(answer, from);
				else postBy(answerBy, answer);
			},
			transferred,
		);
	}
	function adoptPort(given: MessagePort) {
		port?.close();
		port = given;
		port.onmessage = ({ data }: MessageEvent<unknown>) => {
			const message = readEnvelope(data);
			if (message !== null && message.type !== "init") take(message, origin ?? OPAQUE, undefined, given);
		};
	}
	function onMessage(event: MessageEvent<unknown>) {
		if (event.source !== parent) return;
		const isHeard = origins === undefined || origins.includes(event.origin);
		const message = isHeard ? readEnvelope(event.data) : null;
		if (message !== null) take(message, event.origin, event.ports[0], null);
		// What is not understood may be of any size: nothing of it is kept.
		else note?.("not-heard", isHeard ? typeof event.data : event.origin, undefined);
	}
	window.addEventListener("message", onMessage);
	return {
		send: (type, p) => post(envelope(type, p), "*"),
		sendPrivately(type, p) {
			if (port !== null) postBy(port, envelope(type, p));
			else if (origin !== null && origin !== OPAQUE) post(envelope(type, p), origin);
		},
		sendRaw: (message) => post(message, "*"),
		introduced: () => origin !== null,
		close() {
			window.removeEventListener("message", onMessage);
			port?.close();
		},
	};
}
