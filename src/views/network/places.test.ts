import { describe, expect, it } from "vitest";
import { presets } from "../../data/presets/index.ts";
import { buildNet } from "../../engine/net.ts";
import { readNet } from "../../formats/prototxt/index.ts";
import { structureOf } from "../../timeline/structure.ts";
import { chainPoint } from "../marks/edge-geometry.ts";
import { bandCardPlace } from "./band-model.ts";
import { connect } from "./connections.ts";
import { freePlace, marksOf } from "./free-place.ts";
import { type Box, layoutNetwork, type Size } from "./layout.ts";
import { overlap } from "./overlap.ts";

const ROOMS: readonly Size[] = [
	{ width: 892, height: 585 },
	{ width: 430, height: 440 },
	{ width: 390, height: 210 },
	{ width: 300, height: 380 },
];
const CHIP: Size = { width: 84, height: 26 };
const CARD: Size = { width: 62, height: 26 };

describe.each(presets.map(({ id, net }) => [id, net] as const))("in the picture of %s", (_id, net) => {
	const structure = structureOf(buildNet(readNet(net, { precision: "double" })));
	const image = { width: 8, height: 8 };

	it.each(ROOMS)("$width × $height: a number tied to an edge lies on no disc, flag or diamond", (room) => {
		const layout = layoutNetwork(structure, room, { image, withoutTargets: true, errors: true });
		if (layout.many) return;
		for (const { drawn } of connect(structure, layout)) {
			const middles = drawn.map(({ chain }) => chainPoint(chain, 0.55));
			const marks = marksOf(layout, middles);
			for (const middle of middles) {
				const { x, y } = freePlace(middle, CHIP, marks, layout);
				const chip: Box = { ...CHIP, x: x - CHIP.width / 2, y: y - CHIP.height / 2 };
				expect(marks.filter((mark) => overlap(chip, mark) > 0)).toEqual([]);
			}
		}
	});

	it.each(ROOMS)("$width × $height: no two counts of weights lie on each other", (room) => {
		const layout = layoutNetwork(structure, room, { image, withoutTargets: true });
		const cards: Box[] = [];
		for (const bundle of connect(structure, layout)) {
			if (bundle.rest.weights === 0) continue;
			const card = bandCardPlace(bundle, layout, CARD, cards);
			expect(cards.filter((other) => overlap(card, other) > 0)).toEqual([]);
			cards.push(card);
		}
	});
});
