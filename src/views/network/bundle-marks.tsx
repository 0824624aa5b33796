import { useMemo } from "react";
import type { ParameterMoment } from "../../engine/reference.ts";
import type { View } from "../../store/view.ts";
import { Chip, chipSize } from "../marks/chip.tsx";
import { Diamond } from "../marks/diamond.tsx";
import { chainPoint } from "../marks/edge-geometry.ts";
import { useNumberFormat } from "../marks/mark-context.ts";
import { Message } from "../marks/message.tsx";
import type { PictureEmphasis } from "../marks/scene.ts";
import { type Bundle, type Connection, parameterReference } from "./connections.ts";
import { isParameter } from "./emphasis.ts";
import { DIAMOND, freePlace, marksOf } from "./free-place.ts";
import type { NetworkLayout } from "./layout.ts";
import styles from "./network.module.css";
import { messageReading, unitReference } from "./readings.ts";

interface MarksProps {
	readonly view: View;
	readonly emphasis: PictureEmphasis;
}

/** What earlier steps of this iteration carried back along edges. */
export function PastMessages({
	connections,
	view,
	emphasis,
}: MarksProps & { readonly connections: readonly Connection[] }) {
	return connections.map((connection) => (
		<PastMessage key={connection.key} {...{ connection, view }} lit={emphasis.lit === "all"} />
	));
}

/** ∂J/∂W at the middle of each edge. */
export function Gradients({ bundle, view, emphasis }: MarksProps & { readonly bundle: Bundle }) {
	return bundle.drawn.map((connection) => <Gradient key={connection.key} {...{ connection, view, emphasis }} />);
}

/** The number of the one edge in focus, if it is one of these. */
export function ParameterChips({
	bundle,
	view,
	layout,
	emphasis,
}: MarksProps & { readonly bundle: Bundle; readonly layout: NetworkLayout }) {
	const { parameter, chip } = emphasis;
	if (parameter == null || chip == null) return null;
	return bundle.drawn
		.filter((connection) => isParameter(connection, parameter))
		.map((connection) => (
			<ParameterChip key={connection.key} {...{ connection, bundle, view, layout, emphasis, chip }} />
		));
}

/** A message that an earlier step of this iteration carried back, beside its weight. */
function PastMessage({
	connection,
	view,
	lit = false,
}: {
	readonly connection: Connection;
	readonly view: View;
	readonly lit?: boolean;
}) {
	const { source, target } = connection;
	if (source === null || !source.group.hasDelta || source.group.role === "input") return null;
	if (view.read(unitReference(view, source.group, "z", "diff", source.unit)).status !== "known") return null;
	const reference = parameterReference(view.timeline.structure, connection, view.cursor.iteration);
	const delta = unitReference(view, target.group, "z", "diff", target.unit);
	return (
		<Message
			reading={messageReading(view, reference, delta)}
			weight={view.read(reference)}
			edge={connection.chain}
			back={!lit}
		/>
	);
}

/** Where a gradient's diamond sits on its edge, and to where the number of a parameter in focus is tied. */
const MIDDLE = 0.55;

function momentReading(view: View, connection: Connection, moment: ParameterMoment) {
	const reference = parameterReference(view.timeline.structure, connection, view.cursor.iteration);
	return view.read({ ...reference, moment });
}

interface ConnectionProps {
	readonly connection: Connection;
	readonly view: View;
}

/** ∂J/∂W at the middle of its edge. */
function Gradient({ connection, view, emphasis }: ConnectionProps & { readonly emphasis: PictureEmphasis }) {
	const { x, y } = chainPoint(connection.chain, MIDDLE);
	const focus = emphasis.parameter != null && isParameter(connection, emphasis.parameter);
	return <Diamond reading={momentReading(view, connection, "gradient")} x={x} y={y} focus={focus} />;
}

interface ParameterChipProps extends ConnectionProps {
	readonly bundle: Bundle;
	readonly layout: NetworkLayout;
	readonly emphasis: PictureEmphasis;
	readonly chip: "gradient" | "update";
}

/** The number of the one edge in focus: its gradient, or its old and its new value; tied to the middle of the edge. */
function ParameterChip({ connection, bundle, view, layout, emphasis, chip }: ParameterChipProps) {
	const page = useNumberFormat();
	const content =
		chip === "gradient"
			? { after: momentReading(view, connection, "gradient") }
			: { before: momentReading(view, connection, "before"), after: momentReading(view, connection, "after") };
	const { width, height } = chipSize(content, page);
	const withDiamonds = emphasis.gradients === true;
	const anchor = useMemo(() => chainPoint(connection.chain, MIDDLE), [connection]);
	const place = useMemo(() => {
		const middles = withDiamonds ? bundle.drawn.map(({ chain }) => chainPoint(chain, MIDDLE)) : [anchor];
		return freePlace(anchor, { width, height }, marksOf(layout, middles), layout);
	}, [anchor, width, height, layout, bundle, withDiamonds]);
	const away = Math.hypot(place.x - anchor.x, place.y - anchor.y);
	const rim = away === 0 ? 0 : DIAMOND / away;
	return (
		<g>
			<line
				x1={anchor.x + (place.x - anchor.x) * rim}
				y1={anchor.y + (place.y - anchor.y) * rim}
				x2={place.x}
				y2={place.y}
				className={styles.tieFocus}
			/>
			<Chip {...content} {...place} />
		</g>
	);
}
