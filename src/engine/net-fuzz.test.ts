import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fillParameters } from "./fill.ts";
import { layerDefinitions } from "./layers/index.ts";
import { buildNet } from "./net.ts";
import { EngineError, type EngineProblem } from "./problem.ts";
import type { Field, PlainSettings, PlainValue, Schema } from "./settings.ts";
import type { LayerSpecification, NetSpecification, ParameterSpecification } from "./specification.ts";
import { anyDenseRun, layer, net } from "./testing/dense-nets.ts";

/** Numbers that the buffers made since hold; a built net of this size is run. */
let allocated = 0;
const RUN_UP_TO = 20_000;

const Plain = Float64Array;
class Counted extends Plain {
	constructor(...given: readonly unknown[]) {
		super(...(given as [number]));
		// A view of another's buffer, and the copies that methods make, are no allocation of a size that a net asks for.
		if (typeof given[0] === "number") allocated += given[0];
	}
	static get [Symbol.species]() {
		return Plain;
	}
}

beforeEach(() => {
	vi.stubGlobal("Float64Array", Counted);
});
afterEach(() => {
	vi.unstubAllGlobals();
});

/** Builds a net and, where it is small, runs it; returns what refused it. Anything thrown but an EngineError is a bug. */
function refusalOf(specification: NetSpecification): EngineProblem | null {
	allocated = 0;
	try {
		const built = buildNet(specification);
		if (allocated <= RUN_UP_TO) {
			fillParameters(built, 1);
			built.forward();
			built.backward();
		}
		return null;
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		expect(allocated, JSON.stringify(error.problem)).toBe(0);
		return error.problem;
	}
}

const HUGE = [2 ** 28, 1e12, Number.MAX_VALUE];
const anyInteger = fc.oneof(
	{ weight: 12, arbitrary: fc.integer({ min: 1, max: 4 }) },
	{ weight: 3, arbitrary: fc.integer({ min: -3, max: 0 }) },
	{ weight: 1, arbitrary: fc.constantFrom<number>(0.5, Number.NaN, Number.POSITIVE_INFINITY, -(2 ** 40), ...HUGE) },
);
const anyFloat = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom(0, 0.5, 1, 2, -1) },
	{
		weight: 1,
		arbitrary: fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY, -1e300, Number.MIN_VALUE, Number.MAX_VALUE),
	},
);
const junk = fc.constantFrom<PlainValue>("constructor", "", true, [], {}, [[]], Number.NaN, "1");

/** A value for a field: `tame`, one that some net takes; else anything. */
function anyValue(field: Field<unknown>, tame: boolean): fc.Arbitrary<PlainValue> {
	const one: fc.Arbitrary<PlainValue> = {
		integer: tame ? fc.integer({ min: field.minimum ?? -1, max: 3 }) : anyInteger,
		float: tame ? fc.constantFrom(0.25, 0.5, 1) : anyFloat,
		boolean: fc.boolean(),
		choice: fc.constantFrom(...(field.choices ?? [""]), ...(tame ? [] : ["NO_SUCH"])),
		string: fc.constantFrom("", "x"),
		message: anySettings(field.fields ?? {}, tame),
	}[field.type];
	const fitting = field.repeated ? fc.array(one, { minLength: tame ? 1 : 0, maxLength: tame ? 2 : 4 }) : one;
	return tame ? fitting : fc.oneof({ weight: 25, arbitrary: fitting }, { weight: 1, arbitrary: junk });
}

