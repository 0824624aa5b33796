import { Suspense, useEffect } from "react";
import { useSession } from "../store/hooks.ts";
import { fetchParts } from "../views/marks/later.tsx";
import { ErrorBoundary, ErrorCard } from "./error-boundary.tsx";
import { pageStore, usePage } from "./page-store.ts";
import { slots } from "./panels.ts";
import { Slot } from "./slot.tsx";
import { Stage } from "./stage.tsx";

/** The picture, or the tables in its place. */
export function StagePlace() {
	const tables = usePage((page) => page.tables);
	const fatal = usePage((page) => page.fatal);
	useEffect(showRest, []);
	if (fatal !== null) return <ErrorCard error={fatal} onRetry={() => globalThis.location.reload()} />;
	if (tables) return <Slot key="tables" load={slots.tables} />;
	return <Picture key="stage" />;
}

function Picture() {
	const experiment = useSession(({ run }) => run?.experiment);
	return (
		<ErrorBoundary subject={experiment}>
			<Suspense>
				<Stage />
				<Ready />
			</Suspense>
		</ErrorBoundary>
	);
}

function Ready() {
	useEffect(markReady, []);
	return null;
}

/** What was not needed for the first picture follows when that has been painted, or has failed. */
function showRest(): void {
	requestAnimationFrame(() => {
		pageStore.setState({ ready: true });
		void fetchParts();
		void import("./after-paint.ts").then(({ afterPaint }) => afterPaint(document));
	});
}

/** From here on the first step works. */
function markReady(): void {
	document.documentElement.dataset.ready = "true";
}
