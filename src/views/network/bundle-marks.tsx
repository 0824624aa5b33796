import type { ParameterMoment } from "../../engine/reference.ts";
import type { View } from "../../store/view.ts";
import { Chip } from "../marks/chip.tsx";
import { Diamond } from "../marks/diamond.tsx";
import { chainPoint } from "../marks/edge-geometry.ts";
import { Message } from "../marks/message.tsx";
import type { PictureEmphasis } from "../marks/scene.ts";
import { type Bundle, type Connection, parameterReference } from "./connections.ts";
import { isParameter } from "./emphasis.ts";
import type { NetworkLayout } from "./layout.ts";
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
	emphasis: { parameter, chip },
}: MarksProps & { readonly bundle: Bundle; readonly layout: NetworkLayout }) {
	if (parameter == null || chip == null) return null;
	return bundle.drawn
		.filter((connection) => isParameter(connection, parameter))
		.map((connection) => <ParameterChip key={connection.key} {...{ connection, view, layout, chip }} />);
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

/** Where a gradient's diamond sits on its edge, and where the number of a parameter in focus stands. */
const DIAMOND_AT = 0.55;
const CHIP_AT = 0.42;

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
	const { x, y } = chainPoint(connection.chain, DIAMOND_AT);
	const focus = emphasis.parameter != null && isParameter(connection, emphasis.parameter);
	return <Diamond reading={momentReading(view, connection, "gradient")} x={x} y={y} focus={focus} />;
}

interface ParameterChipProps extends ConnectionProps {
	readonly layout: NetworkLayout;
	readonly chip: "gradient" | "update";
}

/** The number of the one edge in focus: its gradient, or its old and its new value. */
function ParameterChip({ connection, view, layout, chip }: ParameterChipProps) {
	const point = chainPoint(connection.chain, chip === "gradient" ? CHIP_AT : 0.5);
	const half = chip === "gradient" ? 44 : 84;
	const place = { x: Math.max(half, Math.min(point.x, layout.width - half)), y: Math.max(20, point.y - 26) };
	return chip === "gradient" ? (
		<Chip after={momentReading(view, connection, "gradient")} {...place} />
	) : (
		<Chip
			before={momentReading(view, connection, "before")}
			after={momentReading(view, connection, "after")}
			{...place}
		/>
	);
}
