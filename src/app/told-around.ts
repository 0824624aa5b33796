/** What the page has to say to the page around it, beyond what follows from its stores. */
export type Told =
	| { readonly type: "narrate"; readonly text: string }
	| { readonly type: "open"; readonly href: string };

/** True where the page around takes it over. */
type Listener = (told: Told) => boolean;

let listener: Listener | null = null;

export function onTold(next: Listener): () => void {
	listener = next;
	return () => {
		if (listener === next) listener = null;
	};
}

/** Tells the page around, if there is one that listens. @returns whether it takes it over */
export function tellAround(told: Told): boolean {
	return listener?.(told) ?? false;
}
