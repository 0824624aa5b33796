import { lazy, Suspense } from "react";
import { useSession, useText } from "../store/hooks.ts";
import { Sparkline } from "../views/charts/sparkline.tsx";
import { PopoverButton } from "./popover-button.tsx";

const LossChart = lazy(() => import("../views/charts/loss-chart.tsx"));

/** The losses so far, small; pressed, as a chart. */
export function LossButton({ className, known }: { readonly className?: string | undefined; readonly known: boolean }) {
	const { app } = useText();
	const losses = useSession(({ run }) => run?.runner.losses ?? []);
	const iteration = useSession(({ cursor }) => cursor.iteration);
	// The list grows in place as iterations run; a step into a new one is when there is news.
	const length = useSession(({ run, opened }) => (opened === null ? 0 : (run?.runner.losses.length ?? 0)));
	return (
		<PopoverButton
			className={className}
			label={app.lossSoFar}
			wide
			content={
				<Suspense>
					<LossChart />
				</Suspense>
			}
		>
			<Sparkline losses={losses} length={length} iteration={iteration} known={known} />
		</PopoverButton>
	);
}
