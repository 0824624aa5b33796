/** `auto` follows the reader's system; the others are a choice of the reader, the link or the embedding page. */
export const THEMES = ["auto", "light", "dark", "projector", "contrast", "print"] as const;

export type Theme = (typeof THEMES)[number];

/** Puts a theme on the page, or on a part of it (a preview). */
export function applyTheme(theme: Theme, element: HTMLElement = document.documentElement): void {
	element.dataset.theme = theme;
}
