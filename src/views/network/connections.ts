import type { NetLayer } from "../../engine/net.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import type { Group, Structure } from "../../timeline/structure.ts";
import { type Chain, type Edge, edgeBetween, type Point } from "../marks/edge-geometry.ts";
import { places } from "./columns.ts";
import type { NetworkLayout, PlacedColumn, PlacedUnit } from "./layout.ts";

/** A weight or bias of the picture: which parameter it is and where it runs. `source` null: from the "+1". */
export interface Connection {
	readonly key: string;
	readonly source: { readonly group: Group; readonly unit: number } | null;
	readonly target: { readonly group: Group; readonly unit: number };
	readonly layer: string;
	readonly slot: number;
	readonly index: number;
	readonly chain: Chain;
}

/** All edges between two columns, or only those of the unit in the lens where they are too many to draw. */
export interface Bundle {
	readonly source: PlacedColumn;
	readonly target: PlacedColumn;
	readonly drawn: readonly Connection[];
	/** Weights and biases that are not drawn one by one. */
	readonly rest: { readonly weights: number; readonly biases: number };
}

/** More edges than this in one picture are not drawn singly. */
export const MAXIMUM_EDGES = 120;
const MAXIMUM_BUNDLE = 72;

/** A parameter of a dense layer: the weight from an input to a unit, or its bias. */
export function parameterOf(layer: NetLayer, unit: number, input: number | null, outputs: number) {
	const transpose = layer.run.settings.transpose === true;
	const inputs = (layer.run.parameters[0]?.count ?? 0) / outputs;
	const slot = input === null ? 1 : 0;
	const index = input === null ? unit : transpose ? input * outputs + unit : unit * inputs + input;
	return { slot, index };
}

/** The reference of a connection's parameter, as it stands before the solver or after it. */
export function parameterReference(
	structure: Structure,
	{ layer, slot, index }: Pick<Connection, "layer" | "slot" | "index">,
	iteration: number,
	moment: "before" | "after" = "before",
): Extract<ScalarReference, { readonly kind: "parameter" }> {
	const use = structure.net.layer(layer).parameters[slot];
	const owner = structure.net.learnable[use?.learnable ?? -1];
	return { kind: "parameter", iteration, layer: owner?.layer ?? layer, slot: owner?.slot ?? slot, moment, index };
}

/** The bundles of a placed picture, in the order of the layers. Pure. */
export function connect(structure: Structure, layout: NetworkLayout): readonly Bundle[] {
	const pairs = layout.columns.flatMap((target) =>
		structure
			.sourceGroups(target.group)
			.flatMap((group) => layout.columns.filter((column) => column.group === group))
			.map((source) => ({ source, target })),
	);
	const sizes = pairs.map(({ source, target }) =>
		isDense(target.group) ? (source.group.units + 1) * target.group.units : 0,
	);
	const total = sizes.reduce((sum, size) => sum + size, 0);
	return pairs.map(({ source, target }, place) => {
		const size = sizes[place] ?? 0;
		const singly =
			source.units.length > 0 && target.units.length > 0 && size <= MAXIMUM_BUNDLE && total <= MAXIMUM_EDGES;
		return bundleOf(source, target, layout, singly);
	});
}

export function isDense(group: Group): boolean {
	return group.head.definition.picture === "dense" && group.head.run.parameters.length > 0;
}

function bundleOf(source: PlacedColumn, target: PlacedColumn, layout: NetworkLayout, singly: boolean): Bundle {
	const outputs = target.group.units;
	const inputs = source.group.units;
	const withBias = target.group.head.run.parameters.length > 1;
	if (!isDense(target.group)) return { source, target, drawn: [], rest: { weights: 0, biases: 0 } };
	const rows = singly ? null : litRows(layout, source, target);
	const columns = singly ? null : litInputs(layout, source, target);
	const drawn: Connection[] = [];
	for (const unit of rows ?? (singly || columns !== null ? places(outputs) : [])) {
		for (const port of columns ?? places(inputs + 1)) {
			const input = port === inputs ? null : port;
			if (input === null && !withBias) continue;
			const { slot, index } = parameterOf(target.group.head, unit, input, outputs);
			const chain = routeOf(layout, source, target, input, unit, withBias);
			if (chain === null) continue;
			drawn.push({
				key: `${target.group.head.name}/${slot}/${index}`,
				source: input === null ? null : { group: source.group, unit: input },
				target: { group: target.group, unit },
				layer: target.group.head.name,
				slot,
				index,
				chain,
			});
		}
	}
	const biases = drawn.filter((connection) => connection.source === null).length;
	return {
		source,
		target,
		drawn,
		rest: { weights: inputs * outputs - (drawn.length - biases), biases: withBias ? outputs - biases : 0 },
	};
}

