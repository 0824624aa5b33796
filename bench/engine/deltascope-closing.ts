import { currentLoss, trainingOf } from "./deltascope.ts";
import type { Material, Runner, Workload } from "./workloads.mjs";

/** Every number of each iteration is kept, and its loss taken again with the new parameters. */
export function create(workload: Workload, material: Material): Runner {
	const training = trainingOf(workload, material);
	return { step: () => training.record().again, loss: () => currentLoss(training, workload, material) };
}
