import { presetIds } from "../data/preset.ts";
import { useSession, useText } from "../store/hooks.ts";
import { openPresetById } from "../store/show-experiment.ts";
import menus from "./menus.module.css";
import { pageStore } from "./page-store.ts";
import { PopoverButton } from "./popover-button.tsx";
import { experimentTitle, presetTexts } from "./preset-texts.ts";
import styles from "./top-bar.module.css";

/** The experiments, each with what to see in it. */
export function PresetMenu() {
	const text = useText();
	const experiment = useSession(({ run }) => run?.experiment ?? null);
	const named = experiment?.name !== undefined;
	// What came from outside is none of these, whatever it was opened over.
	const current = named ? null : (experiment?.preset ?? null);
	return (
		<PopoverButton
			wide
			caret
			className={styles.experiment}
			label={text.app.experiments}
			content={(close) => (
				<div className={menus.presets}>
					{presetIds.map((id) => {
						const { title, subtitle, see } = presetTexts(text, id);
						return (
							<button
								key={id}
								type="button"
								className={menus.preset}
								aria-current={id === current}
								onClick={() => {
									close();
									openPresetById(id).catch((fatal: unknown) => pageStore.setState({ fatal }));
								}}
							>
								<b>
									{title} <i>{subtitle}</i>
								</b>
								<span>{see.join(" ")}</span>
							</button>
						);
					})}
				</div>
			)}
		>
			<b>{experiment === null ? text.app.loading : experimentTitle(text, experiment)}</b>
			{current !== null && <span>{presetTexts(text, current).subtitle}</span>}
		</PopoverButton>
	);
}
