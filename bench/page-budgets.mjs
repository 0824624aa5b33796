// @ts-check
// Prints the page's budgets beside what is measured; nothing is asserted, since machines differ.
import { complete, freshPage, open, timeToInteractive, traced } from "./page.mjs";
import { busy, framesOf, percentile, stepTimes, tasksOf } from "./trace-events.mjs";

const LOADS = 5;
const PLAYING = 5000;
const LONG_TASK = 50_000;
/** A step is drawn in so many frames: the picture, the place, the text, its operands, the panels. */
const TURNS = 5;

/** @typedef {import("@playwright/test").Browser} Browser */

/**
 * @param {string} what
 * @param {string} measured
 * @param {string} must
 * @param {string} aim
 */
function print(what, measured, must = "–", aim = "–") {
	console.log(`${what.padEnd(64)} ${measured.padStart(12)}   must ${must.padStart(8)}   aim ${aim.padStart(8)}`);
}

const milliseconds = (/** @type {number} */ value) => `${value.toFixed(2)} ms`;

/**
 * Main-thread milliseconds of each step, of its first frame and of all, and the longest task.
 * @param {Browser} browser
 * @param {string} url
 * @param {number} steps
 */
async function stepping(browser, url, steps) {
	const { context, page, session } = await freshPage(browser, 1);
	await page.goto(url);
	await complete(page);
	const step = async () => {
		const before = await page.locator("[data-cursor]").first().getAttribute("data-cursor");
		await page.keyboard.press("ArrowRight");
		await page.waitForFunction(
			(old) =>
				document.querySelector("[data-cursor]")?.getAttribute("data-cursor") !== old &&
				document.querySelector("[aria-busy='true']") === null,
			before,
		);
		await page.evaluate(
			() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
		);
	};
	for (let i = 0; i < 10; i++) await step();
	const events = await traced(session, async () => {
		for (let i = 0; i < steps; i++) await step();
	});
	await context.close();
	const inMilliseconds = (/** @type {number} */ microseconds) => microseconds / 1000;
	return {
		first: stepTimes(events).map(inMilliseconds),
		whole: stepTimes(events, TURNS).map(inMilliseconds),
		longest: Math.max(...tasksOf(events).map(({ processor }) => processor)) / 1000,
	};
}

/**
 * @param {Browser} browser
 * @param {string} url
 * @param {number} throttle
 */
async function playing(browser, url, throttle) {
	const { context, page, session } = await freshPage(browser, throttle);
	await page.goto(url);
	await complete(page);
	const events = await traced(session, async () => {
		await page.keyboard.press("Space");
		await page.waitForTimeout(PLAYING);
	});
	await context.close();
	const tasks = tasksOf(events);
	const frames = framesOf(events);
	const seconds = frames.reduce((sum, { start, end }) => sum + end - start, 0) / 1e6;
	return {
		frames: frames.map(({ start, end }) => busy(tasks, start, end) / 1000),
		perSecond: frames.length / seconds,
		longTasks: tasks.filter(({ processor }) => processor > LONG_TASK).length,
	};
}

/**
 * Prints a figure, or why it could not be taken; the others are taken all the same.
 * @param {string} what
 * @param {() => Promise<void>} measure
 */
async function figure(what, measure) {
	try {
		await measure();
	} catch (error) {
		console.log(`${what}: not measured: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
		process.exitCode = 1;
	}
}

/** Of the page as it was built last. */
export async function runPage() {
	const { address, browser, close } = await open();

	await figure("time to interactive", async () => {
		const times = [];
		for (let i = 0; i < LOADS; i++) {
			const { context, page } = await freshPage(browser, 4);
			times.push(await timeToInteractive(page, address));
			await context.close();
		}
		print(
			`time to interactive, 4× throttled, median of ${LOADS}`,
			milliseconds(percentile(times, 0.5)),
			"900 ms",
			"500 ms",
		);
	});
	for (const { name, query, must, aim, steps } of [
		{ name: "small net", query: "", must: "8 ms", aim: "4 ms", steps: 100 },
		{ name: "digits", query: "?preset=digits", must: "33 ms", aim: "16 ms", steps: 100 },
		{ name: "LeNet by layers", query: "?preset=lenet&gran=layer", must: "33 ms", aim: "16 ms", steps: 40 },
	]) {
		await figure(`step, ${name}`, async () => {
			const { first, whole, longest } = await stepping(browser, address + query, steps);
			print(`step, ${name}, median of ${first.length}`, milliseconds(percentile(first, 0.5)), must, aim);
			print(`step, ${name}, 95th percentile`, milliseconds(percentile(first, 0.95)), must, aim);
			print(`step, ${name}, with text and panels, median`, milliseconds(percentile(whole, 0.5)));
			print(`step, ${name}, longest task`, milliseconds(longest), "50 ms");
		});
	}
	await figure("playing", async () => {
		const { frames } = await playing(browser, address, 1);
		print("main-thread time a frame while playing, median", milliseconds(percentile(frames, 0.5)), "7 ms", "3.5 ms");
		print(
			"main-thread time a frame while playing, 95th percentile",
			milliseconds(percentile(frames, 0.95)),
			"7 ms",
			"3.5 ms",
		);
	});
	await figure("playing, throttled", async () => {
		const { perSecond, longTasks } = await playing(browser, address, 4);
		print("frames a second in motion while playing, 4× throttled", perSecond.toFixed(1), "45", "60");
		print(`long tasks in ${PLAYING / 1000} s of playing, 4× throttled`, String(longTasks), "0", "0");
	});
	await close();
}
