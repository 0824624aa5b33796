import type { ParameterValues } from "../formats/link/parameters.ts";
import { goTo, pause, play, stepOff, stepOn } from "../store/actions.ts";
import { redo, resetRun, undo } from "../store/history.ts";
import { sessionStore } from "../store/session.ts";
import { startOf } from "../timeline/cursor.ts";
import { focusInPlace } from "../views/marks/focus-in-place.ts";
import { type Channel, openChannel } from "./channel.ts";
import { dialectMessages, talkH5p } from "./dialects.ts";
import { type HeightWatch, watchHeight } from "./height.ts";
import { type Command, isRefusal, readCommand } from "./messages.ts";
import type { FramedPage } from "./page.ts";
import { leavesByTab, tabStops } from "./tab-stops.ts";
import { tableRows } from "./tables.ts";
import { greeting, readiness, whereNow } from "./where.ts";

/** When the frame says hello again, in milliseconds, until the page around answers. */
const GREETINGS_MS = [
	200, 500, 1000, 2000, 4000, 9000, 14_000, 19_000, 24_000, 29_000, 34_000, 39_000, 44_000, 49_000, 54_000, 60_000,
];
const STEP_INTERVAL_MS = 100;

/** Left to the page around where the frame has no use for them: a clicker goes on to the next slide. */
const PASSED_ON = ["PageUp", "PageDown", "Escape"];

export interface ConnectOptions {
	readonly window: Window;
	readonly page: FramedPage;
	readonly values: ParameterValues;
	/** Whose height is told. */
	readonly content: Element;
}

