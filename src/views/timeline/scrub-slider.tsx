import { goTo } from "../../store/actions.ts";
import { useSession, useSettings, useText } from "../../store/hooks.ts";
import type { Opened } from "../../store/session.ts";
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
	const { place, count } = placeOf(timeline, cursor.leaf, depth);
	const line = stageLine(text, timeline.structure, nodeAt(timeline, cursor.leaf, depth), notation);
	return (
		<input
			type="range"
			className={styles.slider}
			min={1}
			max={count}
			value={place + 1}
			aria-label={text.app.scrub}
			aria-valuetext={`${text.app.stageOf(String(place + 1), String(count))} ${line}`.replaceAll(",", "")}
			onChange={(event) =>
				void goTo({ iteration: cursor.iteration, leaf: leafOfPlace(timeline, event.target.valueAsNumber - 1, depth) })
			}
		/>
	);
}
