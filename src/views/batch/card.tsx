import { useMemo } from "react";
import type { View } from "../../store/view.ts";
import { type Group, groupScalar } from "../../timeline/structure.ts";
import { NumberText } from "../marks/number-text.tsx";
import styles from "./batch.module.css";

/** A longer sample is named by its place alone. */
const NUMBERS = 4;
const LEVELS = 6;

/** A sample as its card: its picture, or its numbers and what they should become. */
export function Card({ view, sample }: { readonly view: View; readonly sample: number }) {
	const { groups } = view.timeline.structure;
	const { card } = view.experiment.data;
	const input = groups.find(({ role }) => role === "input");
	const target = groups.find(({ role }) => role === "target");
	if (input === undefined) return null;
	if (card.kind === "image" && card.width * card.height === input.units) {
		return <Thumbnail view={view} input={input} sample={sample} width={card.width} height={card.height} />;
	}
	if (input.units > NUMBERS) return null;
	const numbers = (group: Group) =>
		Array.from({ length: group.units }, (_, unit) => view.read(dataReference(view, group, sample, unit))).map(
			(reading) => <NumberText key={reading.id} reading={reading} />,
		);
	return (
		<span className={styles.numbers}>
			{numbers(input)}
			{target !== undefined && target.units <= NUMBERS && (
				<>
					<span aria-hidden="true">→</span>
					{numbers(target)}
				</>
			)}
		</span>
	);
}

function dataReference({ cursor, pass }: View, group: Group, sample: number, unit: number) {
	return groupScalar(group, "a", { iteration: cursor.iteration, pass, side: "data" }, sample, unit);
}

interface ThumbnailProps {
	readonly view: View;
	readonly input: Group;
	readonly sample: number;
	readonly width: number;
	readonly height: number;
}

/** An image in ink: as many strengths as the eye tells apart at this size, one path each. */
function Thumbnail({ view, input, sample, width, height }: ThumbnailProps) {
	const { trace, pass } = view;
	// biome-ignore lint/correctness/useExhaustiveDependencies: a sample's pixels stand still while a trace is shown
	const levels = useMemo(() => {
		const sizes = Array.from({ length: input.units }, (_, unit) =>
			Math.abs(view.value(dataReference(view, input, sample, unit))),
		);
		const largest = Math.max(...sizes) || 1;
		return Array.from({ length: LEVELS }, (_, level) =>
			sizes
				.map((size, unit) =>
					Math.round((size / largest) * LEVELS) === level + 1
						? `M${unit % width} ${Math.floor(unit / width)}h1v1h-1z`
						: "",
				)
				.join(""),
		);
	}, [trace, pass, input, sample]);
	return (
		<svg
			viewBox={`0 0 ${width} ${height}`}
			width={24}
			height={(24 * height) / width}
			shapeRendering="crispEdges"
			aria-hidden="true"
		>
			{levels.map((path, level) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the strengths stand in a fixed order
				<path key={level} d={path} fill="currentColor" fillOpacity={(level + 1) / LEVELS} />
			))}
		</svg>
	);
}
