import { type ComponentType, type ReactNode, use } from "react";

const fetches: (() => Promise<unknown>)[] = [];

let painted: Promise<void> = Promise.resolve();
let paint = () => {};

/**
 * A component whose code the first picture does not need. Drawn before the code is there it suspends; once it is there
 * it never does, so that nothing flashes.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => ReactNode {
	let known: ComponentType<P> | null = null;
	let fetching: Promise<void> | null = null;
	const fetch = () => {
		fetching ??= load().then(
			(part) => {
				known = part;
			},
			(error: unknown) => {
				// Another try may find the network back.
				fetching = null;
				throw error;
			},
		);
		return fetching;
	};
	fetches.push(fetch);
	return function Later(props) {
		if (known === null) use(fetch());
		const Part = known;
		return Part === null ? null : <Part {...props} />;
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