function anySettings(schema: Schema, tame: boolean): fc.Arbitrary<PlainSettings> {
	const fields = Object.entries(schema).map(([name, field]) => {
		const value = anyValue(field, tame);
		// Few settings are written at once, so that one does not always rule out the others.
		return [name, REQUIRED.has(name) ? value : fc.option(value, { freq: tame ? 1 : 3, nil: null })] as const;
	});
	return fc
		.record(Object.fromEntries(fields))
		.map((drawn) =>
			Object.fromEntries(Object.entries(drawn).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
		);
}

/** Without these hardly any layer is one. */
const REQUIRED = new Set(["shape", "dim", "num_output", "kernel_size", "tiles", "input_dim", "min", "max"]);

const anyParameter: fc.Arbitrary<ParameterSpecification> = fc.record(
	{
		name: fc.constantFrom("", "w", "v"),
		lrMult: anyFloat,
		decayMult: anyFloat,
		shareMode: fc.constantFrom("STRICT", "PERMISSIVE"),
	},
	{ requiredKeys: [] },
);

const anyName = fc.constantFrom("a", "b", "c", "d", "e", "data", "label", "constructor");

function anyLayer(type: string, schema: Schema): fc.Arbitrary<LayerSpecification> {
	return fc.record(
		{
			type: fc.constant(type),
			name: anyName,
			bottoms: fc.array(fc.constantFrom("data", "data", "label", "a", "b", "nobody"), { maxLength: 3 }),
			tops: fc.array(fc.constantFrom("a", "b", "c", "data"), { maxLength: 2 }),
			settings: anySettings(schema, false),
			parameters: fc.array(anyParameter, { maxLength: 3 }),
			lossWeights: fc.array(anyFloat, { maxLength: 2 }),
			propagateDown: fc.array(fc.boolean(), { maxLength: 3 }),
		},
		{ requiredKeys: ["type", "name", "bottoms", "tops", "settings"] },
	);
}

const size = fc.integer({ min: 1, max: 4 });
const anyShape = fc.array(size, { maxLength: 5 });

/** Two blobs of any shapes, or of such as belong together: twins, scores and labels, a sequence and its cont. */
const anyInput = fc
	.oneof(
		fc.tuple(anyShape, anyShape),
		anyShape.map((shape) => [shape, shape]),
		fc.tuple(size, size, size, size).map((shape) => [shape, shape.slice(0, 1)]),
		fc.tuple(size, size).map((shape) => [shape, shape.slice(0, 1)]),
		fc.tuple(size, size, size).map((shape) => [shape, shape.slice(0, 2)]),
	)
	.map((shapes) =>
		layer("Input", "given", [], ["data", "label"], { settings: { shape: shapes.map((dim) => ({ dim: [...dim] })) } }),
	);

/** The same with one setting of any kind. */
function oneOdd(layers: fc.Arbitrary<readonly LayerSpecification[]>, schema: Schema) {
	return fc
		.constantFrom(...Object.keys(schema))
		.chain((name) =>
			fc
				.tuple(layers, anyValue(schema[name], false))
				.map(([[own], value]) => [{ ...own, settings: { ...own.settings, [name]: value } }]),
		);
}

describe("a net of any layers, bottoms, names and settings is built or refused, before anything is allocated", () => {
	it.each(layerDefinitions.map((definition) => [definition.type, definition] as const))("%s", (type, definition) => {
		const { bottoms: bottomCount, tops: topCount } = definition.ports;
		const several = ([fewest, most]: readonly [number, number]) =>
			fc.integer({ min: fewest, max: Math.min(most, fewest + 2) });
		const wild = fc.array(anyLayer(type, definition.settings), { minLength: 1, maxLength: 3 });
		const fitting = fc
			.tuple(several(bottomCount), several(topCount), anySettings(definition.settings, true))
			.map(([bottoms, tops, settings]) => [
				layer(
					type,
					"own",
					Array.from({ length: bottoms }, (_, k) => (k === 1 ? "label" : "data")),
					Array.from({ length: tops }, (_, k) => `y${k}`),
					{ settings },
				),
			]);
		const fields = Object.keys(definition.settings);
		const odd = fields.length === 0 ? fitting : oneOdd(fitting, definition.settings);
		fc.assert(
			fc.property(anyInput, fc.oneof(wild, fitting, odd), fc.boolean(), (input, layers, force) => {
				refusalOf(net([input, ...layers], force));
			}),
			{ numRuns: 300 },
		);
	});

	it("a good net with one thing changed", () => {
		const change = fc.oneof(
			fc.record({ name: anyName }),
			fc.record({ type: fc.constantFrom("Nothing", "ReLU", "Slice", "Convolution", "LSTM", "EuclideanLoss") }),
			fc.record({ bottoms: fc.array(anyName, { maxLength: 3 }) }),
			fc.record({ tops: fc.array(anyName, { maxLength: 3 }) }),
			fc.record({ settings: fc.record({ num_output: anyInteger, axis: anyInteger }, { requiredKeys: [] }) }),
			fc.record({ parameters: fc.array(anyParameter, { maxLength: 4 }) }),
			fc.record({ lossWeights: fc.array(anyFloat, { maxLength: 3 }) }),
			fc.record({ propagateDown: fc.array(fc.boolean(), { maxLength: 3 }) }),
		);
		fc.assert(
			fc.property(anyDenseRun, fc.nat(), change, ({ net: good }, place, changed) => {
				const at = place % good.layers.length;
				const layers = good.layers.map((one, k) => (k === at ? { ...one, ...changed } : one));
				refusalOf({ ...good, layers });
			}),
			{ numRuns: 400 },
		);
	});
});

describe("more than memory holds is refused by name", () => {
	const input = (name: string, ...dim: readonly number[]) =>
		layer("Input", name, [], [name], { settings: { shape: [{ dim }] } });
	const own = (type: string, settings: PlainSettings, bottoms = ["data"]) =>
		layer(type, "own", bottoms, ["y"], { settings });

	it.each<[string, readonly LayerSpecification[]]>([
		["a million by a million weights", [input("data", 1, 1e6), own("InnerProduct", { num_output: 1e6 })]],
		["a table of words", [input("data", 1), own("Embed", { input_dim: 1e9, num_output: 1e9 })]],
		["copies", [input("data", 1, 10), own("Tile", { tiles: 1e12 })]],
		[
			"the columns of a convolution whose weights and output would fit",
			[input("data", 1, 1, 3000, 3000), own("Convolution", { num_output: 1, kernel_size: 1500 })],
		],
		[
			"the gates of an LSTM",
			[input("data", 1, 1, 1), input("cont", 1, 1), own("LSTM", { num_output: 1e6 }, ["data", "cont"])],
		],
	])("%s", (_, layers) => {
		expect(refusalOf(net(layers))).toMatchObject({ code: "too-large", layer: "own" });
	});

	it("sizes beyond all numbers", () => {
		expect(refusalOf(net([input("data", 1e200, 1e200)]))).toMatchObject({ code: "too-large", layer: "data" });
	});
});
