import { lazy, Suspense } from "react";
import { loadWhole } from "../i18n/en/opening.ts";
import { useText } from "../store/hooks.ts";
import styles from "./app.module.css";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Fetching } from "./fetching.tsx";
import { LinkCard } from "./link-card.tsx";
import { NoticeBar } from "./notice-bar.tsx";
import { usePage } from "./page-store.ts";
import { Separator } from "./separator.tsx";
import { SidePanel } from "./side-panel.tsx";
import { StagePlace } from "./stage-place.tsx";
import { Summary } from "./summary.tsx";
import { TopBar } from "./top-bar.tsx";
import { Transport } from "./transport.tsx";

const FullDialogs = lazy(() => import("./full-dialogs.tsx"));
const PrintPart = lazy(() => import("./print-part.tsx"));
const LiveRegion = lazy(async () => {
	// It narrates outside of React, where nobody could wait for texts.
	const [region] = await Promise.all([import("./live-region.tsx"), loadWhole()]);
	return { default: region.LiveRegion };
});

/** The whole page: bar, picture, ledger and transport, each of which fails by itself. */
export function FullApp() {
	const { app } = useText();
	const share = usePage((page) => page.ledgerShare);
	const ready = usePage((page) => page.ready);
	const dialog = usePage((page) => page.dialog);
	return (
		<div className={styles.page}>
			<a className={styles.skip} href="#controls">
				{app.skipToControls}
			</a>
			<ErrorBoundary>
				<TopBar />
			</ErrorBoundary>
			<div className={styles.told}>
				<NoticeBar />
				<LinkCard />
			</div>
			<main aria-labelledby="title" className={styles.main} style={{ "--ledger": share }}>
				<Summary />
				<section aria-label={app.network} className={styles.stage} data-part="stage">
					<StagePlace />
					<Fetching />
				</section>
				{ready ? <SidePanel /> : <div className={styles.side} />}
				<Separator />
				<ErrorBoundary>
					<Transport />
				</ErrorBoundary>
			</main>
			{ready && (
				<ErrorBoundary>
					<Suspense>
						<LiveRegion />
					</Suspense>
				</ErrorBoundary>
			)}
			{ready && (
				<Suspense>
					<PrintPart />
				</Suspense>
			)}
			{(dialog === "share" || dialog === "import" || dialog === "export") && (
				<ErrorBoundary>
					<Suspense>
						<FullDialogs />
					</Suspense>
				</ErrorBoundary>
			)}
		</div>
	);
}
