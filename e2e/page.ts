import { test as base, expect, type Page } from "@playwright/test";
import { evaluateReference } from "./reference/evaluate.ts";
import { isNumberText } from "./reference/number-format.ts";

export { expect };

export type Depth = "iteration" | "phase" | "layer" | "unit" | "term";
export const DEPTHS: readonly Depth[] = ["iteration", "phase", "layer", "unit", "term"];

/** A number as it stands on the page. */
export interface ShownNumber {
	readonly reference: string;
	readonly value: string;
	/** What is shown of it; empty where a mark stands for it without figures. */
	readonly text: string;
	/** In a formula a number has all the digits of the page's setting, elsewhere as many as there is room for, two or more. */
	readonly place: "formula" | "drawing" | "text";
}

export type Query = Readonly<Record<string, string>>;

/** The page as a person uses it: what a test presses and what it reads. */
export class Scope {
	readonly page: Page;

	readonly #phases = new Set<string>();

	constructor(page: Page) {
		this.page = page;
	}

	/** What follows the picture in later frames says so until it is there. */
	async #drawn(): Promise<void> {
		// Looked at every frame: an expectation would look again after a tenth of a second, thousands of times.
		await this.page.evaluate(
			() =>
				new Promise<void>((done) => {
					const look = () => {
						if (document.querySelector("[aria-busy='true']") === null) done();
						else requestAnimationFrame(look);
					};
					look();
				}),
		);
	}

	/** What only a screen reader meets, and a phase's own scene when first asked for, come a moment after the picture. */
	async #settle(address: string): Promise<void> {
		await this.#drawn();
		const phase = /(?:forward|loss|backward|gradients|solver|again)/.exec(address)?.[0] ?? "";
		if (this.#phases.has(phase)) return;
		this.#phases.add(phase);
		let before = "";
		await expect(async () => {
			const now = await this.texts();
			const same = now === before;
			before = now;
			expect(same).toBe(true);
		}).toPass({ intervals: [60] });
	}

	/** Opens the page and waits until its first step works and its lazy parts stand. */
	async open(query: Query = {}, path = "/"): Promise<void> {
		await this.page.goto(`${path}?${new URLSearchParams(query)}`);
		await this.ready();
	}

	async ready(): Promise<void> {
		await this.page.locator("html[data-ready='true'][data-complete='true']").waitFor({ state: "attached" });
		this.#phases.clear();
		await this.#settle(await this.address());
		await this.page.waitForFunction(() =>
			[...document.querySelectorAll("[data-part]")].every((part) => part.childElementCount > 0),
		);
	}

	/** Where the page stands, as an address. */
	async address(): Promise<string> {
		return (await this.page.locator("#root").getAttribute("data-cursor")) ?? "";
	}

	/** Presses a key and waits until the page stands elsewhere. */
	async step(key = "ArrowRight"): Promise<string> {
		const before = await this.address();
		await this.page.keyboard.press(key);
		await expect(this.page.locator("#root")).not.toHaveAttribute("data-cursor", before);
		const after = await this.address();
		await this.#settle(after);
		return after;
	}

	/** Goes to a place by the dialog, as a person does by keyboard. */
	async goTo(address: string): Promise<void> {
		await this.page.keyboard.press("g");
		const field = this.page.getByRole("dialog").getByRole("textbox");
		await field.fill(address);
		await field.press("Enter");
		await expect(this.page.getByRole("dialog")).toHaveCount(0);
		await this.#settle(await this.address());
	}

	/** All that the page says, in order, with every number's full value; without the live region, which tells of moves. */
	async texts(): Promise<string> {
		await this.#drawn();
		return this.page.evaluate(() => {
			const lines: string[] = [];
			const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
				node instanceof Element && node.matches("[data-live], script, style")
					? NodeFilter.FILTER_REJECT
					: NodeFilter.FILTER_ACCEPT,
			);
			for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
				if (node instanceof Text) {
					lines.push(node.data);
				} else if (node instanceof Element) {
					for (const name of ["aria-label", "aria-valuetext", "data-ref", "data-value", "data-status"]) {
						const value = node.getAttribute(name);
						if (value !== null) lines.push(`${name}=${value}`);
					}
				}
			}
			return lines.join("\n");
		});
	}

	/** Every number on the page that may be shown. */
	async numbers(): Promise<ShownNumber[]> {
		await this.#drawn();
		return this.page.evaluate(() => {
			/** In a sum a minus before a number is its sign: 0.2 − 0.6 adds −0.6. */
			const signBefore = (element: Element) => {
				const range = document.createRange();
				range.setStart(element.closest("[data-part]") ?? document.body, 0);
				range.setEndBefore(element);
				return range.toString().trimEnd().endsWith("−") ? "−" : "";
			};
			return [...document.querySelectorAll("[data-ref][data-value]")].map((element) => {
				// A disc and a cell hold their figures inside; what other marks hold are names.
				const inside = element.matches("[data-mark='disc'], [data-mark='cell']")
					? element.querySelectorAll("text")
					: [];
				const texts = element.childElementCount === 0 ? [element] : [...inside];
				const value = element.getAttribute("data-value") ?? "";
				const text = texts.map(({ textContent }) => textContent?.trim()).join("");
				const isBare = value.startsWith("-") && /^[\d.,]/.test(text);
				return {
					reference: element.getAttribute("data-ref") ?? "",
					value,
					text: isBare ? signBefore(element) + text : text,
					place: element instanceof MathMLElement ? "formula" : element instanceof SVGElement ? "drawing" : "text",
				};
			});
		});
	}
}

