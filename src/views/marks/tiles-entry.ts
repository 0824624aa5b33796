import type { Structure } from "../../timeline/structure.ts";
import type { LegendEntry } from "./legend.tsx";
import { MOST_CELLS } from "./tile-geometry.ts";

/** The legend's entry for tiles, in a net that has a layer of so many units that they are drawn as tiles. */
export function tilesEntry({ groups }: Structure, of: "value" | "delta"): LegendEntry | null {
	const drawn = groups.filter(({ role }) => role === "input" || role === "hidden" || role === "output");
	return drawn.some(({ units }) => units > MOST_CELLS) ? { kind: "tiles", of } : null;
}
