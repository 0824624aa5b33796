import { memo } from "react";
import { useFrame } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { part } from "../marks/linear-axis.ts";
import { Message } from "../marks/message.tsx";
import { termProgress } from "../marks/progress.ts";
import type { PictureEmphasis } from "../marks/scene.ts";
import { type Bundle, type Connection, parameterReference } from "./connections.ts";
import { edgeLit } from "./emphasis.ts";
import { MESSAGES_END, travelled } from "./progress.ts";
import { firstLeaf, messageReading, unitReference } from "./readings.ts";

interface MessagesProps {
	readonly view: View;
	readonly bundles: readonly Bundle[];
	readonly emphasis: PictureEmphasis;
}

/** The messages W·δ on the edges in focus, under way to their unit. */
export const MovingMessages = memo(function MovingMessages({ view, bundles, emphasis }: MessagesProps) {
	const t = useFrame();
	const { lit } = emphasis;
	if (typeof lit !== "object" || lit.side !== "out" || emphasis.errors !== true) return null;
	const outgoing = bundles
		.filter(({ source }) => source.group === lit.group)
		.flatMap(({ drawn }) => drawn.filter((connection) => edgeLit(emphasis, connection)));
	return outgoing.map((connection) => (
		<LitMessage key={connection.key} view={view} connection={connection} t={messageT(view, connection, lit.unit, t)} />
	));
});

/** One unit's messages come one after the other; those of a whole layer all at once. */
function messageT(view: View, { source, target }: Connection, unit: number | "all", t: number): number {
	if (source === null) return 0;
	const first = firstLeaf(view, "backward", source.group, source.unit);
	const order = view.timeline.structure.consumers(source.group).filter(({ role }) => role !== "loss");
	const before = order.slice(0, order.indexOf(target.group)).reduce((sum, { units }) => sum + units, 0);
	const place = before + target.unit;
	if (unit === "all") return first !== null && first + place <= view.cursor.leaf ? part(t, 0, 0.8) : 0;
	const count = order.reduce((sum, { units }) => sum + units, 0);
	return travelled(termProgress(view, first, count, t, 0, MESSAGES_END)[place] ?? 0);
}

const LitMessage = memo(function LitMessage({
	view,
	connection,
	t,
}: {
	readonly view: View;
	readonly connection: Connection;
	readonly t: number;
}) {
	const reference = parameterReference(view.timeline.structure, connection, view.cursor.iteration);
	const delta = unitReference(view, connection.target.group, "z", "diff", connection.target.unit);
	const weight = view.read(reference);
	const reading = messageReading(view, reference, delta);
	if (reading.status === "known" && t === 0) return null;
	return <Message reading={reading} weight={weight} edge={connection.chain} t={t} />;
});
