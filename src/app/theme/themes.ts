/** `auto` follows the reader's system; the others are a choice of the reader, the link or the embedding page. */
export const THEMES = ["auto", "light", "dark", "projector", "contrast", "print"] as const;

export type Theme = (typeof THEMES)[number];

/** Puts a theme on the page, or on a part of it (a preview). */
export function applyTheme(theme: Theme, element: HTMLElement = document.documentElement): void {
	element.dataset.theme = theme;
}

/** Whether a part of the page is seen in a theme as it stands: its styles need not be worked out again for that. */
export function isInTheme(theme: Theme, element: HTMLElement): boolean {
	const around = element.closest("[data-theme]");
	const own = around instanceof HTMLElement ? around.dataset.theme : undefined;
	if (own === theme) return true;
	return (
		own === "auto" &&
		(theme === "light" || theme === "dark") &&
		matchMedia(`(prefers-color-scheme: ${theme})`).matches &&
		!matchMedia("(prefers-contrast: more)").matches
	);
}
