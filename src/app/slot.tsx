import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useSession } from "../store/hooks.ts";
import { ErrorBoundary } from "./error-boundary.tsx";

interface SlotProps {
	readonly load: () => Promise<{ readonly default: ComponentType }>;
	readonly fallback?: ReactNode;
	/** Once, when the part stands on the page or has failed to. */
	readonly onSettled?: () => void;
}

/** A part of the page that is fetched by itself and fails by itself. */
export function Slot({ load, fallback = null, onSettled }: SlotProps) {
	const [Part, setPart] = useState(() => lazy(load));
	const experiment = useSession((state) => state.run?.experiment);
	return (
		<ErrorBoundary subject={experiment} onRetry={() => setPart(() => lazy(load))}>
			<Suspense fallback={fallback}>
				<Part />
				{onSettled && <Settled onSettled={onSettled} />}
			</Suspense>
		</ErrorBoundary>
	);
}

function Settled({ onSettled }: { readonly onSettled: () => void }) {
	useEffect(onSettled, [onSettled]);
	return null;
}
