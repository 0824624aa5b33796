import { useMemo } from "react";
import type { ScalarReference } from "../../engine/reference.ts";
import type { Reading } from "../../explain/reading.ts";
import { type Change, changesOf } from "../../store/changes.ts";
import { useProposedView, useSession, useView } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Chip } from "../marks/chip.tsx";
import { chainPoint, type Point } from "../marks/edge-geometry.ts";
import { Pennant } from "../marks/pennant.tsx";
import { drawnValue } from "../marks/reading-attributes.ts";
import { Ribbon } from "../marks/ribbon.tsx";
import { deltaSymbol } from "../timeline/names.ts";
import { type Bundle, type Connection, parameterReference } from "./connections.ts";
import { freePlace, marksOf } from "./free-place.ts";
import type { NetworkLayout, PlacedColumn, PlacedUnit } from "./layout.ts";

interface GhostsProps {
	readonly layout: NetworkLayout;
	readonly bundles: readonly Bundle[];
}

/** What the proposed edit changes, as long as one is proposed. */
function useChanges(): { readonly view: View; readonly changes: readonly Change[] } | null {
	const view = useView();
	const proposed = useProposedView();
	const proposal = useSession((state) => state.proposal);
	return useMemo(
		() =>
			view === null || proposed === null || proposal === null
				? null
				: { view, changes: changesOf(view, proposed, proposal) },
		[view, proposed, proposal],
	);
}

interface PlacedChange extends Change {
	readonly column: PlacedColumn;
	readonly placed: PlacedUnit;
	readonly what: "a" | "z" | "delta" | "given";
}

function partOf(view: View, reference: Extract<ScalarReference, { readonly kind: "top" }>): PlacedChange["what"] {
	if (reference.side === "diff") return "delta";
	const group = view.timeline.structure.groupOf(reference.layer, reference.slot);
	if (group.role === "input") return "given";
	return group.elementwise.length > 0 && reference.layer === group.head.name ? "z" : "a";
}

/** Changes of units that have a disc of their own; the lens draws its unit itself. */
function placedChanges(view: View, changes: readonly Change[], layout: NetworkLayout): readonly PlacedChange[] {
	return changes.flatMap((change): readonly PlacedChange[] => {
		const { reference } = change;
		if (reference.kind !== "top") return [];
		const group = view.timeline.structure.groupOf(reference.layer, reference.slot);
		const column = layout.columns.find((candidate) => candidate.group === group && candidate.form === "discs");
		const placed = column?.units[reference.index % group.units];
		if (column === undefined || placed === undefined || placed.open) return [];
		return [{ ...change, column, placed, what: partOf(view, reference) }];
	});
}

/** The drawn edge of the edited parameter. */
function editedEdge(view: View, changes: readonly Change[], bundles: readonly Bundle[]) {
	const [first] = changes;
	if (first?.reference.kind !== "parameter" || first.reference.moment !== "before") return null;
	const { layer, slot, index } = first.reference;
	const isEdited = (connection: Connection) => {
		const own = parameterReference(view.timeline.structure, connection, view.cursor.iteration);
		return own.layer === layer && own.slot === slot && own.index === index;
	};
	const connection = bundles.flatMap(({ drawn }) => drawn).find(isEdited);
	return connection === undefined ? null : { connection, before: first.before, after: first.after };
}

const ringOf = ({ column, placed }: PlacedChange) => placed.r + (column.group.elementwise.length > 0 ? 7 : 0);

/** Under the picture: the old state, pale. */
export function GhostsBelow({ layout, bundles }: GhostsProps) {
	const found = useChanges();
	if (found === null) return null;
	const { view, changes } = found;
	const edge = editedEdge(view, changes, bundles);
	return (
		<g>
			{edge !== null && <Ribbon reading={edge.before} edge={edge.connection.chain} ghost />}
			{placedChanges(view, changes, layout).map((change) =>
				change.what === "delta" ? (
					<Pennant
						key={change.before.id}
						reading={change.before}
						x={change.placed.x}
						y={change.placed.y}
						r={ringOf(change)}
						ghost
					/>
				) : null,
			)}
		</g>
	);
}

/** A chip with its numbers is about this wide, and a row of chips this high. */
const HALF = 70;
const ROW = 28;
/** On a phone: that of an edge, and that of a unit, which says only what it becomes. */
const SMALL = { edge: 58, unit: 33 } as const;