/** Where two readings of the page part, line by line; empty where they do not. */
export function differences(before: string, after: string): string[] {
	const [was, is] = [before.split("\n"), after.split("\n")];
	const places = Array.from({ length: Math.max(was.length, is.length) }, (_, line) => line);
	return places
		.filter((line) => was[line] !== is[line])
		.slice(0, 8)
		.map((line) => `line ${line}: “${was[line]}” became “${is[line]}”, after “${is[line - 1]}”`);
}

/** Holds shown numbers against the reference; each is looked at once. */
export class NumberCheck {
	readonly #read: (reference: string) => number | undefined;
	readonly #seen = new Set<string>();
	readonly #digits: number;
	count = 0;

	constructor(read: (reference: string) => number | undefined, digits = 4) {
		this.#read = read;
		this.#digits = digits;
	}

	/** What is wrong with these numbers; empty if nothing is. */
	problems(numbers: readonly ShownNumber[]): string[] {
		return numbers.flatMap((number) => {
			const key = [number.reference, number.value, number.text, number.place].join("\n");
			if (this.#seen.has(key)) return [];
			this.#seen.add(key);
			this.count++;
			return this.#problem(number);
		});
	}

	#problem({ reference, value, text, place }: ShownNumber): string[] {
		const shown = Number(value);
		const found: string[] = [];
		try {
			const { value: expected, scale } = evaluateReference(reference, this.#read);
			const tolerance = 1e-9 * Math.max(Math.abs(expected), Math.abs(shown), scale) + 1e-15;
			if (!Object.is(expected, shown) && !(Math.abs(expected - shown) <= tolerance)) {
				found.push(`${reference} is ${value} on the page and ${expected} in the reference`);
			}
		} catch (error) {
			found.push(`${reference}: ${error instanceof Error ? error.message : error}`);
		}
		// Where there is no room at all a leading zero goes; a mark may carry words instead of figures.
		const figures = place === "drawing" ? text.replace(/^([+−]?)(?=[.,])/, "$10") : text;
		const isWord = place === "drawing" && !/^[+−]?[\d∞]|NaN/.test(figures);
		if (figures !== "" && !isWord && !isNumberText(figures, shown, place === "formula" ? this.#digits : 2)) {
			found.push(`${reference} is ${value} and reads “${text}”`);
		}
		return found;
	}
}

interface Fixtures {
	readonly scope: Scope;
	/** What the console said, and faults nobody caught; a test fails with the first unless it takes them out. */
	readonly complaints: string[];
}

export const test = base.extend<Fixtures>({
	complaints: [
		async ({ page }, use) => {
			const complaints: string[] = [];
			page.on("console", (message) => {
				// Playwright's own word on what its configuration asks for.
				if (message.text() === "Service Worker registration blocked by Playwright") return;
				if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
			});
			page.on("pageerror", (error) => complaints.push(`fault: ${error.message}`));
			await use(complaints);
			expect(complaints).toEqual([]);
		},
		{ auto: true },
	],
	scope: async ({ page }, use) => use(new Scope(page)),
});
