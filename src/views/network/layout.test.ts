import { describe, expect, it } from "vitest";
import { densePrototxt } from "../../data/presets/dense-prototxt.ts";
import { presets } from "../../data/presets/index.ts";
import { buildNet } from "../../engine/net.ts";
import { readNet } from "../../formats/prototxt/index.ts";
import { type Structure, structureOf } from "../../timeline/structure.ts";
import { edgePoint, edgesOf } from "../marks/edge-geometry.ts";
import { connect, isDense, MAXIMUM_EDGES } from "./connections.ts";
import { type Box, type LayoutOptions, layoutNetwork, type NetworkLayout, type Size } from "./layout.ts";
import { lensSize } from "./lens-size.ts";
import { moveFrom } from "./unit-moves.ts";

const ROOMS: readonly Size[] = [
	{ width: 892, height: 585 },
	{ width: 634, height: 500 },
	{ width: 390, height: 290 },
	{ width: 720, height: 290 },
];

function structureFrom(text: string): Structure {
	return structureOf(buildNet(readNet(text, { precision: "double" })));
}

function dense(units: readonly number[]): Structure {
	const hidden = units.slice(2).map(() => "Sigmoid");
	return structureFrom(densePrototxt({ batch: 2, units, activations: [...hidden, null], loss: "SoftmaxWithLoss" }));
}

const nets: readonly (readonly [string, Structure])[] = [
	...presets.map(({ id, net }) => [id, structureFrom(net)] as const),
	["64-64-64-10", dense([64, 64, 64, 10])],
	["64-128-10", dense([64, 128, 10])],
	["4-8-8-8-3", dense([4, 8, 8, 8, 3])],
];

/** Every unit of every layer that computes, in the lens, going forward and backward. */
function layouts(structure: Structure, room: Size): readonly NetworkLayout[] {
	const image = { width: 8, height: 8 };
	return structure.groups
		.filter(({ role }) => role === "hidden" || role === "output")
		.flatMap((group) =>
			[0, Math.floor(group.units / 2), group.units - 1].flatMap((unit) =>
				(["forward", "backward"] as const).map((kind) => {
					const side = kind === "forward" ? "in" : "out";
					const options: LayoutOptions = {
						lens: { ...lensSize({ kind, group, unit }, room), group, unit, side },
						image,
						errors: kind === "backward",
					};
					return layoutNetwork(structure, room, options);
				}),
			),
		);
}

function overlap(a: Box, b: Box): number {
	const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
	const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
	return across > 0.5 && down > 0.5 ? across * down : 0;
}

/** What of the units is drawn, each as its box; a strip's cells touch. */
function unitBoxes({ columns }: NetworkLayout): readonly Box[] {
	return columns.flatMap(({ form, units, box }) => [
		...(box === null ? [] : [box]),
		...units
			.filter(({ open }) => !open && form !== "strip")
			.map(({ x, y, r }) => ({ x: x - r, y: y - r, width: 2 * r, height: 2 * r })),
	]);
}

describe.each(nets)("the layout of %s", (_, structure) => {
	it.each(ROOMS)("hides nothing behind the lens in $width × $height", (room) => {
		for (const layout of layouts(structure, room)) {
			const boxes = unitBoxes(layout);
			const { lens } = layout;
			if (lens === null) throw new Error("a lens was asked for");
			expect(lens.x).toBeGreaterThanOrEqual(0);
			expect(lens.y).toBeGreaterThanOrEqual(0);
			expect(lens.x + lens.width).toBeLessThanOrEqual(layout.width);
			expect(lens.y + lens.height).toBeLessThanOrEqual(room.height);
			for (const [index, box] of boxes.entries()) {
				expect(overlap(box, lens)).toBe(0);
				for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(0);
			}
		}
	});

	it("stands where it stood: the same net, room and unit give the same picture", () => {
		for (const room of ROOMS) expect(layouts(structure, room)).toEqual(layouts(structure, room));
	});

	it("draws no more edges one by one than a picture can move", () => {
		for (const layout of layouts(structure, ROOMS[0] ?? { width: 892, height: 585 })) {
			const drawn = connect(structure, layout).reduce((sum, bundle) => sum + bundle.drawn.length, 0);
			expect(drawn).toBeLessThanOrEqual(MAXIMUM_EDGES);
		}
	});

	it("counts what it does not draw", () => {
		const layout = layoutNetwork(structure, { width: 892, height: 585 }, { image: { width: 8, height: 8 } });
		for (const { source, target, drawn, rest } of connect(structure, layout)) {
			if (!isDense(target.group)) continue;
			expect(drawn.length + rest.weights + rest.biases).toBe((source.group.units + 1) * target.group.units);
		}
	});
});

describe("the biases of a layer", () => {
	it.each(nets)("come from one +1, however many layers it reads: %s", (_, structure) => {
		const { columns } = layoutNetwork(structure, { width: 892, height: 585 });
		const biased = columns.filter(({ group: { role, head } }) => role !== "input" && head.run.parameters.length > 1);
		expect(columns.filter(({ bias }) => bias !== null)).toHaveLength(biased.length);
	});
});

describe("edges beside the lens", () => {
	it("run level as long as the lens stands beside them", () => {
		const structure = structureFrom(presets.find(({ id }) => id === "xor")?.net ?? "");
		for (const layout of layouts(structure, { width: 892, height: 585 })) {
			const { lens } = layout;
			if (lens === null) continue;
			for (const { drawn } of connect(structure, layout)) {
				for (const { chain } of drawn) {
					for (const edge of edgesOf(chain)) {
						for (let t = 0; t <= 1; t += 0.05) {
							const { x, y } = edgePoint(edge, t);
							const inside = x > lens.x + 1 && x < lens.x + lens.width - 1 && y > lens.y && y < lens.y + lens.height;
							expect(inside).toBe(false);
						}
					}
				}
			}
		}
	});
});

describe("the keys of the picture", () => {
	const structure = structureFrom(presets.find(({ id }) => id === "xor")?.net ?? "");
	const layout = layoutNetwork(structure, { width: 892, height: 585 });
	const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false });

	it("move as the picture lies", () => {
		expect(moveFrom(layout, { column: 0, unit: 0 }, press("ArrowDown"))).toEqual({ column: 0, unit: 1 });
		expect(moveFrom(layout, { column: 0, unit: 1 }, press("ArrowRight"))).toEqual({ column: 1, unit: 2 });
		expect(moveFrom(layout, { column: 1, unit: 2 }, press("ArrowRight"))).toEqual({ column: 2, unit: 0 });
		expect(moveFrom(layout, { column: 2, unit: 0 }, press("ArrowLeft"))).toEqual({ column: 1, unit: 1 });
	});

	it("stay at the ends, and reach them at once", () => {
		expect(moveFrom(layout, { column: 0, unit: 0 }, press("ArrowUp"))).toEqual({ column: 0, unit: 0 });
		expect(moveFrom(layout, { column: 2, unit: 0 }, press("ArrowRight"))).toEqual({ column: 2, unit: 0 });
		expect(moveFrom(layout, { column: 1, unit: 1 }, press("End"))).toEqual({ column: 1, unit: 2 });
		expect(moveFrom(layout, { column: 1, unit: 1 }, press("Home", true))).toEqual({ column: 0, unit: 0 });
		expect(moveFrom(layout, { column: 0, unit: 1 }, press("End", true))).toEqual({ column: 2, unit: 0 });
		expect(moveFrom(layout, { column: 0, unit: 1 }, press("PageDown"))).toBeNull();
	});
});
