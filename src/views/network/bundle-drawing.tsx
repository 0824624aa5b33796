import { memo } from "react";
import type { ParameterMoment } from "../../engine/reference.ts";
import type { View } from "../../store/view.ts";
import { Chip } from "../marks/chip.tsx";
import { Diamond } from "../marks/diamond.tsx";
import { chainPoint } from "../marks/edge-geometry.ts";
import { Message } from "../marks/message.tsx";
import { Ribbon } from "../marks/ribbon.tsx";
import type { PictureEmphasis } from "../marks/scene.ts";
import { Band } from "./band.tsx";
import { type Bundle, type Connection, parameterReference } from "./connections.ts";
import { EdgeChips } from "./edge-chips-drawing.tsx";
import { edgeLit, isParameter } from "./emphasis.ts";
import type { NetworkLayout } from "./layout.ts";
import styles from "./network.module.css";
import { messageReading, unitReference } from "./readings.ts";

export interface BundleDrawingProps {
	readonly bundle: Bundle;
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly emphasis: PictureEmphasis;
}

/** All edges between two layers: those in focus over those that have stepped back. */
export const BundleDrawing = memo(function BundleDrawing({ bundle, view, layout, emphasis }: BundleDrawingProps) {
	const { structure } = view.timeline;
	const { iteration } = view.cursor;
	const back = bundle.drawn.filter((connection) => !edgeLit(emphasis, connection));
	const lit = bundle.drawn.filter((connection) => edgeLit(emphasis, connection));
	const moment = emphasis.moment ?? "before";
	const reading = (connection: Connection) => view.read(parameterReference(structure, connection, iteration, moment));
	const old = (connection: Connection) => view.read(parameterReference(structure, connection, iteration));
	const messages = emphasis.errors === true && emphasis.quiet !== true && emphasis.gradients !== true;
	// One list, so that an edge that comes into focus only moves to the front.
	const whole = emphasis.lit === "all";
	return (
		<g>
			{bundle.rest.weights > 0 && <Band bundle={bundle} layout={layout} />}
			<g className={whole ? styles.soft : undefined}>
				{moment === "after" &&
					lit.map((connection) => (
						<Ribbon key={`old ${connection.key}`} reading={old(connection)} edge={connection.chain} ghost />
					))}
				{[...back, ...lit].map((connection, place) => (
					<Ribbon
						key={connection.key}
						reading={reading(connection)}
						edge={connection.chain}
						back={place < back.length}
					/>
				))}
			</g>
			{messages &&
				(whole ? lit : back).map((connection) => (
					<PastMessage key={connection.key} {...{ connection, view }} lit={whole} />
				))}
			{emphasis.gradients === true &&
				bundle.drawn.map((connection) => <Gradient key={connection.key} {...{ connection, view, emphasis }} />)}
			{emphasis.gradients !== true && emphasis.parameter == null && (
				<EdgeChips {...{ bundle, lit, view, layout, emphasis }} />
			)}
			{bundle.drawn.map((connection) =>
				emphasis.parameter != null && emphasis.chip != null && isParameter(connection, emphasis.parameter) ? (
					<ParameterChip key={connection.key} {...{ connection, view, layout }} chip={emphasis.chip} />
				) : null,
			)}
		</g>
	);
});

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
