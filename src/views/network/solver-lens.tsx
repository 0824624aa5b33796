import { momentsInForce } from "../../engine/explain-scalar.ts";
import type { ParameterMoment, ScalarReference } from "../../engine/reference.ts";
import { notations } from "../../explain/notation.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import { becomingOf } from "../../timeline/stage-of.ts";
import { AxisDrawing } from "../marks/axis-drawing.tsx";
import { Chip } from "../marks/chip.tsx";
import { LensFrame } from "../marks/lens-frame.tsx";
import { linearAxis } from "../marks/linear-axis.ts";
import { symbolParts } from "../marks/math-text.tsx";
import { NetBar } from "../marks/pile.tsx";
import { progressOf } from "../marks/progress.ts";
import type { LensProps } from "./backward-lens.tsx";
import { Caption } from "./lens-parts.tsx";

/** The element and the owner that the cursor's term is a step of; null outside the solver. */
export function solverElement(view: LensProps["view"]) {
	const { group, unit, term } = view.leaf;
	if (group?.subject.kind !== "parameter" || unit === null || term === null) return null;
	const { parameter, moments } = group.subject;
	const columns = parameter.blob.count / group.units;
	return { parameter, index: unit * columns + Math.floor(term / moments.length) };
}

/** Settle: one parameter's strip from its gradient through the solver's steps to its new value. */
export function SolverLens({ view, lens, t }: Omit<LensProps, "bundles">) {
	const notation = useSettings((settings) => settings.notation);
	const texts = useText().ledger.titles;
	const element = solverElement(view);
	if (element === null) return null;
	const { parameter, index } = element;
	const { iteration } = view.cursor;
	const { structure } = view.timeline;
	const at = (moment: ParameterMoment): ScalarReference => ({
		kind: "parameter",
		iteration,
		layer: parameter.layer,
		slot: parameter.slot,
		moment,
		index,
	});
	const steps = momentsInForce(
		{ net: structure.net, settings: view.trace.settings },
		parameter.layer,
		parameter.slot,
	).filter((moment) => moment !== "update" && moment !== "after");
	const values = steps.map((moment) => view.value(at(moment)));
	const up = Math.max(0, ...values.filter(Number.isFinite));
	const down = Math.max(0, ...values.filter(Number.isFinite).map((value) => -value));
	const captions = lens.height - 46;
	const axis = linearAxis(up, down, 48, captions - 22, 12);
	const pitch = (lens.width - 60) / (steps.length + 1);
	const progress = (moment: ParameterMoment) => {
		const leaf = becomingOf(view.timeline, at(moment));
		return progressOf(view, typeof leaf === "number" ? leaf : null, t, 0, 1);
	};
	const settled = progress("after");
	const symbol = notations[notation].symbol(structure, at("before"));
	return (
		<LensFrame x={lens.x} y={lens.y} width={lens.width} height={lens.height} title={texts.after}>
			<AxisDrawing axis={axis} from={34} to={lens.width - pitch - 12} side="left" x={40} />
			{steps.map((moment, place) => {
				const x = 52 + place * pitch;
				const previous = steps[place - 1];
				return (
					<g key={moment}>
						{previous !== undefined && (
							<NetBar
								reading={view.read(at(previous))}
								scale={axis.scale}
								x={x - 4}
								y={axis.zero}
								width={26}
								look="ghost"
							/>
						)}
						<NetBar
							reading={view.read(at(moment))}
							scale={axis.scale}
							x={x}
							y={axis.zero}
							width={18}
							t={place === 0 ? 1 : progress(moment)}
						/>
						<Caption
							x={x + 9}
							y={captions}
							symbol={symbolParts(notations[notation].symbol(structure, at(moment)))}
							reading={view.read(at(moment))}
							size={11}
						/>
					</g>
				);
			})}
			<Caption
				x={lens.width - pitch / 2 - 6}
				y={captions}
				symbol={symbolParts(symbol)}
				reading={view.read(at("after"))}
				size={11}
			/>
			<g opacity={settled === 0 ? 0.55 : 1}>
				<Chip
					before={view.read(at("before"))}
					after={view.read(at("after"))}
					x={lens.width - pitch / 2 - 12}
					y={(48 + captions - 22) / 2}
				/>
			</g>
		</LensFrame>
	);
}
