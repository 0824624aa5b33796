import "react";

declare module "react" {
	interface CSSProperties {
		/** How much of a cell has been done. */
		"--part"?: string;
	}
}
