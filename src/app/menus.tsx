import { languages } from "../i18n/languages.ts";
import { useSettings, useText } from "../store/hooks.ts";
import { changeSettings, THEMES } from "../store/settings.ts";
import { TickIcon } from "./icons.tsx";
import styles from "./menus.module.css";
import { openDialog } from "./page-store.ts";

interface MenuProps {
	readonly onChosen: () => void;
}

export function ThemeMenu({ onChosen }: MenuProps) {
	const { app } = useText();
	const theme = useSettings((settings) => settings.theme);
	return (
		<fieldset className={styles.menu}>
			<legend>{app.theme}</legend>
			{THEMES.map((id) => (
				<button
					key={id}
					type="button"
					className={styles.item}
					aria-pressed={id === theme}
					onClick={() => {
						void changeSettings({ theme: id });
						onChosen();
					}}
				>
					{app.themes[id]}
					{id === theme && <TickIcon />}
				</button>
			))}
		</fieldset>
	);
}

export function LanguageMenu({ onChosen }: MenuProps) {
	const { app } = useText();
	const language = useSettings((settings) => settings.language);
	return (
		<fieldset className={styles.menu}>
			<legend>{app.language}</legend>
			{languages.map(({ id, name }) => (
				<button
					key={id}
					type="button"
					lang={id}
					className={styles.item}
					aria-pressed={id === language}
					onClick={() => {
						void changeSettings({ language: id });
						onChosen();
					}}
				>
					{name}
					{id === language && <TickIcon />}
				</button>
			))}
		</fieldset>
	);
}

interface DialogItemProps extends MenuProps {
	readonly dialog: Parameters<typeof openDialog>[0];
	readonly children: string;
}

/** An item that opens a dialog. */
export function DialogItem({ dialog, onChosen, children }: DialogItemProps) {
	return (
		<button
			type="button"
			className={styles.item}
			onClick={() => {
				onChosen();
				openDialog(dialog);
			}}
		>
			{children} …
		</button>
	);
}
