import { afterEach, describe, expect, it, vi } from "vitest";
import { cleanup, render } from "vitest-browser-react";
import { formatNumber } from "../../explain/number-text.ts";
import { makeReading, type Reading } from "../../explain/reading.ts";
import { marks as texts } from "../../i18n/en/marks.ts";
import { Cell } from "./cell.tsx";
import { Chip } from "./chip.tsx";
import { Diamond } from "./diamond.tsx";
import { Disc } from "./disc.tsx";
import { edgeBetween } from "./edge-geometry.ts";
import { MarksGallery } from "./gallery.tsx";
import { Message } from "./message.tsx";
import { NumberText } from "./number-text.tsx";
import { Pennant } from "./pennant.tsx";
import { NetBar, Pile } from "./pile.tsx";
import { Ribbon } from "./ribbon.tsx";
import { diamondRadius, messageWidth, pennantHeight } from "./scales.ts";
import { Valve } from "./valve.tsx";

const known = (id: string, value: number): Reading => makeReading(id, null, "known", value);
const edge = edgeBetween({ x: 10, y: 20 }, { x: 210, y: 120 });

async function drawing(children: React.ReactNode): Promise<HTMLElement> {
	const { container } = await render(<svg aria-hidden="true">{children}</svg>);
	return container;
}

function one(container: Element, selector: string): Element {
	const found = container.querySelectorAll(selector);
	const [element] = found;
	if (found.length !== 1 || !element) throw new Error(`${found.length} elements match ${selector}`);
	return element;
}

function numeric(element: Element, attribute: string): number {
	return Number(element.getAttribute(attribute));
}

afterEach(() => cleanup());

describe("a mark", () => {
	it("carries its reference and its double in full", async () => {
		const container = await drawing(<Disc reading={known("a.1", 0.7513650695523157)} x={30} y={30} maximum={1} />);
		const disc = one(container, "[data-ref='a.1']");
		expect(disc.getAttribute("data-value")).toBe("0.7513650695523157");
		expect(disc.textContent).toBe("0.75");
	});

	it.each([
		["disc", (reading: Reading) => <Disc reading={reading} x={30} y={30} maximum={1} />],
		["ribbon", (reading: Reading) => <Ribbon reading={reading} edge={edge} />],
		["message", (reading: Reading) => <Message reading={reading} weight={reading} edge={edge} />],
		["pennant", (reading: Reading) => <Pennant reading={reading} x={30} y={30} r={16} />],
		["valve", (reading: Reading) => <Valve reading={reading} maximum={0.25} x={30} y={30} r={16} />],
		["diamond", (reading: Reading) => <Diamond reading={reading} x={30} y={30} />],
		["net-bar", (reading: Reading) => <NetBar reading={reading} scale={(value) => value} x={0} y={50} />],
		["cell", (reading: Reading) => <Cell reading={reading} x={0} y={0} width={60} height={30} maximum={1} />],
	])("as a %s gives nothing of an unknown value away", async (name, mark) => {
		for (const status of ["not-yet", "not-computed"] as const) {
			const looks: string[] = [];
			for (const secret of [42, -0.007]) {
				const container = await drawing(mark(makeReading("unknown", null, status, secret)));
				const element = one(container, `[data-mark='${name}']`);
				expect(element.getAttribute("data-status")).toBe(status);
				expect(element.hasAttribute("data-value")).toBe(false);
				expect(element.childElementCount).toBeGreaterThan(0);
				looks.push(element.outerHTML);
				await cleanup();
			}
			expect(looks[0]).toBe(looks[1]);
		}
	});

	it("is hatched and dotted while unknown", async () => {
		await render(<MarksGallery texts={texts} />);
		const circle = one(document.body, "[data-specimen='disc, not yet'] circle:first-of-type");
		expect(getComputedStyle(circle).fill).toContain("#mark-hatch");
		expect(document.querySelector("#mark-hatch")).not.toBeNull();
		const cell = one(document.body, "[data-specimen='cells'] [data-status='not-yet'] rect");
		expect(getComputedStyle(cell).fill).toContain("#mark-hatch");
	});
});

describe("a legend", () => {
	it("states scales and clamps, and names no scalar of the net", async () => {
		await render(<MarksGallery texts={texts} />);
		expect(one(document.body, "[data-legend='weight']").textContent).toContain("clamp 3.2");
		expect(one(document.body, "[data-legend='message']").textContent).toContain("clamp 0.74");
		expect(document.querySelectorAll("[data-legend] [data-mark]").length).toBeGreaterThan(10);
		expect(document.querySelectorAll("[data-legend] [data-ref]")).toHaveLength(0);
	});
});

