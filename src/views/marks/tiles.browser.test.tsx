import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { cleanup, render } from "vitest-browser-react";
import { type BlockReading, makeBlock } from "../../explain/reading.ts";
import { setHovered } from "../../store/hover.ts";
import { placeTiles, tileBox } from "./tile-geometry.ts";
import { Tiles } from "./tiles.tsx";

const SHAPE = { maps: 2, rows: 3, columns: 4, count: 24 };
const geometry = placeTiles(SHAPE, { width: 200, height: 200 });

function block(known: number, value: (place: number) => number = (place) => place - 12): BlockReading {
	const first = { kind: "top", iteration: 1, pass: 0, layer: "conv", slot: 0, side: "data", index: 48 } as const;
	return makeBlock({ id: "i1/p0/top/conv/0/data/48", first, count: 24, known, rest: "not-yet" }, value);
}

const index = (place: number) => expect.objectContaining({ layer: "conv", index: 48 + place });

async function tiles(reading: BlockReading, onExplain = vi.fn(), focus: number | null = null) {
	const { container } = await render(
		<Tiles block={reading} geometry={geometry} maximum={12} focus={focus} onExplain={onExplain} />,
	);
	const mark = container.querySelector("[data-mark='tiles']");
	const canvas = container.querySelector("canvas");
	if (mark === null || canvas === null) throw new Error("no tiles");
	return { mark, canvas, onExplain };
}

/** Red, green and blue in the middle of a cell. */
function colourAt(canvas: HTMLCanvasElement, place: number): readonly number[] {
	const { x, y, width, height } = tileBox(geometry, place);
	const scale = canvas.width / geometry.width;
	// Beside the minus in the middle of a negative cell.
	const pixel = canvas.getContext("2d")?.getImageData((x + width / 2) * scale, (y + height * 0.25) * scale, 1, 1);
	return Array.from(pixel?.data ?? []);
}

function clickOn(mark: Element, place: number) {
	const { left, top } = mark.getBoundingClientRect();
	const { x, y, width, height } = tileBox(geometry, place);
	mark.dispatchEvent(
		new MouseEvent("click", { bubbles: true, clientX: left + x + width / 2, clientY: top + y + height / 2 }),
	);
}

const COLOURS = { "--plus": "#0369a1", "--minus": "#c2410c", "--surface": "#ffffff" };

beforeAll(() => {
	for (const [name, colour] of Object.entries(COLOURS)) document.documentElement.style.setProperty(name, colour);
});

afterAll(() => {
	for (const name of Object.keys(COLOURS)) document.documentElement.style.removeProperty(name);
});

afterEach(() => {
	setHovered(null);
	return cleanup();
});

describe("tiles", () => {
	it("say which numbers they stand for, and how many of them are known", async () => {
		const { mark } = await tiles(block(10));
		expect(mark.getAttribute("data-first")).toBe("i1/p0/top/conv/0/data/48");
		expect(mark.getAttribute("data-count")).toBe("24");
		expect(mark.getAttribute("data-known")).toBe("10");
	});

	it("paint signs apart, the larger value in the stronger tint", async () => {
		const { canvas } = await tiles(block(24));
		const [strong, weak, plus] = [colourAt(canvas, 0), colourAt(canvas, 10), colourAt(canvas, 23)];
		expect(strong[0]).toBeGreaterThan(strong[2]);
		expect(plus[2]).toBeGreaterThan(plus[0]);
		expect(strong[0] - strong[2]).toBeGreaterThan(weak[0] - weak[2]);
	});

	it("give nothing of an unknown value away", async () => {
		const looks: string[] = [];
		for (const sign of [1, -1]) {
			const { canvas } = await tiles(block(10, (place) => (place < 10 ? place : sign * 100)));
			looks.push(canvas.toDataURL());
			await cleanup();
		}
		expect(looks[0]).toBe(looks[1]);
	});

	it("ask about the number under a press, in the map that it lies in", async () => {
		const { mark, onExplain } = await tiles(block(24));
		for (const place of [0, 7, 12, 23]) {
			clickOn(mark, place);
			expect(onExplain).toHaveBeenLastCalledWith(index(place));
		}
	});

	it("ring the cell in focus and its map, and the one that is pointed at elsewhere", async () => {
		const { mark } = await tiles(block(24), vi.fn(), 15);
		const before = mark.children.length;
		expect(before).toBe(3);
		setHovered({ kind: "top", iteration: 1, pass: 0, layer: "conv", slot: 0, side: "data", index: 50 });
		await vi.waitFor(() => expect(mark.querySelector("[data-lit]")).not.toBeNull());
		setHovered({ kind: "top", iteration: 1, pass: 0, layer: "other", slot: 0, side: "data", index: 50 });
		await vi.waitFor(() => expect(mark.querySelector("[data-lit]")).toBeNull());
	});

	it("hold few elements however many numbers there are", async () => {
		const many = placeTiles({ maps: 20, rows: 24, columns: 24, count: 11_520 }, { width: 90, height: 500 });
		const first = { kind: "top", iteration: 1, pass: 0, layer: "conv", slot: 0, side: "data", index: 0 } as const;
		const reading = makeBlock({ id: "conv", first, count: 11_520, known: 11_520, rest: "not-yet" }, () => 1);
		const { container } = await render(<Tiles block={reading} geometry={many} maximum={1} />);
		expect(container.querySelectorAll("*").length).toBeLessThan(6);
	});
});
