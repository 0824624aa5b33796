import { type KeyboardEvent, useEffect, useSyncExternalStore } from "react";
import { Following } from "../store/following.tsx";
import { useSession, useText } from "../store/hooks.ts";
import { focusInPlace } from "../views/marks/focus-in-place.ts";
import styles from "./app.module.css";
import { pageStore, usePage } from "./page-store.ts";
import { lossOverPanel, type Panel, panels, slots } from "./panels.ts";
import { ALL_LOCKS } from "./setup.ts";
import shell from "./shell.module.css";
import { Slot } from "./slot.tsx";

type TabId = Panel["id"] | "step";

/** Where picture and ledger stand side by side; the same condition as in app.module.css. */
const WIDE = "(min-width: 56rem) and (min-height: 35rem)";

function subscribe(changed: () => void): () => void {
	const media = matchMedia(WIDE);
	media.addEventListener("change", changed);
	return () => media.removeEventListener("change", changed);
}

/** The ledger and, under it or behind the same tabs, the panels. */
export function SidePanel() {
	const roomy = useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches);
	const layout = usePage((page) => page.setup.layout);
	return <Side wide={roomy && layout === "full"} />;
}

/** The tabs that the author of the link left, and those that can do something. */
function usePanels(): readonly Panel[] {
	const hidden = usePage((page) => page.setup.hidden.has("panels"));
	const locked = useSession((state) => state.locked);
	const proposing = useSession(({ proposal }) => proposal !== null);
	const left = hidden ? [] : panels.filter(({ id }) => id !== "editor" || locked.size < ALL_LOCKS.length);
	return proposing ? [lossOverPanel, ...left] : left;
}

function Side({ wide }: { readonly wide: boolean }) {
	const { app } = useText();
	const chosen = usePage((page) => page.panel);
	const proposing = useSession(({ proposal }) => proposal !== null);
	const shown = usePanels();
	const tabs: readonly TabId[] = [...(wide ? [] : ["step" as const]), ...shown.map(({ id }) => id)];
	const current = tabs.includes(chosen) ? chosen : tabs[0];
	const panel = shown.find(({ id }) => id === current);
	const explaining = useSession(({ inspected }) => inspected !== null);
	useEffect(() => (proposing ? showProposal(wide) : undefined), [proposing, wide]);
	// Where ledger and panels share the tabs, what was asked for comes to the front.
	useEffect(() => {
		if (explaining && !wide) pageStore.setState({ panel: "step" });
	}, [explaining, wide]);
	return (
		<div className={styles.side}>
			{wide && <Ledger />}
			{tabs.length > 1 && <Tabs tabs={tabs} current={current} />}
			{current === "step" && <Ledger tab />}
			{panel !== undefined && (
				<div
					key={panel.id}
					id={`panel-${panel.id}`}
					role="tabpanel"
					aria-labelledby={`tab-${panel.id}`}
					// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and may hold nothing that takes the focus
					tabIndex={0}
					className={styles.panel}
					data-part={panel.id}
				>
					{panel.follows ? (
						<Following turn="panels">
							<Slot load={panel.load} />
						</Following>
					) : (
						<Slot load={panel.load} />
					)}
				</div>
			)}
			{current === undefined && <section aria-label={app.values} />}
		</div>
	);
}

/** Brings what belongs to a proposal to the front, and afterwards what was there before. */
function showProposal(wide: boolean): () => void {
	const { panel: before } = pageStore.getState();
	const front = wide ? "loss-over" : "step";
	pageStore.setState({ panel: front });
	return () => {
		if (pageStore.getState().panel === front) pageStore.setState({ panel: before });
	};
}

function Ledger({ tab }: { readonly tab?: boolean }) {
	const { app } = useText();
	const proposing = useSession(({ proposal }) => proposal !== null);
	const inspecting = useSession(({ inspected }) => inspected !== null);
	const role = tab
		? ({ id: "panel-step", role: "tabpanel", "aria-labelledby": "tab-step" } as const)
		: { "aria-label": app.currentStep };
	return (
		<section {...role} className={styles.ledger} data-part="ledger">
			{!proposing && (
				<Following turn="text">
					<Slot load={slots.ledger} />
				</Following>
			)}
			{(proposing || inspecting) && <Slot key="what-if" load={slots["what-if"]} />}
		</section>
	);
}

function Tabs({ tabs, current }: { readonly tabs: readonly TabId[]; readonly current: TabId | undefined }) {
	const { app } = useText();
	function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
		const place = current === undefined ? -1 : tabs.indexOf(current);
		const target = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: tabs.length - 1 }[event.key];
		if (target === undefined || event.shiftKey || event.ctrlKey) return;
		event.preventDefault();
		event.stopPropagation();
		const next = tabs[(target + tabs.length) % tabs.length];
		pageStore.setState({ panel: next });
		focusInPlace(document.getElementById(`tab-${next}`));
	}
	return (
		<div role="tablist" aria-label={app.values} className={shell.tabs} onKeyDown={onKeyDown}>
			{tabs.map((id) => (
				<button
					key={id}
					id={`tab-${id}`}
					type="button"
					role="tab"
					aria-selected={id === current}
					aria-controls={id === current ? `panel-${id}` : undefined}
					tabIndex={id === current ? 0 : -1}
					className={shell.tab}
					// The keys go on stepping after a click.
					onClick={() => pageStore.setState({ panel: id })}
				>
					{app.tabs[id]}
				</button>
			))}
		</div>
	);
}
