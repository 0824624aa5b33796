import type { ComponentType, ReactNode } from "react";
import { onItsWay } from "./on-its-way.ts";

const fetches: (() => Promise<unknown>)[] = [];

let painted: Promise<void> = Promise.resolve();
let paint = () => {};

/**
 * A component whose code the first picture does not need. Drawn before the code is there it suspends; once it is there
 * it never does, so that nothing flashes.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => ReactNode {
	const part = onItsWay(load);
	fetches.push(part.fetch);
	return function Later(props) {
		const Part = part.read();
		return <Part {...props} />;
	};
}

/** The same for what stands beside the first picture: even where it is drawn at once it leaves the network to that. */
export function afterwards<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => ReactNode {
	return later(() => painted.then(load));
}

/** To be called before anything is drawn where there is a first picture to wait for. */
export function awaitPicture(): void {
	painted = new Promise((resolve) => {
		paint = resolve;
	});
}

/** The first picture has been painted, or has failed to be: what is not needed for it is fetched. */
export async function fetchParts(): Promise<void> {
	paint();
	await Promise.allSettled(fetches.map((fetch) => fetch()));
}
