import type { Net, NetLayer } from "../engine/net.ts";
import type { ScalarReference } from "../engine/reference.ts";
import type { Shape } from "../engine/shape.ts";

/**
 * A layer by name with the elementwise layers that follow it alone (and Splits that the builder put behind them): what
 * a person calls a layer. The head makes the pre-activation z, the last elementwise layer the activation a.
 */
export interface Group {
	readonly index: number;
	readonly head: NetLayer;
	/** Elementwise layers after the head, in order; empty for a linear layer. */
	readonly elementwise: readonly NetLayer[];
	/** A Split behind the last of them, where the output is used several times. */
	readonly split: NetLayer | null;
	/** Which top of the head: 0, but for Input layers with several tops. */
	readonly slot: number;
	readonly role: GroupRole;
	/**
	 * Axis 0 of the output: samples of the batch; in a recurrent net time steps × sequences, one row after the other. A
	 * scalar's flat index is sample · units + unit.
	 */
	readonly samples: number;
	/** Time steps of a layer that goes through them one by one; 1 elsewhere. */
	readonly times: number;
	/** Elements a sample. */
	readonly units: number;
	/** Whether δ of this group is computed in this net. */
	readonly hasDelta: boolean;
}

/** What a group is in the net: what it is fed, what it should be, layers between and at the end, losses. */
export type GroupRole = "input" | "target" | "hidden" | "output" | "loss";

/** The groups of a net in running order, and which group each layer belongs to. A pure function of the net. */
export interface Structure {
	readonly net: Net;
	readonly groups: readonly Group[];
	/** Group of a layer's top. */
	groupOf(layer: string, slot: number): Group;
	/** The group that makes what a layer reads. */
	sourceGroups(group: Group): readonly Group[];
	/** Groups that read this group's output, losses included. */
	consumers(group: Group): readonly Group[];
}

function consumersOf(net: Net, layer: NetLayer, slot: number): readonly NetLayer[] {
	return net.layers.filter((candidate) =>
		candidate.sources.some((source) => source.layer === layer.index && source.slot === slot),
	);
}

/** Whether a parameter is a bias: one number a unit behind the weight. A recurrent layer has further weights behind its own. */
export function isBias({ net }: Structure, layer: string, slot: number): boolean {
	return slot > 0 && net.layer(layer).run.parameters[slot].shape.length === 1;
}

/** The last layer of a group before its Split: the one that makes the group's output. */
export function outputLayer(group: Group): NetLayer {
	return group.elementwise.at(-1) ?? group.head;
}

/** The scalar of a group's output (activation a) or head (pre-activation z) for one sample and unit. */
export function groupScalar(
	group: Group,
	what: "z" | "a",
	at: { readonly iteration: number; readonly pass: number | "again"; readonly side: "data" | "diff" },
	sample: number,
	unit: number,
): Extract<ScalarReference, { readonly kind: "top" }> {
	const layer = what === "z" ? group.head : outputLayer(group);
	return {
		kind: "top",
		iteration: at.iteration,
		pass: at.pass,
		layer: layer.name,
		slot: layer === group.head ? group.slot : 0,
		side: at.side,
		index: sample * group.units + unit,
	};
}

interface Draft {
	head: NetLayer;
	slot: number;
	elementwise: NetLayer[];
	split: NetLayer | null;
}

/** Whether a layer is a function of one number and nothing else, so that it belongs to the layer before it. */
function isActivation({ definition, sources, parameters }: NetLayer): boolean {
	return definition.picture === "elementwise" && sources.length === 1 && parameters.length === 0;
}

function gather(net: Net): readonly Draft[] {
	const drafts: Draft[] = [];
	const taken = new Set<NetLayer>();
	for (const layer of net.layers) {
		if (taken.has(layer)) continue;
		layer.run.tops.forEach((_, slot) => {
			const draft: Draft = { head: layer, slot, elementwise: [], split: null };
			let last: NetLayer = layer;
			let lastSlot = slot;
			for (;;) {
				const next = consumersOf(net, last, lastSlot);
				if (next.length !== 1) break;
				const [only] = next;
				if (isActivation(only) && layer.definition.picture !== "given") {
					draft.elementwise.push(only);
				} else if (only.automatic) draft.split = only;
				else break;
				taken.add(only);
				if (only.automatic) break;
				last = only;
				lastSlot = 0;
			}
			drafts.push(draft);
		});
	}
	return drafts;
}

