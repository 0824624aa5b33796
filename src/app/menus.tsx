import { languages } from "../i18n/languages.ts";
import { useSettings, useText } from "../store/hooks.ts";
import { changeSettings, THEMES } from "../store/settings.ts";
import { TickIcon } from "./icons.tsx";
import { openDialog } from "./page-store.ts";
import styles from "./top-bar.module.css";

interface MenuProps {
	readonly onChosen: () => void;
}

export function ThemeMenu({ onChosen }: MenuProps) {
	const { app } = useText();
	const theme = useSettings((settings) => settings.theme);
	return (
		<div className={styles.menu} role="group" aria-label={app.theme}>
			<h3 aria-hidden="true">{app.theme}</h3>
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
		</div>
	);
}

export function LanguageMenu({ onChosen }: MenuProps) {
	const { app } = useText();
	const language = useSettings((settings) => settings.language);
	return (
		<div className={styles.menu} role="group" aria-label={app.language}>
			<h3 aria-hidden="true">{app.language}</h3>
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
		</div>
	);
}

export function ComfortItem({ onChosen }: MenuProps) {
	const { app } = useText();
	return (
		<button
			type="button"
			className={styles.item}
			onClick={() => {
				onChosen();
				openDialog("comfort");
			}}
		>
			{app.comfort} …
		</button>
	);
}
