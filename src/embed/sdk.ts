/** What runs in the page around: an element that holds the frame, and the talk with any frame. No dependencies. */

interface Message {
	readonly ns?: unknown;
	readonly type?: unknown;
	readonly re?: unknown;
	readonly p?: unknown;
}

interface Waiting {
	readonly resolve: (p: unknown) => void;
	readonly reject: (reason: Error) => void;
}

export interface Talk {
	/** Sends a message and resolves to the answer; rejects where it is refused or does not come. */
	readonly ask: (type: string, p?: unknown) => Promise<unknown>;
	readonly close: () => void;
}

export interface TalkOptions {
	readonly onMessage?: (type: string, p: unknown) => void;
	/** What is said in the handshake: looks, a state, what is wanted. */
	readonly init?: () => Readonly<Record<string, unknown>>;
}

const PATIENCE_MS = 10_000;

/** Talks with the Deltascope in a frame. Only what comes from that very window, and from its address, is heard. */
export function talkWith(frame: HTMLIFrameElement, { onMessage, init }: TalkOptions = {}): Talk {
	const origin = new URL(frame.src, document.baseURI).origin;
	const opaque = frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
	const waiting = new Map<string, Waiting>();
	let port: MessagePort | null = null;
	let last = 0;

	function hear({ ns, type, re, p }: Message) {
		if (ns !== "deltascope" || typeof type !== "string") return;
		const asked = typeof re === "string" ? waiting.get(re) : undefined;
		if (typeof re === "string") waiting.delete(re);
		if (type === "nack") asked?.reject(new Error(JSON.stringify(p)));
		else asked?.resolve(p);
		if (asked !== undefined) return;
		if (type === "hello") greet();
		onMessage?.(type, p);
	}
	function greet() {
		const { port1, port2 } = new MessageChannel();
		port?.close();
		port = port1;
		port1.onmessage = ({ data }) => hear(data ?? {});
		const message = { ns: "deltascope", v: 1, type: "init", p: { proto: 1, want: ["state"], ...init?.() } };
		// A sandboxed frame has no origin to name; the port is what keeps the rest of the talk private.
		frame.contentWindow?.postMessage(message, opaque ? "*" : origin, [port2]);
	}
	function onWindowMessage({ source, origin: from, data }: MessageEvent) {
		if (source === frame.contentWindow && from === (opaque ? "null" : origin)) hear(data ?? {});
	}
	addEventListener("message", onWindowMessage);
	frame.contentWindow?.postMessage({ ns: "deltascope", v: 1, type: "ping" }, "*");
	return {
		ask(type, p) {
			const rid = `r${++last}`;
			return new Promise((resolve, reject) => {
				waiting.set(rid, { resolve, reject });
				setTimeout(() => waiting.delete(rid) && reject(new Error(`${type}: no answer`)), PATIENCE_MS);
				const message = { ns: "deltascope", v: 1, type, rid, p };
				if (port !== null) port.postMessage(message);
				else frame.contentWindow?.postMessage(message, opaque ? "*" : origin);
			});
		},
		close() {
			removeEventListener("message", onWindowMessage);
			port?.close();
		},
	};
}

/** Attributes of the element's own; all others are settings of the frame, as in a link. */
const OWN = [
	"src",
	"width",
	"height",
	"max-height",
	"name",
	"sandbox",
	"class",
	"style",
	"id",
	"slot",
	"hidden",
	"lang-of",
];
const FIRST_HEIGHT = 480;

const base = (): string => {
	const script = document.currentScript;
	return script instanceof HTMLScriptElement && script.src !== "" ? new URL("embed/", script.src).href : "embed/";
};
let home = base();

/** Where the frames come from, if not from beside this script. */
export function setHome(url: string): void {
	home = url;
}