/** Inputs that reach nothing but a loss's second bottom are targets. */
function isTarget(net: Net, draft: Draft): boolean {
	const last = draft.split ?? draft.head;
	const slots = draft.split ? draft.split.run.tops.map((_, slot) => slot) : [draft.slot];
	const readers = slots.flatMap((slot) =>
		consumersOf(net, last, slot).map((layer) => ({
			layer,
			bottom: layer.sources.findIndex((source) => source.layer === last.index && source.slot === slot),
		})),
	);
	return readers.length > 0 && readers.every(({ layer, bottom }) => layer.definition.isLoss && bottom >= 1);
}

interface Sequence {
	readonly times: number;
	readonly sequences: number;
}

/** Time steps and sequences of a recurrent net: the first axes of what its recurrent layers read. */
function sequenceOf(net: Net): Sequence | null {
	const recurrent = net.layers.find(({ definition }) => definition.picture === "gates");
	const shape = recurrent?.run.bottoms[0].shape;
	return shape === undefined ? null : { times: shape[0], sequences: shape[1] };
}

function rowsOf(shape: Shape, sequence: Sequence | null): number {
	const isTimed = sequence !== null && shape[0] === sequence.times && shape[1] === sequence.sequences;
	return isTimed ? sequence.times * sequence.sequences : (shape[0] ?? 1);
}

/** Reads a net's groups. Costs a pass over its layers; the result never changes. */
export function structureOf(net: Net): Structure {
	const drafts = gather(net);
	const owner = new Map<string, number>();
	drafts.forEach((draft, index) => {
		owner.set(`${draft.head.name}\n${draft.slot}`, index);
		for (const layer of draft.elementwise) owner.set(`${layer.name}\n0`, index);
		draft.split?.run.tops.forEach((_, slot) => {
			owner.set(`${draft.split?.name}\n${slot}`, index);
		});
	});
	const indexOf = (layer: NetLayer, slot: number) => owner.get(`${layer.name}\n${slot}`) ?? -1;
	const sourceIndexes = drafts.map(({ head }) =>
		head.sources.map((source) => indexOf(net.layers[source.layer], source.slot)),
	);
	const consumerIndexes = drafts.map((_, index) =>
		drafts.flatMap((_draft, other) => (sourceIndexes[other].includes(index) ? [other] : [])),
	);
	const isLoss = (index: number) => drafts[index].head.definition.isLoss;
	const sequence = sequenceOf(net);
	const groups = drafts.map((draft, index): Group => {
		const { head, slot } = draft;
		const given = head.definition.picture === "given";
		const role: GroupRole = given
			? isTarget(net, draft)
				? "target"
				: "input"
			: isLoss(index)
				? "loss"
				: consumerIndexes[index].every(isLoss)
					? "output"
					: "hidden";
		const top = head.run.tops[slot];
		const samples = rowsOf(top.shape, sequence);
		return {
			index,
			...draft,
			role,
			samples,
			times: head.definition.picture === "gates" && sequence !== null ? sequence.times : 1,
			units: top.count / samples,
			hasDelta: head.diffComputed[slot],
		};
	});
	return {
		net,
		groups,
		groupOf(layer, slot) {
			const found = groups[owner.get(`${layer}\n${slot}`) ?? -1];
			if (found === undefined) throw new RangeError(`no group makes ${layer} ${slot}`);
			return found;
		},
		sourceGroups: (group) => sourceIndexes[group.index].map((index) => groups[index]),
		consumers: (group) => consumerIndexes[group.index].map((index) => groups[index]),
	};
}

/** Where layers are of several kinds their own names tell more than numbers. */
export function isNamed(structure: Structure): boolean {
	return structure.groups.some(
		({ role, head }) => (role === "hidden" || role === "output") && head.definition.picture !== "dense",
	);
}

/** Channel, row and column of a unit of a layer of maps, from 0; null for any other layer. */
export function mapPlace({ head, slot }: Group, unit: number) {
	const { shape } = head.run.tops[slot];
	if (shape.length !== 4 || shape[2] * shape[3] === 1) return null;
	const each = shape[2] * shape[3];
	const inside = unit % each;
	return { channel: Math.floor(unit / each), row: Math.floor(inside / shape[3]), column: inside % shape[3] };
}
