import { memo, Suspense } from "react";
import type { View } from "../../store/view.ts";
import { later } from "../marks/later.tsx";
import { Ribbon } from "../marks/ribbon.tsx";
import type { PictureEmphasis } from "../marks/scene.ts";
import { type Bundle, type Connection, parameterReference } from "./connections.ts";
import { EdgeChips } from "./edge-chips-drawing.tsx";
import { edgeLit } from "./emphasis.ts";
import type { NetworkLayout } from "./layout.ts";
import styles from "./network.module.css";

const Band = later(async () => (await import("./many-units.ts")).Band);
const PastMessages = later(async () => (await import("./other-stages.ts")).PastMessages);
const Gradients = later(async () => (await import("./other-stages.ts")).Gradients);
const ParameterChips = later(async () => (await import("./other-stages.ts")).ParameterChips);

export interface BundleDrawingProps {
	readonly bundle: Bundle;
	readonly view: View;
	readonly layout: NetworkLayout;
	readonly emphasis: PictureEmphasis;
}

/** All edges between two layers: those in focus over those that have stepped back. */
export const BundleDrawing = memo(function BundleDrawing({ bundle, view, layout, emphasis }: BundleDrawingProps) {
	const { structure } = view.timeline;
	const { iteration } = view.cursor;
	const back = bundle.drawn.filter((connection) => !edgeLit(emphasis, connection));
	const lit = bundle.drawn.filter((connection) => edgeLit(emphasis, connection));
	const moment = emphasis.moment ?? "before";
	const reading = (connection: Connection) => view.read(parameterReference(structure, connection, iteration, moment));
	const old = (connection: Connection) => view.read(parameterReference(structure, connection, iteration));
	const messages = emphasis.errors === true && emphasis.quiet !== true && emphasis.gradients !== true;
	// One list, so that an edge that comes into focus only moves to the front.
	const whole = emphasis.lit === "all";
	return (
		<g>
			{bundle.rest.weights > 0 && <Band bundle={bundle} layout={layout} />}
			<g className={whole ? styles.soft : undefined}>
				{moment === "after" &&
					lit.map((connection) => (
						<Ribbon key={`old ${connection.key}`} reading={old(connection)} edge={connection.chain} ghost />
					))}
				{[...back, ...lit].map((connection, place) => (
					<Ribbon
						key={connection.key}
						reading={reading(connection)}
						edge={connection.chain}
						back={place < back.length}
					/>
				))}
			</g>
			{messages && (
				<Suspense>
					<PastMessages connections={whole ? lit : back} {...{ view, emphasis }} />
				</Suspense>
			)}
			{emphasis.gradients === true && (
				<Suspense>
					<Gradients {...{ bundle, view, emphasis }} />
				</Suspense>
			)}
			{emphasis.gradients !== true && emphasis.parameter == null && (
				<EdgeChips {...{ bundle, lit, view, layout, emphasis }} />
			)}
			{emphasis.parameter != null && (
				<Suspense>
					<ParameterChips {...{ bundle, view, layout, emphasis }} />
				</Suspense>
			)}
		</g>
	);
});
