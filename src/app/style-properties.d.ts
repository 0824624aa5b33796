import "react";

declare module "react" {
	interface CSSProperties {
		/** Share of the ledger in the page's width. */
		"--ledger"?: number;
	}
}