describe("lengths", () => {
	it("of a weight: 5·√|w|, with ticks when negative", async () => {
		const container = await drawing(
			<>
				<Ribbon reading={known("plus", 0.36)} edge={edge} />
				<Ribbon reading={known("minus", -100)} edge={edge} />
			</>,
		);
		expect(numeric(one(container, "[data-ref='plus'] path"), "stroke-width")).toBe(3);
		expect(container.querySelectorAll("[data-ref='plus'] line")).toHaveLength(0);
		expect(numeric(one(container, "[data-ref='minus'] path"), "stroke-width")).toBe(9);
		expect(container.querySelectorAll("[data-ref='minus'] line").length).toBeGreaterThan(5);
	});

	it("of a message, a pennant and a diamond: symlog", async () => {
		const container = await drawing(
			<>
				<Message reading={known("message", 0.05)} weight={known("weight", 0.4)} edge={edge} />
				<Pennant reading={known("delta", -0.0381)} x={50} y={50} r={20} />
				<Diamond reading={known("gradient", 0.08)} x={50} y={50} />
			</>,
		);
		const body = one(container, "[data-ref='message'] path[stroke-dasharray]");
		expect(numeric(body, "stroke-width")).toBeCloseTo(messageWidth(0.05), 1);
		const pole = one(container, "[data-ref='delta'] line");
		// Down for a negative δ, and 9 px of staff below the flag.
		expect(numeric(pole, "y2") - numeric(pole, "y1")).toBeCloseTo(pennantHeight(-0.0381) + 9, 1);
		const [rhombus] = container.querySelectorAll<SVGPathElement>("[data-ref='gradient'] path");
		expect(rhombus?.getBBox().width).toBeCloseTo(2 * diamondRadius(0.08), 1);
	});

	it("of a valve: 300° of gap at the largest slope", async () => {
		for (const [slope, gap] of [
			[0.25, 300],
			[0.125, 150],
			[0, 0],
		] as const) {
			const container = await drawing(<Valve reading={known("slope", slope)} maximum={0.25} x={50} y={50} r={17} />);
			expect(numeric(one(container, "[data-mark='valve']"), "data-gap")).toBe(gap);
			const shut = container.querySelectorAll<SVGGeometryElement>("[data-mark='valve'] [stroke-width]");
			// The browser measures a circle by chords, a hundredth short.
			const expected = ((360 - gap) / 360) * 2 * Math.PI * 24;
			expect((shut[0]?.getTotalLength() ?? 0) / expected).toBeCloseTo(1, 1.7);
			await cleanup();
		}
	});

	it.each([0, 0.25, 0.5, 0.75, 1])("of a pile at t = %d add up to its partial sum", async (t) => {
		const values = [0.5, -0.25, 0.75, -1];
		const readings = values.map((value, index) => known(`term ${index}`, value));
		const container = await drawing(<Pile readings={readings} scale={(value) => value * 40} x={0} y={100} t={t} />);
		const rectangles = [...container.querySelectorAll("[data-mark='pile'] rect")];
		const signed = rectangles.reduce((sum, rectangle) => {
			const up = numeric(rectangle, "y") < 100;
			return sum + (up ? 1 : -1) * numeric(rectangle, "height");
		}, 0);
		const arrived = values.slice(0, t * values.length);
		expect(signed).toBeCloseTo(
			arrived.reduce((sum, value) => sum + value * 40, 0),
			6,
		);
	});

	it("of a net bar, upright and level", async () => {
		const container = await drawing(
			<>
				<NetBar reading={known("up", -0.5)} scale={(value) => value * 80} x={10} y={100} />
				<NetBar reading={known("level", -0.5)} scale={(value) => value * 80} x={100} y={10} direction="level" />
			</>,
		);
		const upright = one(container, "[data-ref='up'] rect");
		expect([numeric(upright, "y"), numeric(upright, "height")]).toEqual([100, 40]);
		const level = one(container, "[data-ref='level'] rect");
		expect([numeric(level, "x"), numeric(level, "width")]).toEqual([60, 40]);
	});
});

describe("numbers in text", () => {
	it("show their format and explain themselves on a click", async () => {
		const explain = vi.fn<(reading: Reading) => void>();
		const reading = known("delta.2", -0.039154789);
		const screen = await render(<NumberText reading={reading} onExplain={explain} />);
		const button = screen.getByRole("button");
		expect(button.element().textContent).toBe(formatNumber(-0.039154789));
		expect(button.element().getAttribute("data-value")).toBe("-0.039154789");
		await button.click();
		expect(explain).toHaveBeenCalledWith(reading);
	});

	it("show old and new in a chip, each with its reference", async () => {
		const container = await drawing(
			<Chip before={known("before", 0.4)} after={known("after", 0.35891648)} x={80} y={20} />,
		);
		expect(one(container, "[data-mark='chip']").textContent).toBe("0.40 → 0.3589");
		expect(one(container, "[data-ref='after']").getAttribute("data-value")).toBe("0.35891648");
	});
});
