import { Suspense } from "react";
import { useText } from "../store/hooks.ts";
import { afterwards } from "../views/marks/later.tsx";
import { StepButtons } from "./step-buttons.tsx";
import styles from "./transport.module.css";

const StepSize = afterwards(async () => (await import("./shell.ts")).StepSize);
const StepChoices = afterwards(async () => (await import("./shell.ts")).StepChoices);

/** Steps, their size and their place: the bottom of the page. */
export function Transport() {
	const { app } = useText();
	return (
		<section id="controls" tabIndex={-1} aria-label={app.stepControls} className={styles.transport}>
			<StepButtons>
				<div className={styles.narrowOnly}>
					<Suspense>
						<StepSize />
					</Suspense>
				</div>
			</StepButtons>
			<Suspense fallback={<NoChoices />}>
				<StepChoices />
			</Suspense>
		</section>
	);
}

/** Holds the room of what is on its way. */
function NoChoices() {
	return (
		<>
			<div className={styles.row} aria-busy="true" />
			<div className={styles.line} />
		</>
	);
}
