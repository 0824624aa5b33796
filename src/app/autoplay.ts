import { play } from "../store/actions.ts";
import { settingsStore } from "../store/settings.ts";

/** Plays once half of the page can be seen; never for a reader who wants less motion. */
export function autoplay(root: Element): void {
	const still = matchMedia("(prefers-reduced-motion: reduce)").matches || settingsStore.getState().motion === "none";
	if (still) return;
	const observer = new IntersectionObserver(
		([entry]) => {
			if (entry === undefined || !entry.isIntersecting) return;
			observer.disconnect();
			play();
		},
		{ threshold: 0.5 },
	);
	observer.observe(root);
}
