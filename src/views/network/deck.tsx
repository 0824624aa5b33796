import { type KeyboardEvent, memo, useRef } from "react";
import { selectSample } from "../../store/actions.ts";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { type Group, groupScalar } from "../../timeline/structure.ts";
import { Cell } from "../marks/cell.tsx";
import { NumberText } from "../marks/number-text.tsx";
import styles from "./network.module.css";
import { layerMaximum } from "./scales.ts";

const MOST = 12;
/** Numbers of one card; a longer sample is named by its place. */
const NUMBERS = 6;

/** The samples of the batch as cards, one in front. */
export const Deck = memo(function Deck({ view, narrow }: { readonly view: View; readonly narrow: boolean }) {
	const texts = useText().stage;
	const cards = useRef<HTMLDivElement>(null);
	const { groups } = view.timeline.structure;
	const inputs = groups.filter(({ role }) => role === "input");
	const count = inputs[0]?.samples ?? 1;
	if (count < 2) return null;
	const choose = (sample: number) => {
		selectSample(sample);
		cards.current?.querySelector<HTMLElement>(`[data-sample="${sample}"]`)?.focus({ preventScroll: true });
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const step =
			event.key === "ArrowRight" || event.key === "ArrowDown"
				? 1
				: event.key === "ArrowLeft" || event.key === "ArrowUp"
					? -1
					: 0;
		if (step === 0) return;
		event.preventDefault();
		event.stopPropagation();
		choose((view.sample + step + count) % count);
	};
	const shown = narrow ? 1 : MOST;
	const begin = Math.max(0, Math.min(view.sample - Math.floor(shown / 2), count - shown));
	const visible = Array.from({ length: Math.min(shown, count) }, (_, index) => begin + index);
	return (
		<div className={styles.deck} role="radiogroup" aria-label={texts.samples} ref={cards} onKeyDown={onKeyDown}>
			{narrow ? (
				<button
					type="button"
					className={styles.card}
					aria-label={texts.previousSample}
					onClick={() => selectSample((view.sample + count - 1) % count)}
				>
					‹
				</button>
			) : (
				<span aria-hidden="true">{texts.sample}</span>
			)}
			{visible.map((sample) => (
				// biome-ignore lint/a11y/useSemanticElements: a card holds a drawing, which a radio input cannot
				<button
					key={sample}
					type="button"
					role="radio"
					aria-checked={sample === view.sample}
					aria-label={texts.sampleNumber(sample + 1)}
					tabIndex={sample === view.sample ? 0 : -1}
					data-sample={sample}
					className={`${styles.card} ${view.experiment.data.card.kind === "image" ? styles.imageCard : ""}`}
					onClick={() => selectSample(sample)}
				>
					<Card view={view} sample={sample} />
				</button>
			))}
			{(narrow || count > shown) && <span>{texts.samplePlace(view.sample + 1, count)}</span>}
			{narrow && (
				<button
					type="button"
					className={styles.card}
					aria-label={texts.nextSample}
					onClick={() => selectSample((view.sample + 1) % count)}
				>
					›
				</button>
			)}
		</div>
	);
});

function Card({ view, sample }: { readonly view: View; readonly sample: number }) {
	const { groups } = view.timeline.structure;
	const { card } = view.experiment.data;
	const [input] = groups.filter(({ role }) => role === "input");
	const target = groups.find(({ role }) => role === "target");
	if (input === undefined) return null;
	if (card.kind === "image" && card.width * card.height === input.units)
		return <Thumbnail view={view} input={input} sample={sample} width={card.width} height={card.height} />;
	if (input.units > NUMBERS) return sample + 1;
	const numbers = (group: Group) =>
		Array.from({ length: group.units }, (_, unit) => (
			<NumberText key={unit} reading={view.read(dataReference(view, group, sample, unit))} />
		));
	return (
		<>
			{numbers(input)}
			{target !== undefined && target.units <= NUMBERS && (
				<>
					<span aria-hidden="true">→</span>
					{numbers(target)}
				</>
			)}
		</>
	);
}

function dataReference(view: View, group: Group, sample: number, unit: number) {
	return groupScalar(group, "a", { iteration: view.cursor.iteration, pass: view.pass, side: "data" }, sample, unit);
}

function Thumbnail({
	view,
	input,
	sample,
	width,
	height,
}: {
	readonly view: View;
	readonly input: Group;
	readonly sample: number;
	readonly width: number;
	readonly height: number;
}) {
	const pixel = 26 / width;
	const maximum = layerMaximum(view, input);
	return (
		<svg width={26} height={pixel * height} aria-hidden="true">
			{Array.from({ length: input.units }, (_, unit) => (
				<Cell
					key={unit}
					reading={view.read(dataReference(view, input, sample, unit))}
					x={(unit % width) * pixel}
					y={Math.floor(unit / width) * pixel}
					width={pixel}
					height={pixel}
					maximum={maximum}
					bare
				/>
			))}
		</svg>
	);
}
