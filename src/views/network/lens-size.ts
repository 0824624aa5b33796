import { NARROW, type Size } from "./layout.ts";
import type { LensSubject } from "./scene-of.ts";
import { isPooled } from "./window-values.ts";

/** How much room a unit's lens wants; the layout gives it less where there is less. */
export function lensSize({ kind, group }: LensSubject, room: Size): Size {
	const narrow = room.width < NARROW;
	if (kind === "hazard") return narrow ? { width: 250, height: 240 } : { width: 420, height: 330 };
	const { steps } = group.head.definition;
	if (steps !== null) {
		const height = 64 + 30 * (kind === "backward" ? steps.backward : steps.forward).length;
		return narrow ? { width: 236, height } : { width: 350, height };
	}
	if (kind === "forward" && isPooled(group) && !narrow) return { width: 360, height: 236 };
	const linear = group.elementwise.length === 0;
	if (narrow) return { width: 228, height: kind === "backward" && group.role === "output" ? 190 : 172 };
	if (kind === "backward" && group.role === "output") return { width: linear ? 300 : 420, height: 312 };
	if (kind === "backward") return { width: linear ? 270 : 345, height: 244 };
	return { width: linear ? 280 : 350, height: 236 };
}
