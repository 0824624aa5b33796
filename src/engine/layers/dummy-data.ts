import { fill } from "../fill.ts";
import { filler, fillerSchema } from "../fillers.ts";
import { defineLayer } from "../layer.ts";
import { EngineError } from "../problem.ts";
import { integers, messages, type SettingsOf } from "../settings.ts";
import type { Shape } from "../shape.ts";

const size = () => integers({ minimum: 1 });

const settings = {
	data_filler: messages(fillerSchema),
	shape: messages({ dim: integers({ minimum: 1 }) }),
	num: size(),
	channels: size(),
	height: size(),
	width: size(),
};
type Settings = SettingsOf<typeof settings>;

/** One for each top, or one for all. */
const ownOf = <T>(list: readonly T[], top: number): T => list[list.length === 1 ? 0 : top];

function shapesOf({ shape, num, channels, height, width }: Settings, tops: number, layer: string): readonly Shape[] {
	const lists = shape.length > 0 ? [shape] : [num, channels, height, width];
	for (const list of lists) {
		if (list.length === 1 || list.length === tops) continue;
		throw new EngineError({
			code: "setting",
			layer,
			setting: "shape",
			expected: `1, ${tops}`,
			found: String(list.length),
		});
	}
	return Array.from({ length: tops }, (_, top) =>
		shape.length > 0 ? ownOf(shape, top).dim : [num, channels, height, width].map((list) => ownOf(list, top)),
	);
}

/** The fillers' own defaults: the constant 0. */
function fillersOf({ data_filler }: Settings, layer: string) {
	const constant = filler().read(undefined, "data_filler", { layer, precision: "double" });
	return data_filler.length === 0 ? [constant] : data_filler;
}

/**
 * DummyData: tops filled by `data_filler` (one for each top or one for all; the constant 0 where none is written): a
 * constant stays, all else is drawn anew for each pass. Source: Caffe, DummyDataLayer.
 */
export const dummyDataLayer = defineLayer({
	type: "DummyData",
	parameterField: "dummy_data_param",
	settings,
	bottoms: 0,
	tops: [1, 1024],
	picture: "given",
	plan(written, _bottoms, layer, tops) {
		const fillers = written.data_filler.length;
		if (fillers > 1 && fillers !== tops) {
			throw new EngineError({
				code: "setting",
				layer,
				setting: "data_filler",
				expected: `0, 1, ${tops}`,
				found: String(fillers),
			});
		}
		return { tops: shapesOf(written, tops, layer) };
	},
	prepare({ tops, settings: written, random, name }) {
		const fillers = fillersOf(written, name);
		return {
			forward() {
				const generator = random();
				tops.forEach(({ data, shape }, top) => {
					fill(data, shape, ownOf(fillers, top), generator);
				});
			},
			backward() {},
		};
	},
	explain: { top: () => null },
});
