import { type KeyboardEvent, memo, useRef } from "react";
import type { IterationTrace } from "../../engine/trace.ts";
import { selectSample } from "../../store/actions.ts";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { type Group, groupScalar } from "../../timeline/structure.ts";
import { NumberText } from "../marks/number-text.tsx";
import { places } from "./columns.ts";
import styles from "./parts.module.css";
import { layerMaximum } from "./scales.ts";

const MOST = 12;
/** Numbers of one card; a longer sample is named by its place. */
const NUMBERS = 6;

interface DeckProps {
	readonly view: View;
	readonly narrow: boolean;
	/** How many samples the batch has. */
	readonly samples: number;
}

/** The samples of the batch as cards, one in front. */
export const Deck = memo(function Deck({ view, narrow, samples: count }: DeckProps) {
	const texts = useText().stage;
	const cards = useRef<HTMLDivElement>(null);
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
		return (
			<Thumbnail paths={thumbnailPaths(view, input, sample, card.width)} width={card.width} height={card.height} />
		);
	if (input.units > NUMBERS) return sample + 1;
	const numbers = (group: Group) =>
		places(group.units).map((unit) => (
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

const LEVELS = 8;
const drawings = new WeakMap<IterationTrace, Map<string, readonly string[]>>();

/** Squares of an image by their darkness, as one path for each level: drawn once an iteration. */
function thumbnailPaths(view: View, input: Group, sample: number, width: number): readonly string[] {
	const known = drawings.get(view.trace) ?? new Map<string, readonly string[]>();
	drawings.set(view.trace, known);
	const key = `${view.pass}/${input.index}/${sample}`;
	const found = known.get(key);
	if (found !== undefined) return found;
	const maximum = layerMaximum(view, input);
	const paths = places(LEVELS + 1).map(() => "");
	for (let unit = 0; unit < input.units; unit++) {
		const share = Math.abs(view.value(dataReference(view, input, sample, unit))) / maximum;
		const level = Math.min(LEVELS, Math.round(share * LEVELS));
		paths[level] += `M${unit % width} ${Math.floor(unit / width)}h1v1h-1z`;
	}
	known.set(key, paths);
	return paths;
}

interface ThumbnailProps {
	readonly paths: readonly string[];
	readonly width: number;
	readonly height: number;
}

const Thumbnail = memo(function Thumbnail({ paths, width, height }: ThumbnailProps) {
	return (
		<svg width={26} height={(26 * height) / width} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
			{paths.map((path, level) =>
				level === 0 || path === "" ? null : (
					<path key={path} d={path} className={styles.pixel} style={{ opacity: level / LEVELS }} />
				),
			)}
		</svg>
	);
});
