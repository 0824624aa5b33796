import { useLayoutEffect, useRef } from "react";
import { goTo } from "../../store/actions.ts";
import { useSession, useSettings, useText } from "../../store/hooks.ts";
import { type Opened, sessionStore } from "../../store/session.ts";
import { nodeAt, placeOf } from "../../timeline/cursor.ts";
import { stageLine } from "./names.ts";
import { leafOfPlace } from "./place.ts";
import styles from "./timeline.module.css";

/** The place in the iteration as a slider: one notch a stage of the chosen depth. */
export function ScrubSlider({ opened: { timeline } }: { readonly opened: Opened }) {
	const text = useText();
	const notation = useSettings((settings) => settings.notation);
	const cursor = useSession((state) => state.cursor);
	const depth = useSession((state) => state.depth);
	const slider = useRef<HTMLInputElement>(null);
	const { place, count } = placeOf(timeline, cursor.leaf, depth);
	const line = stageLine(text, timeline.structure, nodeAt(timeline, cursor.leaf, depth), notation);

	// The timeline is drawn after the picture, and the next key may come before it: the slider itself keeps what a key made
	// of it, and is set where the session stands, not where that stood when this was drawn.
	function standWhereOneIs() {
		const { opened, cursor, depth } = sessionStore.getState();
		if (slider.current === null || opened === null) return;
		slider.current.value = String(placeOf(opened.timeline, cursor.leaf, depth).place + 1);
	}
	useLayoutEffect(standWhereOneIs);

	async function go(notch: number) {
		const { opened, cursor, depth } = sessionStore.getState();
		if (opened === null) return;
		await goTo({ iteration: cursor.iteration, leaf: leafOfPlace(opened.timeline, notch - 1, depth) });
		standWhereOneIs();
	}

	return (
		<input
			ref={slider}
			type="range"
			className={styles.slider}
			min={1}
			max={count}
			defaultValue={place + 1}
			aria-label={text.app.scrub}
			aria-valuetext={`${text.app.stageOf(String(place + 1), String(count))} ${line}`.replaceAll(",", "")}
			onChange={(event) => void go(event.target.valueAsNumber)}
		/>
	);
}
