import { afterEach, describe, expect, it } from "vitest";
import { cleanup, render } from "vitest-browser-react";
import { type BlockReading, makeBlock } from "../../explain/reading.ts";
import { MarkDefinitions } from "../../views/marks/mark-definitions.tsx";
import { placeTiles } from "../../views/marks/tile-geometry.ts";
import { Tiles } from "../../views/marks/tiles.tsx";
import { openCamera, type PictureTheme, pictureOf } from "./picture.ts";
import { paint } from "./pixels.ts";
import "../theme/tokens.css";
import "../theme/theme.css";

const TEXTS = { title: "A picture", description: "of a part of the page" };
const geometry = placeTiles({ maps: 1, rows: 2, columns: 2, count: 4 }, { width: 40, height: 40 });

function block(scale: number): BlockReading {
	const first = { kind: "top", iteration: 1, pass: 0, layer: "conv", slot: 0, side: "data", index: 0 } as const;
	return makeBlock(
		{ id: "i1/p0/top/conv/0/data/0", first, count: 4, known: 4, rest: "not-yet" },
		(k) => scale * (k - 1),
	);
}

/** Something to take a picture of: text, marks of a drawing, tiles. */
function Part({ scale, wide = false }: { readonly scale: number; readonly wide?: boolean }) {
	return (
		<>
			<MarkDefinitions />
			<section data-testid="part" style={{ background: "var(--surface)", color: "var(--ink)", width: 300 }}>
				<p>Some text</p>
				<svg width="60" height="20">
					<title>marks</title>
					<circle cx="10" cy="10" r="8" style={{ fill: "url(#mark-hatch)" }} />
					<path d="M20 10H40" style={{ fill: "none", stroke: "var(--plus)", strokeWidth: wide ? 6 : 2 }} />
				</svg>
				<Tiles block={block(scale)} geometry={geometry} maximum={3} />
			</section>
		</>
	);
}

async function open() {
	document.documentElement.dataset.theme = "light";
	const { container, rerender } = await render(<Part scale={1} />);
	const part = container.querySelector("[data-testid=part]");
	const canvas = container.querySelector("canvas");
	if (!(part instanceof HTMLElement) || canvas === null) throw new Error("no part");
	return { part, canvas, rerender };
}

async function taken(part: HTMLElement, theme: PictureTheme | null): Promise<string> {
	const camera = openCamera(part, theme);
	try {
		return (await camera.take(TEXTS)).svg;
	} finally {
		camera.close();
	}
}

afterEach(async () => {
	await cleanup();
	delete document.documentElement.dataset.theme;
});

describe("a picture", () => {
	it("is the same taken in slices as at once, in each theme", async () => {
		const { part } = await open();
		for (const theme of [null, "light", "dark"] as const) {
			expect(await taken(part, theme)).toBe(pictureOf(part, { theme, ...TEXTS }).svg);
		}
		expect(pictureOf(part, { theme: "dark", ...TEXTS }).svg).not.toBe(pictureOf(part, { theme: null, ...TEXTS }).svg);
	});

	it("has patterns from elsewhere on the page in its own theme", async () => {
		const { part } = await open();
		const ground = (theme: PictureTheme) => {
			const { svg } = pictureOf(part, { theme, ...TEXTS });
			const drawing = new DOMParser().parseFromString(svg, "image/svg+xml");
			return {
				picture: drawing.querySelector("svg > rect")?.getAttribute("fill"),
				hatch: drawing.querySelector("#mark-hatch rect")?.getAttribute("fill"),
			};
		};
		const [light, dark] = [ground("light"), ground("dark")];
		expect(light.hatch).toBe(light.picture);
		expect(dark.hatch).toBe(dark.picture);
		expect(dark.hatch).not.toBe(light.hatch);
		expect(part.querySelector("#mark-hatch")).toBeNull();
	});

	it("in the theme of the page leaves the page's styles alone, in the system's too where the page follows it", async () => {
		const { part } = await open();
		const observer = new MutationObserver(() => {});
		observer.observe(part, { attributes: true, attributeFilter: ["data-theme"] });
		pictureOf(part, { theme: "light", ...TEXTS });
		expect(observer.takeRecords()).toHaveLength(0);
		document.documentElement.dataset.theme = "auto";
		const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
		const asShown = pictureOf(part, { theme: null, ...TEXTS }).svg;
		pictureOf(part, { theme: system, ...TEXTS });
		expect(observer.takeRecords()).toHaveLength(0);
		expect(pictureOf(part, { theme: system === "dark" ? "light" : "dark", ...TEXTS }).svg).not.toBe(asShown);
		expect(observer.takeRecords()).not.toHaveLength(0);
	});

	it("leaves the part as it was", async () => {
		const { part } = await open();
		const before = part.outerHTML;
		pictureOf(part, { theme: "dark", ...TEXTS });
		expect(part.outerHTML).toBe(before);
	});

	it("is read by the browser in one task and painted in another", async () => {
		const { part } = await open();
		const tasks: string[] = [];
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }) => tasks.push(data);
		const { drawImage } = CanvasRenderingContext2D.prototype;
		// What is asked for while the image is read comes before it is painted.
		Object.defineProperty(HTMLImageElement.prototype, "onload", {
			configurable: true,
			set(this: HTMLImageElement, handler: (event: Event) => void) {
				this.addEventListener("load", (event) => {
					port2.postMessage("something else");
					handler(event);
				});
			},
		});
		CanvasRenderingContext2D.prototype.drawImage = function (...parameters: unknown[]) {
			tasks.push("painted");
			Reflect.apply(drawImage, this, parameters);
		};
		try {
			const { canvas } = await paint(pictureOf(part, { theme: null, ...TEXTS }), 0.5);
			expect([canvas.width, tasks]).toEqual([150, ["something else", "painted"]]);
		} finally {
			Reflect.deleteProperty(HTMLImageElement.prototype, "onload");
			CanvasRenderingContext2D.prototype.drawImage = drawImage;
			port1.close();
		}
	});

	it("says of a line how it is drawn, and of what has none nothing", async () => {
		const { part, rerender } = await open();
		await rerender(<Part scale={1} wide />);
		const { svg } = pictureOf(part, { theme: null, ...TEXTS });
		const drawing = new DOMParser().parseFromString(svg, "image/svg+xml");
		expect(drawing.querySelector("path")?.getAttribute("stroke-width")).toBe("6px");
		expect(drawing.querySelector("circle")?.hasAttribute("stroke-width")).toBe(false);
	});
});

describe("a camera", () => {
	it("keeps its theme on what changes while it is open, and leaves the page as it was", async () => {
		const { part, canvas, rerender } = await open();
		await rerender(<Part scale={2} />);
		const light = canvas.toDataURL();
		await rerender(<Part scale={1} />);
		const before = canvas.toDataURL();
		expect(before).not.toBe(light);
		const camera = openCamera(part, "dark");
		const dark = canvas.toDataURL();
		expect(dark).not.toBe(before);
		await rerender(<Part scale={2} />);
		expect((await camera.take(TEXTS)).svg).toContain(canvas.toDataURL());
		expect([light, before, dark]).not.toContain(canvas.toDataURL());
		camera.close();
		expect(part.dataset.theme).toBeUndefined();
		expect(canvas.toDataURL()).toBe(light);
		// What is painted anew later has the page's colours too.
		await rerender(<Part scale={1} />);
		expect(canvas.toDataURL()).toBe(before);
	});
});
