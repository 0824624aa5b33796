import { type ComponentType, type ReactNode, use } from "react";

const fetches: (() => Promise<unknown>)[] = [];

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

/** Fetches the code of all such components, for those who have seen the first picture. */
export async function fetchParts(): Promise<void> {
	await Promise.allSettled(fetches.map((fetch) => fetch()));
}
