import { useId, useState } from "react";
import { goTo } from "../store/actions.ts";
import { useSession, useText } from "../store/hooks.ts";
import { addressText } from "../timeline/address.ts";
import { placeOf } from "../timeline/cursor.ts";
import styles from "./dialogs.module.css";
import { closeDialog } from "./page-store.ts";
import { type PlaceProblem, resolvePlace } from "./resolve-place.ts";

/** A stage number or an address, typed. What does not exist is said beside the field, and nothing moves. */
export function GoToDialog() {
	const { app } = useText();
	const opened = useSession((state) => state.opened);
	const cursor = useSession((state) => state.cursor);
	const depth = useSession((state) => state.depth);
	const [typed, setTyped] = useState("");
	const [problem, setProblem] = useState<PlaceProblem | null>(null);
	const id = useId();
	if (opened === null) return null;
	const { timeline } = opened;
	const { count } = placeOf(timeline, 0, depth);
	const reasons: Readonly<Record<PlaceProblem, string>> = {
		malformed: app.goTo.malformed,
		"no-such-phase": app.goTo.noPhase,
		"no-such-group": app.goTo.noGroup,
		"no-such-time": app.goTo.noTime,
		"no-such-unit": app.goTo.noUnit,
		"no-such-term": app.goTo.noTerm,
		"no-such-pass": app.goTo.noPass,
		"out-of-range": app.goTo.range(String(count)),
	};
	return (
		<form
			className={styles.goTo}
			onSubmit={(event) => {
				event.preventDefault();
				const place = resolvePlace(timeline, cursor.iteration, depth, typed);
				setProblem(place.problem);
				if (place.problem !== null) return;
				closeDialog();
				void goTo(place.cursor);
			}}
		>
			<label htmlFor={id}>{app.goTo.label}</label>
			<div>
				<input
					id={id}
					autoComplete="off"
					autoCapitalize="off"
					spellCheck={false}
					maxLength={200}
					value={typed}
					aria-invalid={problem !== null}
					aria-describedby={`${id}-note`}
					onChange={(event) => {
						setTyped(event.target.value);
						setProblem(null);
					}}
				/>
				<button type="submit" className="button" data-variant="primary">
					{app.goTo.go}
				</button>
			</div>
			<p id={`${id}-note`} aria-live="polite">
				{problem === null ? app.goTo.example(addressText(timeline, cursor)) : reasons[problem]}
			</p>
		</form>
	);
}
