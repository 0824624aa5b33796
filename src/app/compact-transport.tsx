import { grouped } from "../i18n/grouped.ts";
import { resetRun } from "../store/history.ts";
import { useSession, useText } from "../store/hooks.ts";
import { TimelineView } from "../views/timeline/timeline-view.tsx";
import styles from "./compact.module.css";
import { FullPageLink } from "./full-page-link.tsx";
import { HelpIcon, MenuIcon, UndoIcon } from "./icons.tsx";
import { LossButton } from "./loss-button.tsx";
import { DialogItem, LanguageMenu, ThemeMenu } from "./menus.tsx";
import { openDialog, usePage } from "./page-store.ts";
import { PopoverButton } from "./popover-button.tsx";
import { StepButtons } from "./step-buttons.tsx";
import { DepthChoice, SpeedChoice, usePlace } from "./step-choices.tsx";
import { NotationChoice, Resets } from "./top-bar.tsx";

/** Steps and their place in an embed: what everyone needs in reach, the rest behind three dots. */
export function CompactTransport() {
	const { app } = useText();
	const { hidden } = usePage((page) => page.setup);
	return (
		<section id="controls" tabIndex={-1} aria-label={app.stepControls} className={styles.transport}>
			<StepButtons />
			{!hidden.has("timeline") && (
				<div className={styles.line}>
					<TimelineView />
				</div>
			)}
			<Footer />
		</section>
	);
}

function Footer() {
	const { app } = useText();
	const { hidden, layout } = usePage((page) => page.setup);
	const depth = useSession((state) => state.depth);
	const place = usePlace();
	return (
		<div className={styles.footer}>
			{place !== null && (
				<span className={styles.place}>
					{app.stageOf(grouped(place.place), grouped(place.count))} <span>· {app.depths[depth]}</span>
				</span>
			)}
			<span className={styles.space} />
			{layout !== "bare" && (
				<>
					<ResetItem />
					{!hidden.has("help") && (
						<button type="button" className={styles.item} aria-label={app.help} onClick={() => openDialog("help")}>
							<HelpIcon />
						</button>
					)}
				</>
			)}
			<More />
			{layout !== "bare" && <FullPageLink />}
		</div>
	);
}

function ResetItem() {
	const { app } = useText();
	return (
		<button type="button" className={styles.item} title={app.resetHint} onClick={() => void resetRun()}>
			<UndoIcon />
			<span>{app.reset}</span>
		</button>
	);
}

/**
 * The comfort settings are always in reach; an author can take away the others. Over a bare picture everything is here.
 */
function More() {
	const { app, picture } = useText();
	const { hidden, layout } = usePage((page) => page.setup);
	const readOnly = useSession((state) => state.locked.has("weights"));
	const known = useSession(({ run }) => (run?.runner.losses.length ?? 0) > 0);
	return (
		<PopoverButton
			className={styles.item}
			label={app.more}
			content={(close) => (
				<div className={styles.sheet}>
					<DepthChoice />
					<SpeedChoice />
					{!hidden.has("notation") && <NotationChoice />}
					{!hidden.has("reset") && !readOnly && (
						<div className={styles.row}>
							<Resets />
						</div>
					)}
					{!hidden.has("loss") && <LossButton known={known} />}
					{!hidden.has("settings") && (
						<>
							<ThemeMenu onChosen={close} />
							<LanguageMenu onChosen={close} />
						</>
					)}
					<DialogItem dialog="comfort" onChosen={close}>
						{app.comfort}
					</DialogItem>
					<DialogItem dialog="picture" onChosen={close}>
						{picture.name}
					</DialogItem>
					{layout === "bare" && (
						<>
							{!hidden.has("help") && (
								<DialogItem dialog="help" onChosen={close}>
									{app.help}
								</DialogItem>
							)}
							<div className={styles.row}>
								{(hidden.has("reset") || readOnly) && <ResetItem />}
								<FullPageLink />
							</div>
						</>
					)}
				</div>
			)}
		>
			<MenuIcon />
		</PopoverButton>
	);
}
