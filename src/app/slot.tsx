import { type ComponentType, lazy, Suspense, useState } from "react";
import { useSession } from "../store/hooks.ts";
import { ErrorBoundary } from "./error-boundary.tsx";

interface SlotProps {
	readonly load: () => Promise<{ readonly default: ComponentType }>;
}

/** A part of the page that is fetched by itself and fails by itself. */
export function Slot({ load }: SlotProps) {
	const [Part, setPart] = useState(() => lazy(load));
	const experiment = useSession((state) => state.run?.experiment);
	return (
		<ErrorBoundary subject={experiment} onRetry={() => setPart(() => lazy(load))}>
			<Suspense fallback={<div aria-busy="true" />}>
				<Part />
			</Suspense>
		</ErrorBoundary>
	);
}
