import { afterEach, describe, expect, it } from "vitest";
import { focusInPlace, showInPlace } from "./focus-in-place.ts";

afterEach(() => {
	document.body.replaceChildren();
	scrollTo(0, 0);
});

function scroller(): { readonly box: HTMLElement; readonly buttons: readonly HTMLButtonElement[] } {
	const box = document.createElement("div");
	box.style.cssText = "height:100px;overflow:auto;margin-top:3000px";
	const buttons = Array.from({ length: 10 }, () => {
		const button = document.createElement("button");
		button.style.cssText = "display:block;height:40px;border:0;padding:0";
		return button;
	});
	box.append(...buttons);
	document.body.append(box);
	return { box, buttons };
}

describe("what is focused in place", () => {
	it("comes into sight in its own scroller, by as little as it takes, and moves nothing around", () => {
		const { box, buttons } = scroller();
		focusInPlace(buttons[5]);
		expect(document.activeElement).toBe(buttons[5]);
		expect(box.scrollTop).toBe(6 * 40 - 100);
		showInPlace(buttons[4]);
		expect(box.scrollTop).toBe(6 * 40 - 100);
		showInPlace(buttons[1]);
		expect(box.scrollTop).toBe(40);
		expect(document.documentElement.scrollTop).toBe(0);
	});

	it("shows the start of what is longer than its scroller", () => {
		const { box, buttons } = scroller();
		buttons[3].style.height = "300px";
		showInPlace(buttons[3]);
		expect(box.scrollTop).toBe(120);
	});

	it("scrolls the page itself where nothing else scrolls", () => {
		const button = document.createElement("button");
		button.style.cssText = "display:block;margin-top:3000px;height:40px;border:0";
		document.body.append(button);
		focusInPlace(button);
		const { bottom } = button.getBoundingClientRect();
		expect(Math.round(bottom)).toBeLessThanOrEqual(innerHeight);
	});
});
