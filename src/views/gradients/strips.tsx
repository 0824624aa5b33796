import { useState } from "react";
import { useSession, useSettings, useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { linearAxis } from "../marks/linear-axis.ts";
import { unitBase } from "../timeline/names.ts";
import { elementNote } from "./element-note.ts";
import styles from "./gradients.module.css";
import { HeatMap } from "./heat-map.tsx";
import { type Element, type GradientRow, largestFirst, mainElement, sameElement } from "./model.ts";
import { StripDrawing } from "./strip.tsx";
import { stripOf, stripReach } from "./strip-model.ts";

export interface StripsProps {
	readonly view: View;
	readonly row: GradientRow;
	readonly width: number;
	readonly height: number;
	readonly narrow: boolean;
}

const LEAST = 176;
const WORDY = 250;
const MOST = 290;
/** The first strip carries the axis's numbers. */
const TICKS = 42;
/** On a phone strips lie one above the other. */
const STACKED = 3;
const FOOT = 38;

/** The gradients of one unit's weights, a strip each; of many the largest, the others on further pages. May suspend. */
export function Strips({ view, row, width, height, narrow }: StripsProps) {
	const text = useText();
	const texts = text.scenes.gradients;
	const notation = useSettings((settings) => settings.notation);
	const inspected = useSession((state) => state.inspected);
	const computed = row.elements.filter((element) => element.computed);
	const left = row.elements.filter((element) => !element.computed);
	const image = imageOf(view, row);
	const mapWidth = image === null ? 0 : Math.min(132, height - 70);
	const room = width - (mapWidth === 0 || narrow ? 0 : mapWidth + 40) - (narrow ? 0 : TICKS);
	// A kernel's element and a gate need their words: their symbols alone tell nothing.
	const least = row.group.head.definition.picture === "dense" ? LEAST : WORDY;
	const fit = narrow ? STACKED : Math.max(1, Math.floor(room / least));
	const pages = Math.ceil(computed.length / fit);
	const key = `${row.group.index}/${row.unit}`;
	const [turned, setTurned] = useState({ key, page: 0 });
	const page = turned.key === key ? Math.min(turned.page, pages - 1) : 0;
	const ordered = computed.length > fit ? largestFirst(view, computed) : computed;
	const asked =
		inspected?.kind === "parameter" ? ordered.find((element) => sameElement(element, inspected)) : undefined;
	const onPage = pageOf(ordered, asked, page, fit);
	const { up, down } = stripReach(view, row);
	const foot = pages > 1 || left.length > 0;
	const high = narrow ? 170 : height - (foot ? FOOT : 0) - 12;
	const axis = linearAxis(up, down, 38, high - 66, 8);
	const each = narrow ? width : Math.min(MOST, Math.floor(room / Math.max(1, onPage.length)));
	const main = asked ?? mainElement(view, computed);
	const turn = (by: number) => setTurned({ key, page: (page + by + pages) % pages });
	const base = unitBase(notation);
	return (
		<section className={styles.strips} aria-label={texts.strips}>
			<div className={narrow ? styles.stripColumn : styles.stripRow}>
				{image !== null && mapWidth > 0 && (
					<figure className={styles.map}>
						<figcaption>{texts.heatMap(row.unit + base)}</figcaption>
						<HeatMap
							view={view}
							elements={image.elements}
							columns={image.width}
							width={mapWidth}
							label={texts.heatMap(row.unit + base)}
						/>
					</figure>
				)}
				{onPage.map((element, place) => (
					<StripDrawing
						key={`${element.slot}/${element.index}`}
						view={view}
						row={row}
						strip={stripOf(view, row, element)}
						axis={axis}
						ticks={place === 0 || narrow}
						width={each + (place === 0 && !narrow ? TICKS : 0)}
						height={high}
						focus={element === main}
						note={elementNote(view, text, row.group, element)}
					/>
				))}
			</div>
			{foot && (
				<p className={styles.foot}>
					{pages > 1 && (
						<>
							<button type="button" className={styles.turn} aria-label={texts.previousPage} onClick={() => turn(-1)}>
								‹
							</button>
							<span>{texts.page(page + 1, pages)}</span>
							<button type="button" className={styles.turn} aria-label={texts.nextPage} onClick={() => turn(1)}>
								›
							</button>
							<button type="button" className={styles.more} onClick={() => turn(1)}>
								{texts.more(computed.length - onPage.length)}
							</button>
						</>
					)}
					{left.length > 0 && (
						<span>{left.every(({ column }) => column === null) ? texts.fixedBias : texts.fixed}</span>
					)}
				</p>
			)}
		</section>
	);
}

/** The page's elements; one that was asked for comes first, wherever it stands. */
function pageOf(
	ordered: readonly Element[],
	asked: Element | undefined,
	page: number,
	fit: number,
): readonly Element[] {
	const shown = ordered.slice(page * fit, page * fit + fit);
	if (asked === undefined || shown.includes(asked)) return shown;
	return [asked, ...shown.slice(0, Math.max(0, fit - 1))];
}

/** The weights that read an image, in the order of its pixels; null where the layer reads none. */
function imageOf(view: View, row: GradientRow) {
	const { card } = view.experiment.data;
	const [source] = view.timeline.structure.sourceGroups(row.group);
	if (card.kind !== "image" || source?.role !== "input" || source.units !== card.width * card.height) return null;
	const elements = row.elements.filter(({ slot, column, computed }) => slot === 0 && column !== null && computed);
	return elements.length === source.units ? { elements, width: card.width } : null;
}
