import type { ScalarReference } from "../engine/reference.ts";
import type { Structure } from "./structure.ts";

/** The sample (from 0, within its batch) that a scalar belongs to; null where it belongs to none or to all. */
export function sampleOf(structure: Structure, r: ScalarReference): number | null {
	if (r.kind === "share") return r.sample;
	if (r.kind === "top") {
		const group = structure.groupOf(r.layer, r.slot);
		return group.role === "loss" ? null : Math.floor(r.index / group.units);
	}
	if (r.kind !== "internal") return null;
	const { internals } = structure.net.layer(r.layer).run;
	const blob = Object.hasOwn(internals, r.name) ? internals[r.name] : undefined;
	return blob === undefined ? null : Math.floor(r.index / (blob.count / (blob.shape[0] ?? 1)));
}