/** Of edges too many to draw only those into the unit in the lens … */
function litRows({ lens }: NetworkLayout, source: PlacedColumn, target: PlacedColumn): readonly number[] | null {
	const request = lens?.request;
	return request?.group === target.group && request.side === "in" && source.units.length > 0 ? [request.unit] : null;
}

/** … or those out of it. */
function litInputs({ lens }: NetworkLayout, source: PlacedColumn, target: PlacedColumn): readonly number[] | null {
	const request = lens?.request;
	return request?.group === source.group && request.side === "out" && target.units.length > 0 ? [request.unit] : null;
}

const RIM = 3;

/** Where an edge leaves its source: the rim of the disc, the lens, or the "+1". */
function departure(
	layout: NetworkLayout,
	source: PlacedColumn,
	unit: number | null,
	target: PlacedColumn,
	to: number,
): readonly Point[] | null {
	const { lens } = layout;
	if (unit === null) {
		if (source.bias === null) return null;
		const start = { x: source.bias.x + 13, y: source.bias.y };
		return passed(layout, source, start);
	}
	const opened = lens !== null && lens.request.group === source.group && lens.request.unit === unit;
	if (opened && lens !== null && (lens.place === "own" || lens.place === "right")) {
		return [{ x: lens.x + lens.width, y: portOnLens(lens, to, target.group.units, "out") }];
	}
	const placed = source.units[unit];
	if (placed === undefined) return null;
	return passed(layout, source, { x: placed.x + rimOf(source, placed), y: placed.y });
}

/** From a place in the lens's own column edges run level until they are past the lens. */
function passed(layout: NetworkLayout, column: PlacedColumn, start: Point): readonly Point[] {
	const { lens } = layout;
	if (lens === null || lens.place !== "own" || lens.request.group !== column.group) return [start];
	return [start, { x: lens.x + lens.width, y: start.y }];
}

function rimOf(column: PlacedColumn, placed: PlacedUnit): number {
	return placed.r + (column.group.role === "input" ? RIM : RIM + 2);
}

function arrival(
	layout: NetworkLayout,
	target: PlacedColumn,
	unit: number,
	port: number,
	ports: number,
): readonly Point[] | null {
	const { lens } = layout;
	const opened = lens !== null && lens.request.group === target.group && lens.request.unit === unit;
	if (opened && lens !== null && (lens.place === "own" || lens.place === "left")) {
		return [{ x: lens.x, y: portOnLens(lens, port, ports, "in") }];
	}
	const placed = target.units[unit];
	if (placed === undefined) return null;
	const spread = Math.min(13, (placed.r * 1.5) / Math.max(1, ports - 1));
	const y = placed.y + (port - (ports - 1) / 2) * spread;
	const reach = Math.sqrt(Math.max(0, (placed.r + 8) ** 2 - (y - placed.y) ** 2));
	const end = { x: placed.x - reach, y };
	if (lens === null || lens.place !== "own" || lens.request.group !== target.group) return [end];
	return [{ x: lens.x, y }, end];
}

function portOnLens(
	lens: { readonly y: number; readonly height: number },
	port: number,
	ports: number,
	side: "in" | "out",
): number {
	const room = lens.height * (ports > 5 ? 0.66 : side === "in" ? 0.46 : 0.5);
	const pitch = ports < 2 ? 0 : Math.min(56, room / (ports - 1));
	return lens.y + lens.height * 0.49 + (port - (ports - 1) / 2) * pitch;
}

function routeOf(
	layout: NetworkLayout,
	source: PlacedColumn,
	target: PlacedColumn,
	input: number | null,
	unit: number,
	withBias: boolean,
): Chain | null {
	const ports = source.group.units + (withBias ? 1 : 0);
	const start = departure(layout, source, input, target, unit);
	const end = arrival(layout, target, unit, input ?? source.group.units, ports);
	if (start === null || end === null) return null;
	const points = [...start, ...end];
	const edges = points.slice(1).map((point, index): Edge => edgeBetween(points[index] ?? point, point));
	const [only] = edges;
	return edges.length === 1 && only !== undefined ? only : edges;
}
