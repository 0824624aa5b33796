import { useEffect } from "react";
import { useSession } from "../store/hooks.ts";
import { ErrorCard } from "./error-boundary.tsx";
import { fetchLater } from "./fetch-later.ts";
import { pageStore, usePage } from "./page-store.ts";
import { slots } from "./panels.ts";
import { Slot } from "./slot.tsx";
import { loadFonts } from "./theme/fonts.ts";

/** The picture, or the tables in its place. */
export function StagePlace() {
	const tables = usePage((page) => page.tables);
	const fatal = usePage((page) => page.fatal);
	if (fatal !== null) return <ErrorCard error={fatal} onRetry={() => globalThis.location.reload()} />;
	if (tables && slots.tables !== undefined) return <Slot key="tables" load={slots.tables} />;
	return slots.stage === undefined ? <Ready /> : <Slot key="stage" load={slots.stage} onSettled={markReady} />;
}

function Ready() {
	const open = useSession(({ opened }) => opened !== null);
	useEffect(() => {
		if (open) markReady();
	}, [open]);
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
