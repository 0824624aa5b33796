import { currentLoss, trainingOf } from "./deltascope.ts";
import type { Material, Runner, Workload } from "./workloads.mjs";

/** Every number of each iteration is kept. */
export function create(workload: Workload, material: Material): Runner {
	const training = trainingOf(workload, material);
	return { step: () => training.record(), loss: () => currentLoss(training, workload, material) };
}
