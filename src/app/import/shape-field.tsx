import { useEffect, useId, useRef } from "react";
import { useText } from "../../store/hooks.ts";
import { focusInPlace } from "../../views/marks/focus-in-place.ts";
import styles from "./import.module.css";

/** A shape that a file leaves open, as far as it has been typed. */
export interface AskedShape {
	readonly layer: string;
	readonly top: string;
	readonly text: string;
}

/** The numbers of a shape as typed; null where it is none. */
export function shapeOf(text: string): readonly number[] | null {
	const parts = text.trim().split(/[\s,×x]+/);
	return parts.every((part) => /^[1-9]\d{0,6}$/.test(part)) ? parts.map(Number) : null;
}

export function ShapeField({
	asked,
	onChange,
}: {
	readonly asked: AskedShape;
	readonly onChange: (text: string) => void;
}) {
	const { imports } = useText();
	const id = useId();
	const input = useRef<HTMLInputElement>(null);
	useEffect(() => focusInPlace(input.current), []);
	const wrong = asked.text.trim() !== "" && shapeOf(asked.text) === null;
	return (
		<div className={styles.shape}>
			<p id={`${id}-why`}>{imports.shape(asked.layer, asked.top)}</p>
			<label htmlFor={id}>{imports.shapeLabel(asked.top)}</label>
			<input
				ref={input}
				id={id}
				inputMode="numeric"
				autoComplete="off"
				maxLength={80}
				value={asked.text}
				aria-invalid={wrong}
				aria-describedby={`${id}-why ${id}-wrong`}
				onChange={(event) => onChange(event.target.value)}
			/>
			<p id={`${id}-wrong`} role="status">
				{wrong && imports.shapeWrong(asked.text.trim().slice(0, 40))}
			</p>
		</div>
	);
}
