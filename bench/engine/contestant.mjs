// @ts-check
// One contestant in a process of its own: builds a workload and runs slices of steps when it is told to.
import { extname } from "node:path";
import { runTypeScript } from "../../scripts/run-ts.mjs";
import { materialOf, workloads } from "./workloads.mjs";

const STEPS_TO_CHECK = 3;

/** One that takes longer for a step would hold everybody up: in milliseconds. */
const SLOWEST_STEP = 5000;

/** @typedef {import("./workloads.mjs").Runner} Runner */
/** @typedef {{ readonly build: string } | { readonly slice: number }} Request */
/** @typedef {{ readonly losses: readonly number[] } | { readonly steps: number, readonly milliseconds: number } | { readonly refused: string }} Answer */

const file = process.argv[2] ?? "";

/** @type {Runner | null} */
let runner = null;
let stride = 1;

/** Processor time of this process: what else the machine does disturbs it little. */
function now() {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/**
 * @param {Runner} running
 * @param {number} milliseconds
 */
function slice(running, milliseconds) {
	const start = now();
	let steps = 0;
	for (;;) {
		for (let i = 0; i < stride; i++) running.step();
		steps += stride;
		const passed = now() - start;
		if (passed >= milliseconds) return { steps, milliseconds: passed };
		if (passed < milliseconds / 50) stride *= 2;
	}
}

/**
 * @param {Request} request
 * @returns {Promise<Answer>}
 */
async function answer(request) {
	if ("slice" in request) {
		if (runner === null) return { refused: "nothing built" };
		return slice(runner, request.slice);
	}
	const workload = workloads.find(({ id }) => id === request.build);
	if (workload === undefined) return { refused: `no workload ${request.build}` };
	/** @type {import("./workloads.mjs").Contestant} */
	const module = extname(file) === ".ts" ? await runTypeScript(file, []) : await import(file);
	stride = 1;
	const material = materialOf(workload);
	const made = await module.create(workload, material);
	if (typeof made === "string") return { refused: made };
	runner = made;
	const first = await made.loss();
	for (let step = 0; step < STEPS_TO_CHECK; step++) {
		const start = now();
		made.step();
		const passed = now() - start;
		if (passed > SLOWEST_STEP) return { refused: `takes ${(passed / 1000).toFixed(0)} seconds a step` };
	}
	return { losses: [first, await made.loss()] };
}

process.on("message", (/** @type {Request} */ request) => {
	answer(request).then(
		(given) => process.send?.(given),
		(error) =>
			process.send?.({ refused: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) }),
	);
});
