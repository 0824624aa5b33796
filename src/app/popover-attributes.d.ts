import "react";

declare module "react" {
	interface HTMLAttributes<T> {
		readonly popover?: "auto";
	}
	interface ButtonHTMLAttributes<T> {
		/** In HTML's own spelling, in which it reaches the element as it stands. */
		readonly popovertarget?: string;
	}
}
