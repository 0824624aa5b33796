import { memo } from "react";
import type { View } from "../../store/view.ts";
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
	return (
		<g>
			{bundle.rest.weights > 0 && <Band bundle={bundle} layout={layout} />}
			{back.map((connection) => (
				<Ribbon key={connection.key} reading={reading(connection)} edge={connection.chain} back />
			))}
			{messages && back.map((connection) => <PastMessage key={connection.key} {...{ connection, view }} />)}
			<g className={emphasis.lit === "all" ? styles.soft : undefined}>
				{moment === "after" &&
					lit.map((connection) => (
						<Ribbon key={connection.key} reading={old(connection)} edge={connection.chain} ghost />
					))}
				{lit.map((connection) => (
					<Ribbon key={connection.key} reading={reading(connection)} edge={connection.chain} />
				))}
			</g>
			{messages &&
				emphasis.lit === "all" &&
				lit.map((connection) => <PastMessage key={connection.key} {...{ connection, view }} lit />)}
			{emphasis.gradients === true &&
				bundle.drawn.map((connection) => <Gradient key={connection.key} {...{ connection, view, emphasis }} />)}
			<EdgeChips {...{ bundle, lit, view, layout, emphasis }} />
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

/** ∂J/∂W at the middle of its edge. */
function Gradient({
	connection,
	view,
	emphasis,
}: {
	readonly connection: Connection;
	readonly view: View;
	readonly emphasis: PictureEmphasis;
}) {
	const { structure } = view.timeline;
	const use = structure.net.layer(connection.layer).parameters[connection.slot];
	const owner = structure.net.learnable[use?.learnable ?? -1];
	if (owner === undefined) return null;
	const { x, y } = chainPoint(connection.chain, 0.55);
	const reading = view.read({
		kind: "parameter",
		iteration: view.cursor.iteration,
		layer: owner.layer,
		slot: owner.slot,
		moment: "gradient",
		index: connection.index,
	});
	const focus = emphasis.parameter != null && isParameter(connection, emphasis.parameter);
	return <Diamond reading={reading} x={x} y={y} focus={focus} />;
}
