/** Something a component draws that may have to be fetched or computed first. */
export interface OnItsWay<T> {
	/** Asks for it, if nobody has yet. */
	readonly fetch: () => Promise<T>;
	/** For a component: it is there, or the component suspends until it is. Throws what it failed with. */
	readonly read: () => T;
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** Once it is there nobody ever waits for it again, so that nothing flashes. */
export function onItsWay<T>(load: () => Promise<T>): OnItsWay<T> {
	let fetching: Promise<T> | null = null;
	let outcome: Outcome<T> | null = null;
	const fetch = () => {
		if (fetching !== null) return fetching;
		const fetched = load();
		fetching = fetched;
		fetched.then(
			(value) => {
				outcome = { value };
			},
			(error: unknown) => {
				outcome = { error };
			},
		);
		return fetched;
	};
	const forget = () => {
		fetching = null;
		outcome = null;
	};
	const read = () => {
		const fetched = fetch();
		if (outcome === null) throw fetched;
		if ("value" in outcome) return outcome.value;
		// What fails is drawn twice before an error boundary is told. Another try, later, may find the network back.
		setTimeout(forget);
		throw outcome.error;
	};
	return { fetch, read };
}
