// @ts-check
// The engine beside its peers: each in a process of its own, taking turns, so that a slow minute of the machine is
// everybody's. Printed, not asserted.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { OPERATIONS } from "./limit.mjs";
import { operationsOf, titleOf, workloads } from "./workloads.mjs";

const ROUNDS = 9;
const SLICE = 150;
const WARM_UP = 1500;

/** Losses may differ by this share: the peers in single precision round at 6e−8. */
const TOLERANCE = 2e-5;

const own = "deltascope";
const contestants = [
	{ name: own, file: "deltascope.ts", isPeer: false },
	{ name: "deltascope, recording", file: "deltascope-recording.ts", isPeer: false },
	{ name: "… and the loss again", file: "deltascope-closing.ts", isPeer: false },
	{ name: "brain.js", file: "peers/brain.mjs", isPeer: true },
	{ name: "convnetjs", file: "peers/convnetjs.mjs", isPeer: true },
	{ name: "synaptic", file: "peers/synaptic.mjs", isPeer: true },
	{ name: "tfjs cpu", file: "peers/tfjs-cpu.mjs", isPeer: true },
	{ name: "tfjs wasm", file: "peers/tfjs-wasm.mjs", isPeer: true },
	{ name: "limit", file: "limit.mjs", isPeer: false },
];

/** @typedef {import("./contestant.mjs").Answer} Answer */

/** @param {string} file */
function start(file) {
	const path = fileURLToPath(new URL(file, import.meta.url));
	const child = fork(fileURLToPath(new URL("contestant.mjs", import.meta.url)), [path], {
		silent: true,
		// Processor time is what is compared: helpers that wait for each other on a busy machine would count.
		execArgv: ["--single-threaded-gc"],
	});
	return {
		/**
		 * @param {import("./contestant.mjs").Request} request
		 * @returns {Promise<Answer>}
		 */
		ask: (request) =>
			new Promise((resolve) => {
				const stopped = () => resolve({ refused: "its process ended" });
				child.once("exit", stopped);
				child.once("message", (answer) => {
					child.off("exit", stopped);
					resolve(/** @type {Answer} */ (answer));
				});
				child.send(request);
			}),
		stop: () => child.kill(),
	};
}

/** @param {readonly number[]} values */
function median(values) {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** @param {number} value */
function count(value) {
	return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

/** @param {import("./workloads.mjs").Workload} workload */
async function measure(workload) {
	console.log(`\n${titleOf(workload)}`);
	const running = contestants.map((contestant) => ({
		...contestant,
		...start(contestant.file),
		speeds: /** @type {number[]} */ ([]),
	}));
	/** @type {typeof running} */
	const fit = [];
	/** @type {readonly number[] | null} */
	let expected = null;
	for (const contestant of running) {
		const answer = await contestant.ask({ build: workload.id });
		const skip = (/** @type {string} */ why) => console.log(`  ${contestant.name.padEnd(24)} skipped: ${why}`);
		if ("refused" in answer) skip(answer.refused);
		else if ("losses" in answer) {
			if (contestant.name === own) expected = answer.losses;
			const agrees = answer.losses.every(
				(loss, k) => Math.abs(loss - (expected?.[k] ?? Number.NaN)) <= TOLERANCE * Math.abs(loss),
			);
			if (contestant.isPeer && !agrees)
				skip(`another computation, losses ${answer.losses.join(", ")} for ${expected?.join(", ")}`);
			else fit.push(contestant);
		}
	}
	for (const contestant of fit) await contestant.ask({ slice: WARM_UP });
	for (let round = 0; round < ROUNDS; round++) {
		for (const { ask, speeds } of fit) {
			const answer = await ask({ slice: SLICE });
			if ("steps" in answer) speeds.push((1000 * answer.steps) / answer.milliseconds);
		}
	}
	for (const { stop } of running) stop();

	const speedOf = (/** @type {string} */ name) =>
		median(fit.find((contestant) => contestant.name === name)?.speeds ?? []);
	for (const { name, speeds } of fit) {
		if (name === "limit") continue;
		const speed = median(speeds);
		console.log(
			`  ${name.padEnd(24)} ${count(speed).padStart(12)} steps/s  ${((100 * speed) / speedOf(own)).toFixed(0).padStart(5)} %`,
		);
	}
	const best = fit.filter(({ isPeer }) => isPeer).sort((a, b) => median(b.speeds) - median(a.speeds))[0];
	const limit = (speedOf("limit") * OPERATIONS) / 1e9;
	const reached = (speedOf(own) * operationsOf(workload)) / 1e9;
	const ratio = best === undefined ? "no peer" : `${(speedOf(own) / median(best.speeds)).toFixed(2)} × ${best.name}`;
	console.log(`  ratio ${ratio}   must ${workload.must}   aim ${workload.aim}`);
	console.log(
		`  ${reached.toFixed(2)} GFLOP/s, ${((100 * reached) / limit).toFixed(0)} % of ${limit.toFixed(2)} in registers`,
	);
}

/** @param {readonly string[]} only ids of workloads, with or without the batch (W6, W6-64); none: all */
export async function runEngine(only) {
	console.log(
		`The engine beside its peers, Node ${process.version}: median of ${ROUNDS} slices in turn, processor time`,
	);
	const isWanted = (/** @type {string} */ id) =>
		only.length === 0 || only.some((name) => `${id}-`.startsWith(`${name}-`));
	for (const workload of workloads) if (isWanted(workload.id)) await measure(workload);
}
