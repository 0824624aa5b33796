import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from "react";
import { createStore } from "zustand/vanilla";
import { SessionContext } from "./hooks.ts";
import { type SessionState, sessionStore } from "./session.ts";
import { inTurn, type Turn, useInTurn } from "./turns.ts";

interface PartProps {
	readonly turn: Turn;
	readonly children: ReactNode;
}

const WITHOUT_BOX = { display: "contents" } as const;

/**
 * A part of the page that is drawn a frame or two after the step's picture: all in it sees the session as it stood at
 * its last turn. While a newer one waits the part says that it is busy.
 */
export function Following({ turn, children }: PartProps) {
	const [behind] = useState(() => createStore<SessionState>()(sessionStore.getState));
	const element = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		let takeBack = () => {};
		const catchUp = () => {
			behind.setState(sessionStore.getState(), true);
			element.current?.removeAttribute("aria-busy");
		};
		catchUp();
		const stop = sessionStore.subscribe(() => {
			// In the same task as the change, which may come long before the next frame.
			element.current?.setAttribute("aria-busy", "true");
			takeBack = inTurn(turn, catchUp);
		});
		return () => {
			stop();
			takeBack();
		};
	}, [behind, turn]);
	return (
		<SessionContext.Provider value={behind}>
			<div ref={element} style={WITHOUT_BOX}>
				{children}
			</div>
		</SessionContext.Provider>
	);
}

/** A part that is handed what it shows by one that is drawn before it: it shows what it was given at its last turn. */
export function InTurn({ turn, children }: PartProps) {
	const now = useMemo(() => ({ children }), [children]);
	return useInTurn(turn, now).children;
}