/** Puts the page, once it is ready, in touch with the page around it. */
export function connect({ window, page, values, content }: ConnectOptions): () => void {
	let wanted: readonly string[] = [];
	let maxHeight = Number.POSITIVE_INFINITY;
	let wasPlaying = false;
	const height = () => Math.ceil(content.getBoundingClientRect().height);

	const channel: Channel = openChannel({
		window,
		fid: values.fid,
		origins: values.origin,
		note: values.debug === true ? page.noteMessage : undefined,
		listen(message, reply) {
			const read = readCommand(message);
			if (isRefusal(read)) {
				reply("nack", read);
				return;
			}
			perform(read).then(
				(answer) => {
					if (answer !== null) reply(answer.type, answer.p);
				},
				(error: unknown) => {
					const told = error instanceof Error ? error.message.slice(0, 200) : "";
					reply("nack", { code: "failed", message: told });
				},
			);
		},
	});

	interface Answer {
		readonly type: string;
		readonly p: unknown;
	}
	const done = (): Answer => ({ type: "ok", p: { step: whereNow() } });
	async function stateAnswer(): Promise<Answer> {
		const s = await page.state();
		return { type: "state", p: s === null ? null : { s, url: page.address(s) } };
	}

	async function perform(command: Command): Promise<Answer | null> {
		switch (command.type) {
			case "init": {
				const { want, theme, lang, state } = command.p;
				wanted = want;
				page.answered();
				maxHeight = command.p.maxHeight ?? maxHeight;
				const looks = { ...(theme === undefined ? {} : { theme }), ...(lang === undefined ? {} : { lang }) };
				const result = await page.set(looks);
				for (const warning of result.warnings) channel.send("warning", warning);
				if (state !== undefined) await page.openState(state);
				channel.send("ready", readiness(height()));
				watch?.again();
				return done();
			}
			case "ping":
				channel.send("hello", greeting(page.title()));
				return done();
			case "set": {
				const texts = Object.entries(command.p).map(([key, value]) => [key, String(value)]);
				return { type: "ok", p: await page.set(Object.fromEntries(texts)) };
			}
			case "goto":
				if (await page.goTo(command.p.at)) return done();
				return { type: "ok", p: { step: whereNow(), warnings: [{ code: "nowhere", where: "at" }] } };
			case "next":
				await stepOn(command.p?.gran);
				return done();
			case "prev":
				await stepOff(command.p?.gran);
				return done();
			case "first":
				await goTo(startOf(sessionStore.getState().cursor.iteration));
				return done();
			case "last":
				await goTo({ iteration: sessionStore.getState().cursor.iteration, leaf: Number.MAX_SAFE_INTEGER });
				return done();
			case "play":
				play();
				return done();
			case "pause":
				pause();
				return done();
			case "reset":
				await resetRun();
				return done();
			case "undo":
				await undo();
				return done();
			case "redo":
				await redo();
				return done();
			case "getstate":
				return stateAnswer();
			case "setstate":
				await page.openState(command.p.s);
				return stateAnswer();
			case "snapshot": {
				const picture = await page.picture({ ...command.p, description: whereNow()?.text ?? "" });
				if (picture === null) return { type: "nack", p: { code: "failed", message: "no picture is shown" } };
				return { type: "ok", p: picture };
			}
			case "table":
				return { type: "ok", p: tableRows(command.p.what) };
			case "visible":
				show(command.p.visible);
				return done();
			case "focusenter":
				focusInPlace(tabStops(document).at(command.p.mode === "reverse" ? -1 : 0));
				return done();
			case "print":
				page.print();
				return done();
		}
	}

	function show(visible: boolean) {
		if (visible && wasPlaying) play();
		if (!visible) {
			wasPlaying = sessionStore.getState().playing;
			pause();
		}
	}

	const dialects = values.resize ?? ["auto"];
	const h5p = dialects.includes("h5p") ? talkH5p(channel.sendRaw) : null;
	function tellHeight(wantedHeight: number, width: number) {
		const fitting = Math.min(wantedHeight, maxHeight);
		if (wantedHeight > maxHeight) page.fill(maxHeight);
		if (dialects.includes("none")) return;
		channel.send("resize", { h: fitting, w: width, min: 320, ideal: wantedHeight });
		const { href, search } = window.location;
		const around = { introduced: channel.introduced(), source: href.split("#")[0], search };
		for (const message of dialectMessages(dialects, around, { width, height: fitting })) channel.sendRaw(message);
		h5p?.tell(fitting);
	}
	const watch: HeightWatch | null =
		values.height === "fixed"
			? null
			: watchHeight(content, tellHeight, () => channel.send("warning", { code: "resize-loop" }));

	let stepTimer: ReturnType<typeof setTimeout> | undefined;
	const stops = [
		sessionStore.subscribe(({ cursor, opened, depth }, before) => {
			if (cursor === before.cursor && opened === before.opened && depth === before.depth) return;
			stepTimer ??= setTimeout(() => {
				stepTimer = undefined;
				const step = whereNow();
				if (step !== null) channel.send("step", step);
			}, STEP_INTERVAL_MS);
		}),
		page.onState((s) => {
			if (wanted.includes("state")) channel.sendPrivately("state", { s, url: page.address(s), dirty: true });
		}),
		page.onNews((news) => {
			if (news.type === "open") {
				// It carries what is seen.
				channel.sendPrivately("open", { href: news.href });
				return channel.introduced();
			}
			if (!wanted.includes("narrate")) return false;
			channel.send("narrate", { text: news.text, polite: true });
			return true;
		}),
	];

	function onKeyDown(event: KeyboardEvent) {
		if (event.key === "Tab" && !event.defaultPrevented && leavesByTab(document, event.shiftKey)) {
			channel.send("focusexit", { mode: event.shiftKey ? "reverse" : "forward" });
		}
		if (event.defaultPrevented || !PASSED_ON.includes(event.key)) return;
		// Here Escape closes what lies on top.
		if (event.key === "Escape" && document.querySelector(":popover-open, dialog[open]") !== null) return;
		channel.send("key", { key: event.key });
		if (event.key !== "Escape") return;
		if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
		channel.send("focusexit", { mode: "escape" });
	}
	/** reveal.js tells its slides' frames in bare words, H5P in objects of its own. */
	function onWord({ source, data }: MessageEvent<unknown>) {
		if (source !== window.parent) return;
		h5p?.hear(data);
		if (data === "slide:start") show(true);
		if (data === "slide:stop") show(false);
	}
	window.addEventListener("keydown", onKeyDown);
	window.addEventListener("message", onWord);

	const greetings = GREETINGS_MS.map((after) =>
		setTimeout(() => {
			if (!channel.introduced()) channel.send("hello", greeting(page.title()));
		}, after),
	);
	channel.send("hello", greeting(page.title()));

	return () => {
		window.removeEventListener("keydown", onKeyDown);
		window.removeEventListener("message", onWord);
		for (const timer of greetings) clearTimeout(timer);
		clearTimeout(stepTimer);
		for (const stop of stops) stop();
		watch?.stop();
		channel.close();
	};
}
