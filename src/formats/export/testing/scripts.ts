import type { SolverSettings } from "../../../engine/specification.ts";
import { textFile } from "../archive.ts";
import type { Script } from "../python/script.ts";
import { runPython } from "./python.ts";
import { wholeNpz } from "./whole.ts";

function filesOf({ text, numbers }: Script) {
	return [
		textFile("iteration.py", text),
		...(numbers === null ? [] : [{ name: "numbers.npz", bytes: wholeNpz(numbers) }]),
	];
}

/** What each script prints where it fails; nothing where all agree. */
export function failures(python: string | null, scripts: readonly Script[]): readonly string[] {
	const results = runPython(python ?? "", scripts.map(filesOf));
	if (results.length !== scripts.length) return [`${results.length} of ${scripts.length} scripts ran`];
	return results.flatMap(({ ok, output }, number) =>
		ok && /^\d+ numbers agree/.test(output) ? [] : [`${number}: ${output}`],
	);
}

/** Solver settings that take every branch of the update. */
export const solverChanges: Readonly<Record<string, Partial<SolverSettings>>> = {
	"momentum and L2": { momentum: 0.9, weightDecay: 0.01 },
	L1: { weightDecay: 0.02, regularization: "L1" },
	clipping: { clipGradients: 0.01 },
	"two passes": { iterSize: 2, momentum: 0.5 },
	Nesterov: { type: "Nesterov", momentum: 0.9 },
	AdaGrad: { type: "AdaGrad", momentum: 0, weightDecay: 0 },
	RMSProp: { type: "RMSProp", momentum: 0 },
	AdaDelta: { type: "AdaDelta", momentum: 0.95, delta: 1e-6 },
	Adam: { type: "Adam", momentum: 0.9 },
};
