import { type PointerEvent, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { referencesOf } from "../../engine/evaluate.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import type { Subject } from "../../explain/reading.ts";
import { useSession, useText } from "../../store/hooks.ts";
import { hoverStore } from "../../store/hover.ts";
import { editableAt, propose, proposeValue } from "../../store/proposal.ts";
import { sessionStore } from "../../store/session.ts";
import type { View } from "../../store/view.ts";
import { chainPoint } from "../marks/edge-geometry.ts";
import { lineRange, snap } from "../marks/line-range.ts";
import { type Bundle, parameterReference } from "./connections.ts";
import styles from "./parts.module.css";

type Parameter = Extract<ScalarReference, { readonly kind: "parameter" }>;

/**
 * The value that a parameter begins the iteration with: what an edit sets, whichever of its moments is meant. Of a
 * product (what an edge adds, what it carries back) that of its weight.
 */
function parameterOf(subject: Subject | null): Parameter | null {
	if (subject === null) return null;
	const own =
		subject.kind === "derived" && subject.expression.kind === "product"
			? referencesOf(subject.expression).find((r) => r.kind === "parameter")
			: subject;
	return own?.kind === "parameter" ? { ...own, moment: "before" } : null;
}

/** The parameter whose edge can be dragged: the proposed one, else the one that is pointed at or explained. */
function useHandled(): Parameter | null {
	const hovered = useStore(hoverStore, ({ number }) => number);
	const inspected = useSession((state) => state.inspected);
	const proposal = useSession((state) => state.proposal);
	if (proposal !== null) return parameterOf(proposal.reference);
	return parameterOf(hovered) ?? parameterOf(inspected);
}

export interface WeightHandleProps {
	readonly view: View;
	readonly bundles: readonly Bundle[];
}

/** A knob on the edge that is pointed at: dragged up or down it asks what if its weight were another. */
export function WeightHandle({ view, bundles }: WeightHandleProps) {
	const wanted = useHandled();
	const editable = useSession((state) => wanted !== null && editableAt(state, wanted) !== null);
	const { structure } = view.timeline;
	const key = wanted === null ? "" : `${wanted.layer}/${wanted.slot}/${wanted.index}`;
	const connection = useMemo(
		() =>
			bundles
				.flatMap(({ drawn }) => drawn)
				.find((candidate) => {
					const { layer, slot, index } = parameterReference(structure, candidate, 1);
					return `${layer}/${slot}/${index}` === key;
				}),
		[bundles, structure, key],
	);
	if (wanted === null || !editable || connection === undefined || wanted.iteration !== view.cursor.iteration)
		return null;
	const { x, y } = chainPoint(connection.chain, 0.5);
	return <Knob key={key} parameter={wanted} id={view.read(wanted).id} x={x} y={y} />;
}

/** So many pixels lead from one end of the number line to the other. */
const REACH = 320;
/** A press that moves no farther is a click. */
const STILL = 3;

interface KnobProps {
	readonly parameter: Parameter;
	readonly id: string;
	readonly x: number;
	readonly y: number;
}

function Knob({ parameter, id, x, y }: KnobProps) {
	const { editor } = useText();
	const start = useRef<{ readonly x: number; readonly y: number; value: number | null } | null>(null);
	const wanted = useRef<number | null>(null);
	const frame = useRef(0);
	const moved = useRef(false);

	/** One iteration a frame is computed, however fast the pointer is. */
	function settle(): void {
		frame.current = 0;
		if (wanted.current !== null) proposeValue(wanted.current);
		wanted.current = null;
	}

	function move(event: PointerEvent<SVGGElement>): void {
		const from = start.current;
		if (from === null) return;
		const way = event.clientX - from.x - (event.clientY - from.y);
		if (!moved.current && Math.abs(way) <= STILL) return;
		moved.current = true;
		if (sessionStore.getState().proposal === null && !propose(parameter)) return;
		const { proposal } = sessionStore.getState();
		if (proposal === null) return;
		from.value ??= proposal.value;
		const range = lineRange(proposal.editable, proposal.former, proposal.value);
		wanted.current = snap(from.value + (way / REACH) * (range.maximum - range.minimum), range);
		if (frame.current === 0) frame.current = requestAnimationFrame(settle);
	}

	function end(event: PointerEvent<SVGGElement>): void {
		event.currentTarget.removeAttribute("data-dragging");
		start.current = null;
		if (frame.current !== 0) cancelAnimationFrame(frame.current);
		settle();
	}

	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: the drawing is hidden from readers; by keyboard the number line does it
		<g
			className={styles.knob}
			transform={`translate(${x} ${y})`}
			data-ref={id}
			data-drag="weight"
			onPointerDown={(event) => {
				if (event.button !== 0) return;
				event.currentTarget.setPointerCapture(event.pointerId);
				event.currentTarget.setAttribute("data-dragging", event.pointerType);
				start.current = { x: event.clientX, y: event.clientY, value: null };
				moved.current = false;
			}}
			onPointerMove={move}
			onPointerUp={end}
			onPointerCancel={end}
			// The end of a drag is no click on the number.
			onClick={(event) => {
				if (moved.current) event.stopPropagation();
			}}
		>
			<title>{editor.whatIf.drag}</title>
			<circle r={18} className={styles.knobRoom} />
			<circle r={8} className={styles.knobDisc} />
			<path d="M-2.6 -1.8L0 -4.8L2.6 -1.8M-2.6 1.8L0 4.8L2.6 1.8" className={styles.knobArrows} />
		</g>
	);
}
