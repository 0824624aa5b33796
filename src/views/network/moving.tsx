import { memo, Suspense } from "react";
import { useFrame } from "../../store/hooks.ts";
import { useArrival } from "../../store/turns.ts";
import type { View } from "../../store/view.ts";
import { later } from "../marks/later.tsx";
import type { Bundle } from "./connections.ts";
import { ForwardLens } from "./forward-lens.tsx";
import type { PlacedLens } from "./layout.ts";
import type { LensKind } from "./scene-of.ts";
import { isPooled } from "./window-values.ts";

const BackwardLens = later(async () => (await import("./other-stages.ts")).BackwardLens);
const StepsLens = later(async () => (await import("./steps-lens.tsx")).StepsLens);
const WindowLens = later(async () => (await import("./window-lens.tsx")).WindowLens);
const HazardLens = later(async () => (await import("./hazard-lens.tsx")).HazardLens);

interface MovingLensProps {
	readonly view: View;
	readonly lens: PlacedLens;
	readonly kind: LensKind;
	readonly bundles: readonly Bundle[];
}

/** The lens. Where a step has just brought it, it comes a frame after the rest of the picture. */
export const MovingLens = memo(function MovingLens(props: MovingLensProps) {
	return useArrival("scene") ? <Lens {...props} /> : <g aria-busy="true" />;
});

/** Drawn again every frame. */
function Lens({ view, lens, kind, bundles }: MovingLensProps) {
	const t = useFrame();
	if (kind === "hazard") {
		return (
			<Suspense>
				<HazardLens view={view} lens={lens} t={t} />
			</Suspense>
		);
	}
	const { group } = lens.request;
	if (group.head.definition.steps !== null || (kind === "forward" && isPooled(group))) {
		return (
			<Suspense>
				{group.head.definition.steps === null ? (
					<WindowLens view={view} lens={lens} />
				) : (
					<StepsLens view={view} lens={lens} kind={kind} t={t} />
				)}
			</Suspense>
		);
	}
	if (kind === "backward") {
		return (
			<Suspense>
				<BackwardLens view={view} lens={lens} bundles={bundles} t={t} />
			</Suspense>
		);
	}
	return <ForwardLens view={view} lens={lens} bundles={bundles} t={t} />;
}
