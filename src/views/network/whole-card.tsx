import { goTo, stepOff } from "../../store/actions.ts";
import { undo } from "../../store/history.ts";
import { useSession, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { startOf } from "../../timeline/cursor.ts";
import styles from "./network.module.css";
import parts from "./parts.module.css";

/** Where an iteration had to stop: the ways back to what is whole. */
export function WholeCard({ view }: { readonly view: View }) {
	const texts = useText().stage;
	const edited = useSession(({ past }) => past.length > 0);
	const { iteration } = view.cursor;
	return (
		<section className={parts.whole} aria-labelledby="whole-title">
			<div>
				<h3 id="whole-title">{texts.wholeTitle}</h3>
				<p className={styles.kicker}>{texts.wholeText(iteration)}</p>
			</div>
			<div className={parts.wholeButtons}>
				<button type="button" className="button" data-variant="primary" onClick={() => void stepOff()}>
					{texts.wholeBack}
				</button>
				<button type="button" className="button" onClick={() => void goTo(startOf(iteration))}>
					{texts.wholeIteration(iteration)}
				</button>
				{iteration > 1 && (
					<button
						type="button"
						className="button"
						onClick={() => void goTo({ iteration: iteration - 1, leaf: Number.MAX_SAFE_INTEGER })}
					>
						{texts.wholePrevious(iteration - 1)}
					</button>
				)}
				{edited && (
					<button type="button" className="button" onClick={() => void undo()}>
						{texts.wholeUndo}
					</button>
				)}
			</div>
		</section>
	);
}
