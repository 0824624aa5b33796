/** A plus and a cross, as wide as a line of text is high. */
export function AddIcon() {
	return (
		<svg
			width="12"
			height="12"
			viewBox="0 0 12 12"
			aria-hidden="true"
			fill="none"
			stroke="currentColor"
			strokeWidth="1.6"
		>
			<path d="M6 1v10M1 6h10" />
		</svg>
	);
}

export function RemoveIcon() {
	return (
		<svg
			width="12"
			height="12"
			viewBox="0 0 12 12"
			aria-hidden="true"
			fill="none"
			stroke="currentColor"
			strokeWidth="1.6"
		>
			<path d="M2 2l8 8M10 2l-8 8" />
		</svg>
	);
}
