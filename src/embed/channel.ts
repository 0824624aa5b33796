import { type Envelope, type Incoming, readEnvelope } from "./messages.ts";

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
}

const OPAQUE = "null";

/** The frame's side of the talk with the page around it. What it does not understand it does not answer. */
export function openChannel({ window, fid, origins, listen }: ChannelOptions): Channel {
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
		try {
			parent.postMessage(message, target === OPAQUE ? "*" : target);
		} catch {
			// A page that has gone cannot be told.
		}
	}
	function take(message: Incoming, from: string, transferred: MessagePort | undefined, answerBy: MessagePort | null) {
		if (message.type === "init") {
			origin = from;
			if (transferred !== undefined) adoptPort(transferred);
		}
		const { rid } = message;
		listen(
			message,
			(type, p) => {
				if (rid === undefined) return;
				const answer = envelope(type, p, rid);
				if (answerBy === null) post(answer, from);
				else answerBy.postMessage(answer);
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
		if (event.source !== parent || (origins !== undefined && !origins.includes(event.origin))) return;
		const message = readEnvelope(event.data);
		if (message !== null) take(message, event.origin, event.ports[0], null);
	}
	window.addEventListener("message", onMessage);
	return {
		send: (type, p) => post(envelope(type, p), "*"),
		sendPrivately(type, p) {
			if (port !== null) port.postMessage(envelope(type, p));
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
