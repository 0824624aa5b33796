import { type Blob, createBlob, type Memory } from "./blob.ts";
import type { FillerSettings } from "./fillers.ts";
import type { ParameterPlan } from "./layer.ts";
import { EngineError } from "./problem.ts";
import { type Precision, roundFloat } from "./settings.ts";
import { countOf, type Shape, sameShape, shapeText } from "./shape.ts";
import type { LayerSpecification, ParameterSpecification } from "./specification.ts";

/** One parameter that the solver updates: its owner's blob, shared by all who name it. */
export interface LearnableParameter {
	readonly index: number;
	readonly layer: string;
	readonly slot: number;
	/** The name written in the owner's `param`, or empty. */
	readonly name: string;
	readonly blob: Blob;
	readonly filler: FillerSettings;
	/** Multipliers in force: what any of the sharers writes, else 1. */
	readonly lrMult: number;
	readonly decayMult: number;
	/** Its owner moves it in forward, and the solver does not. */
	readonly movedByLayer: boolean;
	readonly users: readonly { readonly layer: string; readonly slot: number }[];
}

/** A layer's view of one of its parameters: the same buffers as the owner's, in the layer's own shape. */
export interface ParameterUse {
	readonly learnable: number;
	readonly blob: Blob;
	readonly isOwner: boolean;
	/** What this layer's own `param` says; decides whether it computes a diff. */
	readonly ownLrMult: number;
}

interface Draft {
	owner: { layer: LayerSpecification; slot: number; name: string; shape: Shape; filler: FillerSettings };
	lrMult: number | undefined;
	decayMult: number | undefined;
	movedByLayer: boolean;
	users: { layer: string; slot: number }[];
}

function agree(known: number | undefined, written: number | undefined, layer: string, parameter: string) {
	if (known !== undefined && written !== undefined && known !== written) {
		throw new EngineError({
			code: "shared-parameter",
			layer,
			parameter,
			expected: String(known),
			found: String(written),
		});
	}
	return known ?? written;
}

/**
 * What a layer's `param` says of one parameter. Caffe's upgrade of old files sets both multipliers to 0 where a layer
 * that moves its own parameters (BatchNorm) writes a `param` for each of them.
 */
function writtenFor(
	{ parameters }: LayerSpecification,
	plans: readonly ParameterPlan[],
	slot: number,
): ParameterSpecification {
	const written = parameters?.[slot] ?? {};
	const isUpgraded = plans[slot].movedByLayer && parameters?.length === plans.length;
	return isUpgraded ? { ...written, lrMult: 0, decayMult: 0 } : written;
}

/** A multiplier may be any number, but a number. */
function checkMultipliers(layer: LayerSpecification, { lrMult, decayMult }: ParameterSpecification): void {
	for (const [setting, value] of [
		["lr_mult", lrMult],
		["decay_mult", decayMult],
	] as const) {
		if (!Number.isNaN(value ?? 1)) continue;
		const line = layer.line === undefined ? {} : { line: layer.line };
		throw new EngineError({ code: "setting", layer: layer.name, setting, expected: "number", found: "NaN", ...line });
	}
}

/** The parameters of all layers, checked against each other and not yet there. */
export interface BoundParameters {
	allocate(memory: Memory): {
		readonly uses: readonly (readonly ParameterUse[])[];
		readonly learnable: readonly LearnableParameter[];
	};
}

/**
 * Finds out which parameters there are; layers that give the same name share data and diff with the first.
 * Source: caffe-semantics, 1, "Shared params".
 * @throws EngineError `shared-parameter` where shapes or multipliers disagree, `setting` for a multiplier that cannot be
 */
export function bindParameters(
	layers: readonly { readonly specification: LayerSpecification; readonly plans: readonly ParameterPlan[] }[],
	precision: Precision,
): BoundParameters {
	const drafts: Draft[] = [];
	const byName = new Map<string, number>();
	const uses = layers.map(({ specification, plans }) =>
		plans.map((plan, slot) => {
			const { shape } = plan;
			const written = writtenFor(specification, plans, slot);
			checkMultipliers(specification, written);
			const name = written.name ?? "";
			const ownLrMult = roundFloat(written.lrMult ?? 1, precision);
			if (plan.movedByLayer && (written.lrMult ?? 0) !== 0) {
				throw new EngineError({
					code: "setting",
					layer: specification.name,
					setting: "lr_mult",
					expected: "0",
					found: String(written.lrMult),
					...(specification.line === undefined ? {} : { line: specification.line }),
				});
			}
			const known = name === "" ? undefined : byName.get(name);
			if (known === undefined) {
				const learnable = drafts.length;
				drafts.push({
					owner: { layer: specification, slot, name, shape, filler: plan.filler },
					lrMult: plan.movedByLayer ? 0 : written.lrMult,
					decayMult: written.decayMult,
					movedByLayer: plan.movedByLayer ?? false,
					users: [{ layer: specification.name, slot }],
				});
				if (name !== "") byName.set(name, learnable);
				return { learnable, shape, isOwner: true, ownLrMult };
			}
			const draft = drafts[known];
			const { shape: first } = draft.owner;
			const fits = written.shareMode === "PERMISSIVE" ? countOf(first) === countOf(shape) : sameShape(first, shape);
			if (!fits) {
				throw new EngineError({
					code: "shared-parameter",
					layer: specification.name,
					parameter: name,
					expected: shapeText(first),
					found: shapeText(shape),
				});
			}
			draft.lrMult = agree(draft.lrMult, written.lrMult, specification.name, name);
			draft.decayMult = agree(draft.decayMult, written.decayMult, specification.name, name);
			draft.users.push({ layer: specification.name, slot });
			return { learnable: known, shape, isOwner: false, ownLrMult };
		}),
	);
	return {
		allocate(memory) {
			const learnable = drafts.map(({ owner, lrMult, decayMult, movedByLayer, users }, index) => ({
				index,
				layer: owner.layer.name,
				slot: owner.slot,
				name: owner.name,
				blob: createBlob(
					owner.name === "" ? `${owner.layer.name}.${owner.slot}` : owner.name,
					owner.shape,
					memory,
					"parameters",
				),
				filler: owner.filler,
				lrMult: roundFloat(lrMult ?? 1, precision),
				decayMult: roundFloat(decayMult ?? 1, precision),
				movedByLayer,
				users,
			}));
			const bind = ({ shape, ...use }: (typeof uses)[number][number]): ParameterUse => {
				const { blob } = learnable[use.learnable];
				return { ...use, blob: use.isOwner ? blob : { ...blob, shape } };
			};
			return { uses: uses.map((layerUses) => layerUses.map(bind)), learnable };
		},
	};
}
