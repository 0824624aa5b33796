import { Following } from "../store/following.tsx";
import { useSession, useSettings, useText } from "../store/hooks.ts";
import { nodeAt } from "../timeline/cursor.ts";
import { stageLine } from "../views/timeline/names.ts";

/** For a reader who does not see the page: what it is, where it stands, one hint. */
export function Summary() {
	return (
		<Following turn="panels">
			<Place />
		</Following>
	);
}

function Place() {
	const text = useText();
	const notation = useSettings((settings) => settings.notation);
	const timeline = useSession(({ opened }) => opened?.timeline ?? null);
	const leaf = useSession(({ cursor }) => cursor.leaf);
	if (timeline === null) return null;
	return (
		<p className="sr-only">
			{text.app.summary(stageLine(text, timeline.structure, nodeAt(timeline, leaf, "unit"), notation))}
		</p>
	);
}
