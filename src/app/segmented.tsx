interface SegmentedProps<T extends string | number> {
	readonly label: string;
	readonly options: readonly { readonly value: T; readonly text: string; readonly name?: string }[];
	readonly value: T;
	readonly onChoose: (value: T) => void;
	readonly className?: string | undefined;
}

/**
 * One of a few, all in sight. Buttons that are pressed or not, and no radio buttons: those would take the arrow keys,
 * which step through the iteration.
 */
export function Segmented<T extends string | number>({
	label,
	options,
	value,
	onChoose,
	className,
}: SegmentedProps<T>) {
	return (
		<fieldset aria-label={label} className={`segmented ${className ?? ""}`}>
			{options.map((option) => (
				<button
					key={option.value}
					type="button"
					aria-pressed={option.value === value}
					onClick={() => onChoose(option.value)}
					{...(option.name === undefined ? {} : { "aria-label": option.name })}
				>
					{option.text}
				</button>
			))}
		</fieldset>
	);
}
