import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import { loadWhole } from "../i18n/en/opening.ts";
import { Following } from "../store/following.tsx";
import { useSession, useText } from "../store/hooks.ts";
import styles from "./compact.module.css";
import { CompactTransport } from "./compact-transport.tsx";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Fetching } from "./fetching.tsx";
import { DownIcon } from "./icons.tsx";
import { LinkCard } from "./link-card.tsx";
import { NoticeBar } from "./notice-bar.tsx";
import { usePage } from "./page-store.ts";
import { slots } from "./panels.ts";
import { presetTexts } from "./preset-texts.ts";
import { SidePanel } from "./side-panel.tsx";
import { Slot } from "./slot.tsx";
import { StagePlace } from "./stage-place.tsx";
import { Summary } from "./summary.tsx";
import { Readout } from "./top-bar.tsx";
import { useFit } from "./use-fit.ts";

const PrintPart = lazy(() => import("./print-part.tsx"));
const DebugPart = lazy(() => import("./debug/debug-part.tsx"));
const LiveRegion = lazy(async () => {
	const [region] = await Promise.all([import("./live-region.tsx"), loadWhole()]);
	return { default: region.LiveRegion };
});

/** Where picture and ledger stand side by side; the same condition as in compact.module.css. */
const BESIDE = "(min-width: 40rem)";

function subscribe(changed: () => void): () => void {
	const media = matchMedia(BESIDE);
	media.addEventListener("change", changed);
	return () => media.removeEventListener("change", changed);
}

/** The page as a part of another one: picture, ledger and transport, from 320 pixels on, in its own natural height. */
export default function EmbedApp() {
	const { app } = useText();
	const { layout, framed, hidden, fixed, debug } = usePage((page) => page.setup);
	const ready = usePage((page) => page.ready);
	const beside = useSyncExternalStore(subscribe, () => matchMedia(BESIDE).matches);
	const answered = usePage((page) => page.answered);
	const given = usePage((page) => page.fill);
	const fit = useFit(framed && answered, !framed || fixed) ?? given;
	return (
		<div
			className={styles.page}
			data-layout={layout}
			data-ledger={!hidden.has("ledger")}
			data-fit={fit !== null}
			style={fit === null ? undefined : { height: fit }}
			data-content
		>
			<div className={styles.notices}>
				<NoticeBar />
				<LinkCard />
			</div>
			<Title />
			<main aria-labelledby="title" className={styles.main}>
				<Summary />
				<section aria-label={app.network} className={styles.stage} data-part="stage">
					<StagePlace />
					<Fetching />
				</section>
				{!hidden.has("ledger") && (
					<div className={styles.side}>{ready && (beside || layout === "standard" ? <SidePanel /> : <Folded />)}</div>
				)}
				<ErrorBoundary>
					<CompactTransport />
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
				<ErrorBoundary>
					<Suspense>
						<PrintPart />
					</Suspense>
				</ErrorBoundary>
			)}
			{ready && debug && (
				<ErrorBoundary>
					<Suspense>
						<DebugPart />
					</Suspense>
				</ErrorBoundary>
			)}
		</div>
	);
}

/** The ledger in one line, which opens to the whole of it. */
function Folded() {
	const { app } = useText();
	const inspecting = useSession(({ inspected, proposal }) => inspected !== null || proposal !== null);
	const [open, setOpen] = useState(false);
	const shown = open || inspecting;
	return (
		<>
			<div className={styles.fold}>
				<Following turn="text">
					<Slot load={slots["one-line"]} />
				</Following>
				<button
					type="button"
					className={styles.item}
					aria-expanded={shown}
					aria-label={app.currentStep}
					title={app.currentStep}
					onClick={() => setOpen(!shown)}
				>
					<DownIcon />
				</button>
			</div>
			{shown && (
				<div className={styles.unfolded}>
					<SidePanel />
				</div>
			)}
		</>
	);
}

function Title() {
	const text = useText();
	const { title, hidden } = usePage((page) => page.setup);
	const preset = useSession(({ run }) => run?.experiment.preset ?? null);
	const name = title ?? (preset === null ? text.common.productName : presetTexts(text, preset).title);
	if (hidden.has("title")) {
		return (
			<h1 id="title" className="sr-only">
				{name}
			</h1>
		);
	}
	return (
		<header className={styles.title}>
			<h1 id="title">{name}</h1>
			<Readout />
		</header>
	);
}
