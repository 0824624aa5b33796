import { afterEach, beforeEach, describe, expect, it } from "vitest";
import "../theme/tokens.css";
import { pictureOf } from "./picture.ts";
import { paint } from "./pixels.ts";

const options = { title: "A unit", description: "One square" };

beforeEach(() => {
	document.documentElement.dataset.theme = "light";
	document.body.innerHTML = `<section style="width: 80px; background: var(--surface)"><svg width="40" height="40">
		<rect width="40" height="40" style="fill: var(--plus)" /></svg></section>`;
});

afterEach(() => {
	delete document.documentElement.dataset.theme;
	document.body.replaceChildren();
});

function stage(): HTMLElement {
	const found = document.querySelector("section");
	if (found === null) throw new Error("no stage");
	return found;
}

/** How often the theme of an element is written while something is done. */
function themesWritten(element: HTMLElement, work: () => void): number {
	const observer = new MutationObserver(() => {});
	observer.observe(element, { attributes: true, attributeFilter: ["data-theme"] });
	work();
	return observer.takeRecords().length;
}

describe("a picture", () => {
	it("in the theme of the page leaves the page's styles alone", () => {
		const asShown = pictureOf(stage(), { ...options, theme: null });
		expect(themesWritten(stage(), () => pictureOf(stage(), { ...options, theme: "light" }))).toBe(0);
		expect(pictureOf(stage(), { ...options, theme: "light" })).toEqual(asShown);
	});

	it("follows the system where the page does", () => {
		const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
		const other = system === "dark" ? "light" : "dark";
		document.documentElement.dataset.theme = "auto";
		const asShown = pictureOf(stage(), { ...options, theme: null });
		expect(themesWritten(stage(), () => pictureOf(stage(), { ...options, theme: system }))).toBe(0);
		expect(pictureOf(stage(), { ...options, theme: other }).svg).not.toBe(asShown.svg);
	});

	it("in another theme has that one's colours, and the page its own afterwards", () => {
		const before = stage().outerHTML;
		const { svg } = pictureOf(stage(), { ...options, theme: "dark" });
		expect(svg).toContain('<rect width="100%" height="100%" fill="#10151e"/>');
		expect(svg).toContain('fill="#38bdf8"');
		expect(stage().outerHTML).toBe(before);
	});

	it("is read by the browser in one task and painted in another", async () => {
		const tasks: string[] = [];
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }) => tasks.push(data);
		const { decode } = HTMLImageElement.prototype;
		const { drawImage } = CanvasRenderingContext2D.prototype;
		HTMLImageElement.prototype.decode = async function () {
			await decode.call(this);
			port2.postMessage("something else");
		};
		CanvasRenderingContext2D.prototype.drawImage = function (...parameters: unknown[]) {
			tasks.push("painted");
			Reflect.apply(drawImage, this, parameters);
		};
		try {
			const picture = pictureOf(stage(), { ...options, theme: null });
			const context = await paint(picture, 1);
			expect([...context.getImageData(10, 10, 1, 1).data]).toEqual([0x03, 0x69, 0xa1, 255]);
			expect(tasks).toEqual(["something else", "painted"]);
		} finally {
			HTMLImageElement.prototype.decode = decode;
			CanvasRenderingContext2D.prototype.drawImage = drawImage;
			port1.close();
		}
	});
});
