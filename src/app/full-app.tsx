import { lazy, Suspense } from "react";
import { loadWhole } from "../i18n/en/opening.ts";
import { useText } from "../store/hooks.ts";
import { afterwards } from "../views/marks/later.tsx";
import styles from "./app.module.css";
import { ErrorBoundary } from "./error-boundary.tsx";
import { FirstBar } from "./first-bar.tsx";
import { usePage } from "./page-store.ts";
import { StagePlace } from "./stage-place.tsx";
import { Transport } from "./transport.tsx";

const shell = () => import("./shell.ts");
const TopBar = afterwards(async () => (await shell()).TopBar);
const Told = afterwards(async () => (await shell()).Told);
const Summary = afterwards(async () => (await shell()).Summary);
const Fetching = afterwards(async () => (await shell()).Fetching);
const SidePanel = afterwards(async () => (await shell()).SidePanel);
const Separator = afterwards(async () => (await shell()).Separator);

const FullDialogs = lazy(() => import("./full-dialogs.tsx"));
const PrintPart = afterwards(async () => (await import("./print-part.tsx")).default);
const DebugPart = lazy(() => import("./debug/debug-part.tsx"));
const LiveRegion = afterwards(async () => {
	// It narrates outside of React, where nobody could wait for texts.
	const [region] = await Promise.all([import("./live-region.tsx"), loadWhole()]);
	return region.LiveRegion;
});

/** The whole page: bar, picture, ledger and transport, each of which fails by itself. */
export function FullApp() {
	const { app } = useText();
	const share = usePage((page) => page.ledgerShare);
	const dialog = usePage((page) => page.dialog);
	const debug = usePage((page) => page.setup.debug);
	return (
		<div className={styles.page}>
			<a className={styles.skip} href="#controls">
				{app.skipToControls}
			</a>
			<ErrorBoundary>
				<Suspense fallback={<FirstBar />}>
					<TopBar />
				</Suspense>
			</ErrorBoundary>
			<div className={styles.told}>
				<Suspense>
					<Told />
				</Suspense>
			</div>
			<main aria-labelledby="title" className={styles.main} style={{ "--ledger": share }}>
				<Suspense>
					<Summary />
				</Suspense>
				<section aria-label={app.network} className={styles.stage} data-part="stage">
					<StagePlace />
					<Suspense>
						<Fetching />
					</Suspense>
				</section>
				<Suspense fallback={<div className={styles.side} aria-busy="true" />}>
					<SidePanel />
				</Suspense>
				<Suspense>
					<Separator />
				</Suspense>
				<ErrorBoundary>
					<Transport />
				</ErrorBoundary>
			</main>
			<ErrorBoundary>
				<Suspense>
					<LiveRegion />
				</Suspense>
			</ErrorBoundary>
			<Suspense>
				<PrintPart />
			</Suspense>
			{debug && (
				<ErrorBoundary>
					<Suspense>
						<DebugPart />
					</Suspense>
				</ErrorBoundary>
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
