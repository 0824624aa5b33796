import type { ReactNode } from "react";
import { scalar } from "../../engine/expressions.ts";
import type { ScalarReference } from "../../engine/reference.ts";
import type { Reading, Subject } from "../../explain/reading.ts";
import type { View } from "../../store/view.ts";
import { isBias } from "../../timeline/structure.ts";
import { Diamond } from "../marks/diamond.tsx";
import { Disc } from "../marks/disc.tsx";
import { edgeBetween } from "../marks/edge-geometry.ts";
import { Message } from "../marks/message.tsx";
import { Pennant } from "../marks/pennant.tsx";
import { signOfReading } from "../marks/reading-attributes.ts";
import { Ribbon } from "../marks/ribbon.tsx";
import { BiasSquare, Target } from "../marks/square.tsx";
import { Valve } from "../marks/valve.tsx";
import { largestSlope, productKind } from "./kinds.ts";
import styles from "./ledger.module.css";

const LEVEL = edgeBetween({ x: 1, y: 11 }, { x: 25, y: 11 });
const LOW = edgeBetween({ x: 2, y: 16 }, { x: 26, y: 16 });

interface OperandIconProps {
	readonly view: View;
	readonly subject: Subject;
	/** The leaf that comes to it, where one goes term by term. */
	readonly from?: number | undefined;
}

/** The mark that a quantity wears everywhere, small. */
export function OperandIcon({ view, subject, from }: OperandIconProps) {
	return (
		<svg className={styles.icon} width="28" height="22" viewBox="0 0 28 22" aria-hidden="true" focusable="false">
			{drawn(view, subject, from)}
		</svg>
	);
}

function drawn(view: View, subject: Subject, from: number | undefined): ReactNode {
	if (subject.kind !== "derived") return ofScalar(view, subject);
	const { expression } = subject;
	const reading = view.derive(expression, from);
	if (expression.kind === "named" && expression.function !== undefined) {
		return <Valve reading={reading} maximum={largestSlope(expression.function)} x={12} y={11} r={2} />;
	}
	const kind = productKind(expression);
	if (kind?.name === "message")
		return <Message reading={reading} weight={view.derive(scalar(kind.weight))} edge={LOW} />;
	if (kind?.name === "push") return <Ribbon reading={view.read(kind.weight)} edge={LEVEL} />;
	return null;
}

function ofScalar(view: View, r: ScalarReference): ReactNode {
	const reading = view.read(r);
	switch (r.kind) {
		case "top": {
			const { role } = view.timeline.structure.groupOf(r.layer, r.slot);
			if (r.side === "diff") return <SmallPennant reading={reading} />;
			if (role === "loss") return <LossBar />;
			if (role === "target") return <Target reading={reading} x={12} y={11} size={18} />;
			return <Disc reading={reading} x={12} y={11} r={9} maximum={1} bare />;
		}
		case "internal":
			return <Disc reading={reading} x={12} y={11} r={9} maximum={1} bare />;
		case "share":
			return <Diamond reading={reading} x={12} y={11} />;
		case "parameter":
			if (r.moment === "before" || r.moment === "after") {
				return isBias(view.timeline.structure, r.layer, r.slot) ? (
					<BiasSquare x={12} y={11} size={18} />
				) : (
					<Ribbon reading={reading} edge={LEVEL} />
				);
			}
			if (r.moment === "history" || r.moment === "update") return <Ribbon reading={reading} edge={LEVEL} ghost />;
			return <Diamond reading={reading} x={12} y={11} />;
		case "loss":
			return <LossBar />;
		case "solver":
			return <path d="M3 11H25M9 7V15" className={styles.setting} />;
	}
}

/** To scale among its like, at half its size; up from the lower edge or down from the upper. */
function SmallPennant({ reading }: { readonly reading: Reading }) {
	const down = signOfReading(reading) === "minus";
	return (
		<g transform="translate(2 0) scale(0.55)">
			<Pennant reading={reading} x={8} y={down ? 1 : 39} r={0} />
		</g>
	);
}

/** A loss has no sign: ink. */
function LossBar() {
	return <rect x="2" y="8" width="22" height="6" className={styles.lossBar} />;
}