/** The theme of the page around, where it says one. */
export function hostTheme(): "light" | "dark" | "auto" {
	for (const { dataset, classList } of [document.documentElement, document.body]) {
		const said = dataset.theme ?? dataset.bsTheme ?? dataset.mdColorScheme ?? "";
		if (said === "dark" || said === "slate" || classList.contains("dark") || classList.contains("quarto-dark"))
			return "dark";
		if (said === "light" || said === "default" || classList.contains("light") || classList.contains("quarto-light"))
			return "light";
	}
	return "auto";
}

// Where there is no document (a page rendered on a server) the module can be imported all the same.
const Base = typeof HTMLElement === "undefined" ? Object : HTMLElement;

export class DeltaScopeElement extends (Base as typeof HTMLElement) {
	#talk: Talk | null = null;
	#observer: MutationObserver | null = null;
	frame: HTMLIFrameElement | null = null;

	connectedCallback(): void {
		if (this.frame !== null) return;
		const frame = document.createElement("iframe");
		const query = new URLSearchParams();
		for (const { name, value } of this.attributes) {
			if (!OWN.includes(name) && !name.includes("-") && !(name === "theme" && value === "host") && name !== "preset")
				query.set(name, value);
		}
		if (this.#follows()) query.set("theme", hostTheme());
		const preset = this.getAttribute("preset");
		const url = new URL(
			this.getAttribute("src") ?? `${preset === null ? "" : `${encodeURIComponent(preset)}/`}?${query}`,
			new URL(home, document.baseURI),
		);
		frame.title = this.getAttribute("title") ?? this.textContent?.trim() ?? "Deltascope";
		frame.allow = "fullscreen; clipboard-write";
		frame.loading = "lazy";
		frame.referrerPolicy = "strict-origin-when-cross-origin";
		const sandbox = this.getAttribute("sandbox");
		if (sandbox !== null)
			frame.setAttribute("sandbox", sandbox || "allow-scripts allow-popups allow-downloads allow-modals");
		const height = Number(this.getAttribute("height")) || FIRST_HEIGHT;
		frame.style.cssText = `display:block;width:100%;border:0;height:${height}px`;
		frame.src = url.href;
		this.frame = frame;
		this.replaceChildren(frame);
		const most = Number(this.getAttribute("max-height")) || undefined;
		this.#talk = talkWith(frame, {
			init: () => ({
				...(this.#follows() ? { theme: hostTheme() } : {}),
				...(most === undefined ? {} : { maxHeight: most }),
			}),
			onMessage: (type, p) => this.#hear(type, p),
		});
		if (this.#follows()) this.#follow();
	}

	disconnectedCallback(): void {
		this.#talk?.close();
		this.#observer?.disconnect();
		this.frame?.remove();
		this.frame = null;
	}

	/** Sends a message of the protocol; resolves to its answer. */
	ask(type: string, p?: unknown): Promise<unknown> {
		return this.#talk?.ask(type, p) ?? Promise.reject(new Error("not connected"));
	}

	#follows(): boolean {
		return this.getAttribute("theme") === "host";
	}

	#follow(): void {
		this.#observer = new MutationObserver(() => void this.ask("set", { theme: hostTheme() }).catch(() => {}));
		for (const element of [document.documentElement, document.body])
			this.#observer.observe(element, { attributes: true });
	}

	#hear(type: string, p: unknown): void {
		if (type === "resize" && !this.hasAttribute("height") && this.frame !== null) {
			const height = typeof p === "object" && p !== null ? Number(Reflect.get(p, "h")) : Number.NaN;
			if (height >= 100 && height <= 20_000) this.frame.style.height = `${height}px`;
		}
		this.dispatchEvent(new CustomEvent(`deltascope-${type}`, { detail: p, bubbles: true }));
	}
}

/** Makes `<delta-scope>` known; twice does no harm. */
export function define(): void {
	if (typeof customElements !== "undefined" && customElements.get("delta-scope") === undefined) {
		customElements.define("delta-scope", DeltaScopeElement);
	}
}
