import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Reading } from "../../explain/reading.ts";
import { inspect } from "../../store/actions.ts";
import { setHovered } from "../../store/hover.ts";
import type { View } from "../../store/view.ts";
import type { Group } from "../../timeline/structure.ts";
import { showInPlace } from "../marks/focus-in-place.ts";
import { NumberText } from "../marks/number-text.tsx";
import { unitName } from "./names.ts";
import styles from "./parts.module.css";
import { edgesOfUnit, type UnitEdge } from "./unit-edges.ts";
import type { Speech } from "./unit-words.ts";

export interface EdgeListProps {
	readonly view: View;
	readonly group: Group;
	readonly unit: number;
	readonly speech: Speech;
	readonly say: (reading: Reading) => string;
	/** The unit's middle and size. */
	readonly at: { readonly x: number; readonly y: number; readonly width: number };
	readonly room: { readonly width: number; readonly height: number };
	readonly onClose: () => void;
	/** To the unit at an edge's other end. */
	readonly onJump: (group: Group, unit: number) => void;
}

const WIDTH = 250;
const HEIGHT = 220;

/** The edges of one unit: arrows choose, Enter goes to the other end, Space asks about the weight, Esc returns. */
export function EdgeList({ view, group, unit, speech, say, at, room, onClose, onJump }: EdgeListProps) {
	const { texts, notation } = speech;
	const { structure } = view.timeline;
	const list = useRef<HTMLDivElement>(null);
	const [chosen, setChosen] = useState(0);
	const edges = useMemo(() => edgesOfUnit(view, group, unit), [view, group, unit]);
	useEffect(() => list.current?.focus({ preventScroll: true }), []);
	useEffect(() => {
		setHovered(edges[chosen]?.reading.subject ?? null);
		const edge = list.current?.children[chosen];
		if (edge !== undefined) showInPlace(edge);
		return () => setHovered(null);
	}, [edges, chosen]);
	const nameOf = ({ kind, other, reading }: UnitEdge) => {
		if (kind === "bias" || other === null) return texts.edgeBias(say(reading));
		const name = unitName(texts, structure, notation, other.group, other.unit);
		return kind === "from" ? texts.edgeFrom(name, say(reading)) : texts.edgeTo(name, say(reading));
	};
	const ask = (edge: UnitEdge | undefined) => {
		if (edge?.reading.subject == null) return;
		onClose();
		inspect(edge.reading.subject);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const edge = edges[chosen];
		const keys: Readonly<Record<string, () => void>> = {
			ArrowDown: () => setChosen(Math.min(chosen + 1, edges.length - 1)),
			ArrowUp: () => setChosen(Math.max(chosen - 1, 0)),
			Home: () => setChosen(0),
			End: () => setChosen(edges.length - 1),
			Escape: onClose,
			Enter: () => (edge?.other == null ? ask(edge) : onJump(edge.other.group, edge.other.unit)),
			" ": () => ask(edge),
		};
		const act = keys[event.key];
		if (act === undefined) return;
		event.preventDefault();
		event.stopPropagation();
		act();
	};
	const right = at.x + at.width / 2 + 10;
	const left = right + WIDTH > room.width ? at.x - at.width / 2 - 10 - WIDTH : right;
	return (
		<div
			ref={list}
			role="listbox"
			tabIndex={0}
			aria-label={texts.edgesOf(unitName(texts, structure, notation, group, unit))}
			aria-activedescendant={`edge-${chosen}`}
			className={styles.edges}
			style={{
				left: Math.max(6, left),
				top: Math.max(6, Math.min(at.y - 40, room.height - HEIGHT - 6)),
				width: WIDTH,
				maxHeight: HEIGHT,
			}}
			onKeyDown={onKeyDown}
			onBlur={(event) => {
				if (!event.currentTarget.contains(event.relatedTarget)) onClose();
			}}
		>
			{edges.map((edge, place) => (
				// biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus and says which is chosen
				// biome-ignore lint/a11y/useKeyWithClickEvents: the list box hears the keys
				<div
					key={`${edge.kind} ${edge.reading.id}`}
					id={`edge-${place}`}
					role="option"
					aria-selected={place === chosen}
					aria-label={nameOf(edge)}
					className={styles.edge}
					onPointerEnter={() => setChosen(place)}
					onClick={() => ask(edge)}
				>
					<span aria-hidden="true">
						{edge.other === null
							? texts.bias
							: texts[edge.kind === "from" ? "from" : "to"](
									unitName(texts, structure, notation, edge.other.group, edge.other.unit),
								)}
					</span>
					<NumberText reading={edge.reading} coloured />
				</div>
			))}
		</div>
	);
}
