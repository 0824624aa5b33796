import "react";

declare module "react" {
	interface CSSProperties {
		/** Share of the hue in a mark's fill. */
		"--share"?: number;
		/** A stroke's own width, for when it has stepped back. */
		"--width"?: string;
	}
}
