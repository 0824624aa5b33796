import type { KeyboardEvent, ReactNode } from "react";
import { formatReading } from "../../explain/number-text.ts";
import type { Reading, Subject } from "../../explain/reading.ts";
import { inspect } from "../../store/actions.ts";
import { setHovered, useIsHovered } from "../../store/hover.ts";
import { focusInPlace } from "./focus-in-place.ts";
import { useNumberFormat } from "./mark-context.ts";
import styles from "./marks.module.css";
import { classes } from "./reading-attributes.ts";

export interface ExplainableProps {
	readonly reading: Reading;
	/** What is said before the number. */
	readonly name: string;
	/** Where pointer and focus reach it. */
	readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
	/** What lights up with it elsewhere, where that is not the number itself. */
	readonly lights?: Subject;
	/** The tab stop of its row; the others are reached by the arrow keys. */
	readonly stop?: boolean;
	readonly children?: ReactNode;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Arrow keys move among the numbers of one `data-row`; at its ends they stay. */
function moveInRow(event: KeyboardEvent<Element>): void {
	const step = STEPS[event.key];
	const row = event.currentTarget.closest("[data-row]");
	if (step === undefined || row === null) return;
	event.preventDefault();
	event.stopPropagation();
	const numbers = [...row.querySelectorAll("[data-explains]")];
	const next = numbers[numbers.indexOf(event.currentTarget) + step];
	if (next instanceof SVGElement) focusInPlace(next);
}

/** A number of the drawing that opens its explanation, and lights up with its like on the whole page. */
export function Explainable({ reading, name, box, lights, stop = false, children }: ExplainableProps) {
	const format = useNumberFormat();
	const { subject } = reading;
	const lit = useIsHovered(lights ?? subject);
	if (subject === null) return children;
	const light = () => setHovered(lights ?? subject);
	const dim = () => setHovered(null);
	const onKeyDown = (event: KeyboardEvent<Element>) => {
		moveInRow(event);
		if (event.key !== "Enter" && event.key !== " ") return;
		event.preventDefault();
		event.stopPropagation();
		inspect(subject);
	};
	return (
		// biome-ignore lint/a11y/useSemanticElements: no button can stand in a drawing
		<g
			role="button"
			tabIndex={stop ? 0 : -1}
			aria-label={`${name} ${formatReading(reading, format)}`}
			data-explains={reading.id}
			className={styles.explainable}
			onClick={() => inspect(subject)}
			onKeyDown={onKeyDown}
			onPointerEnter={light}
			onPointerLeave={dim}
			onFocus={light}
			onBlur={dim}
		>
			{children}
			<rect {...box} rx={4} className={classes(styles.hit, lit && styles.lit)} />
		</g>
	);
}
