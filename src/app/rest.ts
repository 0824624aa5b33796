import type { ComponentType, ReactNode } from "react";
import { later } from "../views/marks/later.tsx";
import { pageStore } from "./page-store.ts";

const painted = new Promise<void>((resolve) => {
	const stop = pageStore.subscribe(({ ready }) => {
		if (!ready) return;
		stop();
		resolve();
	});
});

/** A part of the page round the first picture: it suspends until that has been painted and the part's code is there. */
export function rest<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => ReactNode {
	return later(() => painted.then(load));
}
