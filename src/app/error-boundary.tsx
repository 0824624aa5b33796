import { Component, type ReactNode } from "react";
import { useText } from "../store/hooks.ts";
import styles from "./error-card.module.css";
import { useTold } from "./use-told.ts";

interface ErrorBoundaryProps {
	readonly children: ReactNode;
	/** What failed is forgotten when this changes: another experiment may well be shown. */
	readonly subject?: unknown;
	/** Runs before another try: what was fetched in vain is fetched again. */
	readonly onRetry?: () => void;
}

interface ErrorBoundaryState {
	readonly error: unknown;
	readonly failed: boolean;
	readonly subject: unknown;
}

/** Keeps the rest of the page alive when one part of it throws. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
	override state: ErrorBoundaryState = { error: null, failed: false, subject: this.props.subject };

	static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
		return { error, failed: true };
	}

	static getDerivedStateFromProps(
		props: ErrorBoundaryProps,
		state: ErrorBoundaryState,
	): Partial<ErrorBoundaryState> | null {
		return props.subject === state.subject ? null : { error: null, failed: false, subject: props.subject };
	}

	retry = (): void => {
		this.props.onRetry?.();
		this.setState({ error: null, failed: false });
	};

	override render(): ReactNode {
		return this.state.failed ? <ErrorCard error={this.state.error} onRetry={this.retry} /> : this.props.children;
	}
}

export function ErrorCard({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
	const { app } = useText();
	const told = useTold(error);
	return (
		<div className={styles.card} role="alert">
			<h3>{app.errorTitle}</h3>
			<p>{app.errorKeep}</p>
			<pre>{told}</pre>
			<button type="button" className="button" onClick={onRetry}>
				{app.tryAgain}
			</button>
		</div>
	);
}
