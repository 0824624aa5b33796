import { type ReactNode, useMemo } from "react";
import { useArrival, useInTurn } from "../../store/turns.ts";

/** What a scene has beside the network's picture: in a step it is drawn a frame after that. */
export function BesidePicture({ children }: { readonly children: ReactNode }) {
	const now = useMemo(() => ({ children }), [children]);
	const shown = useInTurn("scene", now);
	return useArrival("scene") ? shown.children : <div aria-busy="true" />;
}
