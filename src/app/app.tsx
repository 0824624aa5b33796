import { lazy, Suspense, useState } from "react";
import { loadWhole } from "../i18n/en/opening.ts";
import { useSession, useSettings, useText } from "../store/hooks.ts";
import { nodeAt } from "../timeline/cursor.ts";
import { NumberFormatContext } from "../views/marks/mark-context.ts";
import { MarkDefinitions } from "../views/marks/mark-definitions.tsx";
import { stageLine } from "../views/timeline/names.ts";
import styles from "./app.module.css";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Fetching } from "./fetching.tsx";
import { LinkCard } from "./link-card.tsx";
import { NoticeBar } from "./notice-bar.tsx";
import { usePage } from "./page-store.ts";
import { Separator } from "./separator.tsx";
import { SidePanel } from "./side-panel.tsx";
import { StagePlace } from "./stage-place.tsx";
import { TopBar } from "./top-bar.tsx";
import { Transport } from "./transport.tsx";
import { useKeys } from "./use-keys.ts";

const Dialogs = lazy(() => import("./dialogs.tsx"));
const LiveRegion = lazy(async () => {
	// It narrates outside of React, where nobody could wait for texts.
	const [region] = await Promise.all([import("./live-region.tsx"), loadWhole()]);
	return { default: region.LiveRegion };
});

/** The page: bar, picture, ledger and transport, each of which fails by itself. */
export function App() {
	const { app } = useText();
	const digits = useSettings((settings) => settings.digits);
	const decimal = useSettings((settings) => settings.decimal);
	const dialog = usePage((page) => page.dialog);
	const share = usePage((page) => page.ledgerShare);
	const ready = usePage((page) => page.ready);
	const [format, setFormat] = useState({ digits, decimal });
	if (format.digits !== digits || format.decimal !== decimal) setFormat({ digits, decimal });
	useKeys();
	return (
		<NumberFormatContext value={format}>
			<MarkDefinitions />
			<div className={styles.page}>
				<a className={styles.skip} href="#controls">
					{app.skipToControls}
				</a>
				<ErrorBoundary>
					<TopBar />
				</ErrorBoundary>
				<NoticeBar />
				<LinkCard />
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
			</div>
			{dialog !== null && (
				<Suspense>
					<Dialogs />
				</Suspense>
			)}
		</NumberFormatContext>
	);
}

/** For a reader who does not see the page: what it is, where it stands, one hint. */
function Summary() {
	const text = useText();
	const notation = useSettings((settings) => settings.notation);
	const timeline = useSession(({ opened }) => opened?.timeline ?? null);
	const leaf = useSession(({ cursor }) => cursor.leaf);
	if (timeline === null) return null;
	return (
		<p className="sr-only">
			{text.app.summary(stageLine(text, timeline.structure, nodeAt(timeline, leaf, "unit"), notation))}
		</p>
	);
}
