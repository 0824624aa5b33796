import { afterEach, describe, expect, it } from "vitest";
import { cleanup, render } from "vitest-browser-react";
import { goTo, setDepth, stepOn } from "../store/actions.ts";
import { follow } from "../store/follow.ts";
import { sessionStore } from "../store/session.ts";
import { changeSettings } from "../store/settings.ts";
import { openPresetById } from "../store/show-experiment.ts";
import { LiveRegion } from "./live-region.tsx";

afterEach(cleanup);

async function opened(): Promise<HTMLElement> {
	await changeSettings({ notation: "ufldl", motion: "none" });
	await openPresetById("worked-example");
	setDepth("unit");
	const { container } = await render(<LiveRegion />);
	const region = container.querySelector<HTMLElement>("[role=status]");
	if (region === null) throw new Error("there is no live region");
	return region;
}

/** What a screen reader is told from here on. */
function listen(region: HTMLElement): () => readonly string[] {
	const heard: string[] = [];
	const observer = new MutationObserver(() => heard.push(region.textContent ?? ""));
	observer.observe(region, { characterData: true, childList: true, subtree: true });
	return () => {
		observer.disconnect();
		return heard.filter((text) => text !== "");
	};
}

describe("the live region", () => {
	it("is silent until the first step, then tells it with its numbers", async () => {
		const region = await opened();
		expect(region.getAttribute("aria-live")).toBe("polite");
		expect(region.textContent).toBe("");
		await stepOn();
		await expect
			.poll(() => region.textContent)
			.toMatch(/^Step 2 of 19, forward\. Hidden, neuron 1: pre-activation is .*equals 0\.378.*equals 0\.593\.$/);
	});

	it("tells the last of several quick steps only", async () => {
		const region = await opened();
		const heard = listen(region);
		await stepOn();
		await stepOn();
		await stepOn();
		await expect.poll(() => region.textContent).toMatch(/^Step 4 of 19/);
		expect(heard()).toEqual([region.textContent]);
	});

	it("tells changes of phase only while playing", async () => {
		const region = await opened();
		await stepOn();
		await expect.poll(() => region.textContent).toMatch(/^Step 2/);
		sessionStore.setState({ playing: true });
		const { timeline } = sessionStore.getState().opened ?? {};
		const loss = timeline?.phases.find(({ name }) => name === "loss");
		await goTo({ iteration: 1, leaf: 6 });
		await goTo({ iteration: 1, leaf: loss?.first ?? 0 });
		await expect.poll(() => region.textContent).toMatch(/, loss\./);
		sessionStore.setState({ playing: false });
	});

	it("leaves the word to the heading where an explanation is followed", async () => {
		const region = await opened();
		const heard = listen(region);
		await follow({ kind: "top", iteration: 1, pass: 0, layer: "output", slot: 0, side: "data", index: 0 });
		await stepOn();
		await expect.poll(() => region.textContent).toMatch(/^Step 4 of 19/);
		expect(heard()).toEqual([region.textContent]);
	});
});
