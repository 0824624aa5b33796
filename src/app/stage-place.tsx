import { Suspense, useEffect } from "react";
import { useSession } from "../store/hooks.ts";
import { ErrorBoundary, ErrorCard } from "./error-boundary.tsx";
import { fetchLater } from "./fetch-later.ts";
import { pageStore, usePage } from "./page-store.ts";
import { slots } from "./panels.ts";
import { Slot } from "./slot.tsx";
import { Stage } from "./stage.tsx";
import { loadFonts } from "./theme/fonts.ts";

/** The picture, or the tables in its place. */
export function StagePlace() {
	const tables = usePage((page) => page.tables);
	const fatal = usePage((page) => page.fatal);
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

/** From here on the first step works. What was not needed for it follows when it has been painted. */
function markReady(): void {
	if (document.documentElement.dataset.ready === "true") return;
	document.documentElement.dataset.ready = "true";
	requestAnimationFrame(() => {
		pageStore.setState({ ready: true });
		// The embed is one file and brings no fonts: they would be a third of it.
		if (import.meta.env.MODE !== "embed") void loadFonts();
		fetchLater(document);
	});
}
