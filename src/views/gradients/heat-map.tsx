import { notations } from "../../explain/notation.ts";
import { symbolText } from "../../explain/symbol.ts";
import { useSettings } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Cell } from "../marks/cell.tsx";
import { Explainable } from "../marks/explainable.tsx";
import { symmetricMaximum } from "../marks/scales.ts";
import type { Element } from "./model.ts";

export interface HeatMapProps {
	readonly view: View;
	/** The weights of one unit, in the order of the pixels. */
	readonly elements: readonly Element[];
	readonly columns: number;
	readonly width: number;
	readonly label: string;
}

/** The gradient of all weights into one unit, in the shape of the image that they read. */
export function HeatMap({ view, elements, columns, width, label }: HeatMapProps) {
	const notation = useSettings((settings) => settings.notation);
	const size = width / columns;
	const maximum = symmetricMaximum(elements.map(({ gradient }) => view.shown(gradient)));
	return (
		// biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
		<svg
			width={width}
			height={size * Math.ceil(elements.length / columns)}
			role="group"
			aria-label={label}
			data-heat="gradient"
			data-row="heat"
		>
			{elements.map(({ gradient, column }, place) => {
				const reading = view.read(gradient);
				const box = {
					x: (place % columns) * size + 0.5,
					y: Math.floor(place / columns) * size + 0.5,
					width: size - 1,
					height: size - 1,
				};
				return (
					<Explainable
						key={column}
						reading={reading}
						name={symbolText(notations[notation].symbol(view.timeline.structure, gradient))}
						box={box}
						stop={place === 0}
					>
						<Cell reading={reading} {...box} maximum={maximum} bare />
					</Explainable>
				);
			})}
		</svg>
	);
}
