import type { ReactNode } from "react";
import { useArrival } from "../../store/turns.ts";

/** What a scene has beside the network's picture: where a step brings the scene, it comes a frame after the picture. */
export function BesidePicture({ children }: { readonly children: ReactNode }) {
	return useArrival("scene") ? children : <div aria-busy="true" />;
}
