import type { ScalarReference } from "../../engine/reference.ts";
import { edgesOf, type Point } from "../marks/edge-geometry.ts";
import type { Bundle, Connection } from "./connections.ts";
import type { PlacedLens } from "./layout.ts";

/** The edge of a term's weight; undefined where it is not drawn. */
function edgeOf(bundles: readonly Bundle[], references: readonly ScalarReference[]): Connection | undefined {
	const weight = references.find(({ kind }) => kind === "parameter");
	if (weight?.kind !== "parameter") return undefined;
	for (const { drawn } of bundles) {
		const found = drawn.find(
			({ layer, slot, index }) => layer === weight.layer && slot === weight.slot && index === weight.index,
		);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Where the edge of a message W·δ meets the lens, seen from the lens's corner. */
export function outgoingPort(bundles: readonly Bundle[], lens: PlacedLens, references: readonly ScalarReference[]) {
	const connection = edgeOf(bundles, references);
	return within(lens, connection === undefined ? undefined : edgesOf(connection.chain)[0]?.from);
}

/** Where the edge of a contribution W·a meets the lens, seen from the lens's corner. */
export function incomingPort(bundles: readonly Bundle[], lens: PlacedLens, references: readonly ScalarReference[]) {
	const connection = edgeOf(bundles, references);
	return within(lens, connection === undefined ? undefined : edgesOf(connection.chain).at(-1)?.to);
}

function within(lens: PlacedLens, point: Point | undefined): Point | undefined {
	return point === undefined ? undefined : { x: point.x - lens.x, y: point.y - lens.y };
}
