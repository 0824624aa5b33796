import { useEffect, useRef, useState } from "react";
import { useSession, useSettings, useText } from "../store/hooks.ts";
import { nodeAt } from "../timeline/cursor.ts";
import { stageLine } from "../views/timeline/names.ts";

/** The page's one live region: what the last step was. Silent until the first step. */
export function LiveRegion() {
	const text = useText();
	const notation = useSettings((settings) => settings.notation);
	const timeline = useSession(({ opened }) => opened?.timeline ?? null);
	const iteration = useSession(({ cursor }) => cursor.iteration);
	const leaf = useSession(({ cursor }) => cursor.leaf);
	const depth = useSession((state) => state.depth);
	const [message, setMessage] = useState("");
	const first = useRef(true);
	useEffect(() => {
		if (timeline === null) return;
		if (first.current) {
			first.current = false;
			return;
		}
		setMessage(
			`${text.app.iteration} ${iteration}. ${stageLine(text, timeline.structure, nodeAt(timeline, leaf, depth), notation)}`,
		);
	}, [timeline, iteration, leaf]);
	return (
		<div role="status" aria-live="polite" className="sr-only" data-live>
			{message}
		</div>
	);
}
