import { languages } from "../i18n/languages.ts";
import { Following } from "../store/following.tsx";
import { newStart, redo, resetRun, undo } from "../store/history.ts";
import { useSession, useSettings, useText, useView } from "../store/hooks.ts";
import { changeSettings, NOTATIONS } from "../store/settings.ts";
import { NumberText } from "../views/marks/number-text.tsx";
import { Brand } from "./first-bar.tsx";
import { HelpIcon, MenuIcon, RedoIcon, ShareIcon, ThemeIcon, UndoIcon } from "./icons.tsx";
import { LossButton } from "./loss-button.tsx";
import menus from "./menus.module.css";
import { DialogItem, LanguageMenu, ThemeMenu } from "./menus.tsx";
import { openDialog } from "./page-store.ts";
import { PopoverButton } from "./popover-button.tsx";
import { PresetMenu } from "./preset-menu.tsx";
import { Segmented } from "./segmented.tsx";
import styles from "./top-bar.module.css";

/** The experiment, where it stands, and how it is shown. */
export function TopBar() {
	const { app } = useText();
	return (
		<header className={styles.bar}>
			<Brand />
			<span className={styles.rule} />
			<PresetMenu />
			<span className={styles.rule} />
			<Readout />
			<span className={menus.space} />
			<div className={`${menus.icons} ${styles.resets}`}>
				<Resets />
			</div>
			<NotationChoice className={menus.notation} />
			<div className={menus.icons}>
				<div className={`${menus.icons} ${menus.wide}`}>
					<ThemeButton />
					<LanguageButton />
				</div>
				<div>
					<MoreMenu />
				</div>
				<button
					type="button"
					className={menus.icon}
					aria-label={app.share}
					title={app.share}
					onClick={() => openDialog("share")}
				>
					<ShareIcon />
				</button>
				<button
					type="button"
					className={menus.icon}
					aria-label={app.help}
					title={`${app.help} (?)`}
					onClick={() => openDialog("help")}
				>
					<HelpIcon />
				</button>
			</div>
		</header>
	);
}

/** Which iteration this is, and its loss. */
export function Readout() {
	return (
		<Following turn="place">
			<IterationAndLoss />
		</Following>
	);
}

function IterationAndLoss() {
	const { app } = useText();
	const notation = useSettings((settings) => settings.notation);
	const view = useView();
	const iteration = useSession((state) => state.cursor.iteration);
	if (view === null) return null;
	// UFLDL's J holds the decay; the other two call the data term their loss.
	const part = notation === "ufldl" ? "total" : "data";
	const reading = view.read({ kind: "loss", iteration: view.cursor.iteration, pass: view.pass, part });
	return (
		<div className={menus.readout}>
			<span>
				<span className={styles.iterationWord}>{app.iteration}</span> <b>{iteration}</b>
			</span>
			<span className={menus.loss}>
				<span className={styles.lossWord}>{app.loss[notation]}</span>
				<span className={styles.lossSymbol}>{app.lossSymbol[notation]}</span> <NumberText reading={reading} />
			</span>
			<LossButton className={styles.spark} known={reading.status === "known" || reading.status === "not-finite"} />
		</div>
	);
}

export function NotationChoice({ className }: { readonly className?: string | undefined }) {
	const { app } = useText();
	const notation = useSettings((settings) => settings.notation);
	return (
		<Segmented
			className={className}
			label={app.notation}
			options={NOTATIONS.map((value) => ({ value, text: app.notations[value] }))}
			value={notation}
			onChoose={(value) => void changeSettings({ notation: value })}
		/>
	);
}

export function Resets() {
	const { app } = useText();
	const canUndo = useSession(({ past }) => past.length > 0);
	const canRedo = useSession(({ future }) => future.length > 0);
	const seed = useSession(({ run }) => run?.experiment.seed ?? 0);
	const locked = useSession((state) => state.locked);
	return (
		<>
			<button
				type="button"
				className={menus.icon}
				aria-label={app.undo}
				title={app.undo}
				aria-disabled={!canUndo}
				onClick={() => void undo()}
			>
				<UndoIcon />
			</button>
			<button
				type="button"
				className={menus.icon}
				aria-label={app.redo}
				title={app.redo}
				aria-disabled={!canRedo}
				onClick={() => void redo()}
			>
				<RedoIcon />
			</button>
			<button type="button" className={menus.icon} title={app.resetHint} onClick={() => void resetRun()}>
				{app.reset}
			</button>
			{!locked.has("seed") && (
				<button type="button" className={menus.icon} title={app.newStartHint(seed + 1)} onClick={() => void newStart()}>
					{app.newStart}
				</button>
			)}
		</>
	);
}

function ThemeButton() {
	const { app } = useText();
	return (
		<PopoverButton className={menus.icon} label={app.theme} content={(close) => <ThemeMenu onChosen={close} />}>
			<ThemeIcon />
		</PopoverButton>
	);
}

function LanguageButton() {
	const { app } = useText();
	const language = useSettings((settings) => settings.language);
	const short = languages.find(({ id }) => id === language)?.short ?? language;
	return (
		<PopoverButton
			className={menus.icon}
			label={`${app.language} ${short}`}
			content={(close) => <LanguageMenu onChosen={close} />}
		>
			{short}
		</PopoverButton>
	);
}

/** What a narrower bar has no room for, and comfort. */
function MoreMenu() {
	const { app } = useText();
	return (
		<PopoverButton
			className={menus.icon}
			label={app.more}
			content={(close) => (
				<div className={menus.sheet}>
					<div className={menus.icons}>
						<Resets />
					</div>
					<NotationChoice />
					<ThemeMenu onChosen={close} />
					<LanguageMenu onChosen={close} />
					<DialogItem dialog="import" onChosen={close}>
						{app.openFile}
					</DialogItem>
					<DialogItem dialog="export" onChosen={close}>
						{app.exportFile}
					</DialogItem>
					<DialogItem dialog="comfort" onChosen={close}>
						{app.comfort}
					</DialogItem>
				</div>
			)}
		>
			<MenuIcon />
		</PopoverButton>
	);
}
