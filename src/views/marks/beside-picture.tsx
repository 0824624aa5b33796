import type { ReactNode } from "react";
import { InTurn } from "../../store/following.tsx";
import { useArrival } from "../../store/turns.ts";

/** What a scene has beside the network's picture: in a step it is drawn a frame after that. */
export function BesidePicture({ children }: { readonly children: ReactNode }) {
	return useArrival("scene") ? <InTurn turn="scene">{children}</InTurn> : <div aria-busy="true" />;
}