function isFree({ x, y }: Point, { lens }: NetworkLayout, half: number): boolean {
	if (lens === null) return true;
	const apart = x + half < lens.x || x - half > lens.x + lens.width;
	return apart || y + ROW / 2 < lens.y || y - ROW / 2 > lens.y + lens.height;
}

interface PlacedChip extends Point {
	readonly before: Reading;
	readonly after: Reading;
	readonly symbol: string;
}

/** Room below a disc for so many chips before the next one's begins. */
function roomBelow({ units }: PlacedColumn, { unit, y, r }: PlacedUnit, layout: NetworkLayout): number {
	const next = units.reduce(
		(least, other) => (other.unit !== unit && other.y > y ? Math.min(least, other.y) : least),
		layout.biasY,
	);
	return Math.max(0, Math.floor((next - y - 2 * r - 16) / ROW));
}

function chipsOf(view: View, changes: readonly Change[], layout: NetworkLayout): readonly PlacedChip[] {
	const rows = new Map<PlacedUnit, number>();
	return placedChanges(view, changes, layout).flatMap((change): readonly PlacedChip[] => {
		const { before, after, placed, column, what } = change;
		const { x, y, r } = placed;
		if (what === "delta") {
			const ring = ringOf(change);
			// Where its number stands otherwise.
			const drop = (drawnValue(after) ?? 0) >= 0 ? -0.82 * ring - 17 : 0.82 * ring + 18;
			return [{ before, after, symbol: deltaSymbol(view.notation), x: x + 0.574 * ring + 76, y: y + drop }];
		}
		const row = rows.get(placed) ?? 0;
		if (row >= roomBelow(column, placed, layout)) return [];
		rows.set(placed, row + 1);
		return [{ before, after, symbol: what === "given" ? "" : what, x, y: y + r + 24 + row * ROW }];
	});
}

/** On a phone there is room for one number a unit, what it becomes: its δ where that changes, else its value. */
function smallChipsOf(view: View, changes: readonly Change[], layout: NetworkLayout): readonly PlacedChip[] {
	const chips = new Map<PlacedUnit, PlacedChip>();
	for (const { before, after, placed, column, what } of placedChanges(view, changes, layout)) {
		if (what === "z" || (chips.has(placed) && what !== "delta")) continue;
		const symbol = what === "delta" ? deltaSymbol(view.notation) : what === "given" ? "" : what;
		const ring = placed.r + (column.group.elementwise.length > 0 ? 7 : 0);
		chips.set(placed, { before, after, symbol, x: placed.x, y: placed.y + ring + 12 });
	}
	return [...chips.values()];
}

/** Beside the middle of the edited edge, where no unit and no unit's chip lies. */
function besideEdge(
	{ chain }: Connection,
	units: readonly PlacedChip[],
	layout: NetworkLayout,
	unit: number,
	edge: number,
): Point {
	const middle = chainPoint(chain, 0.5);
	const chips = units.map(({ x, y }) => ({ x: x - unit, y: y - ROW / 2, width: 2 * unit, height: ROW }));
	const size = { width: 2 * edge, height: ROW - 4 };
	return freePlace(middle, size, [...marksOf(layout, [middle]), ...chips], layout);
}

/** Over the picture: old → new, for the edited edge and for the units that it reaches. */
export function GhostChips({ layout, bundles }: GhostsProps) {
	const found = useChanges();
	if (found === null) return null;
	const { view, changes } = found;
	const edge = editedEdge(view, changes, bundles);
	const small = layout.narrow;
	const chips = layout.many
		? []
		: small
			? smallChipsOf(view, changes, layout)
			: layout.crowded
				? []
				: chipsOf(view, changes, layout);
	const half = small ? SMALL.unit : HALF;
	const inside = (x: number) => Math.max(half, Math.min(x, layout.width - half));
	const units = chips.map((chip) => ({ ...chip, x: inside(chip.x) })).filter((chip) => isFree(chip, layout, half));
	return (
		<g>
			{edge !== null && (
				<Chip
					before={edge.before}
					after={edge.after}
					{...(small ? { small, format: { digits: 3 } } : {})}
					{...besideEdge(edge.connection, units, layout, half, small ? SMALL.edge : HALF)}
				/>
			)}
			{units.map((chip) => (
				<Chip
					key={chip.before.id}
					{...(small ? { small } : { before: chip.before })}
					after={chip.after}
					format={{ digits: 3 }}
					{...(chip.symbol === "" ? {} : { symbol: chip.symbol })}
					x={chip.x}
					y={chip.y}
				/>
			))}
		</g>
	);
}
