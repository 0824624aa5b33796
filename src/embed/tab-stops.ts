const CANDIDATES = "a[href], button, input, select, textarea, summary, [tabindex]";

/** What Tab stops at, in order. */
export function tabStops(document: Document): readonly HTMLElement[] {
	return [...document.querySelectorAll<HTMLElement>(CANDIDATES)].filter(
		(element) =>
			element.tabIndex >= 0 &&
			!element.matches(":disabled") &&
			element.getClientRects().length > 0 &&
			element.closest("[inert]") === null,
	);
}

/** Whether Tab leaves the document from where the focus is. */
export function leavesByTab(document: Document, backwards: boolean): boolean {
	const stops = tabStops(document);
	return document.activeElement === stops.at(backwards ? 0 : -1);
}
