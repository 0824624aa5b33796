import type { Reading } from "../../explain/reading.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { Group } from "../../timeline/structure.ts";
import { drawnValue } from "../marks/reading-attributes.ts";

/** Below this share of its largest slope a bounded f is called saturated. */
const SATURATED = 0.1;

/** How far a valve is open, in words, and why it is shut. Null where there is no valve or its slope is not known. */
export function valveWords(
	texts: Catalogue["stage"],
	group: Group,
	slope: Reading | null,
	maximum: number,
): string | null {
	const steep = slope === null ? undefined : drawnValue(slope);
	if (steep === undefined) return null;
	const share = Math.abs(steep) / maximum;
	const rectified = group.elementwise.some(({ type }) => type === "ReLU");
	if (share < 1e-12) return rectified ? texts.valveShutBelow : texts.valveShut;
	const percent = share < 0.01 ? "< 1" : String(Math.round(100 * share));
	if (share < SATURATED && !rectified) return texts.valveSaturated(percent);
	return texts.valveOpen(percent);
}
