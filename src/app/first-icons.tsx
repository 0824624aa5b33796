import type { ReactNode } from "react";

interface IconProps {
	readonly size?: number;
}

export function Icon({ size = 18, children }: IconProps & { readonly children: ReactNode }) {
	return (
		<svg
			width={size}
			height={size}
			viewBox="0 0 18 18"
			fill="none"
			stroke="currentColor"
			strokeWidth="1.6"
			strokeLinecap="round"
			strokeLinejoin="round"
			aria-hidden="true"
			focusable="false"
		>
			{children}
		</svg>
	);
}

/** A δ whose upper stroke is a pennant: up, because raising z raises the loss. */
export function ProductMark({ size = 26 }: IconProps) {
	return (
		<svg width={size} height={size} viewBox="0 0 26 26" fill="none" aria-hidden="true" focusable="false">
			<circle cx="12" cy="17" r="6.2" stroke="currentColor" strokeWidth="3.2" />
			<path d="M12.5 10.5C9.5 8.5 8.5 6.5 8.5 2.5" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
			<path d="M8.5 1.6L20 5.4L8.5 9Z" fill="currentColor" />
		</svg>
	);
}

export const BackIcon = () => (
	<Icon>
		<path d="M11 4L6 9L11 14" strokeWidth="2.4" />
	</Icon>
);
export const OnIcon = () => (
	<Icon>
		<path d="M7 4L12 9L7 14" strokeWidth="2.4" />
	</Icon>
);
export const PlayIcon = () => (
	<Icon>
		<path d="M5 3.2L14.5 9L5 14.8Z" fill="currentColor" stroke="none" />
	</Icon>
);
export const PauseIcon = () => (
	<Icon>
		<path d="M5.6 3.5V14.5M12.4 3.5V14.5" strokeWidth="3" strokeLinecap="butt" />
	</Icon>
);
