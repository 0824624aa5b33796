import { presetIds } from "../data/preset.ts";
import { openPresetById } from "../store/actions.ts";
import { useSession, useText } from "../store/hooks.ts";
import { pageStore } from "./page-store.ts";
import { PopoverButton } from "./popover-button.tsx";
import { presetTexts } from "./preset-texts.ts";
import styles from "./top-bar.module.css";

/** The experiments, each with what to see in it. */
export function PresetMenu() {
	const text = useText();
	const current = useSession(({ run }) => run?.experiment.preset ?? null);
	const shown = current === null ? null : presetTexts(text, current);
	return (
		<PopoverButton
			wide
			caret
			className={styles.experiment}
			label={text.app.experiments}
			content={(close) => (
				<div className={styles.presets}>
					{presetIds.map((id) => {
						const { title, subtitle, see } = presetTexts(text, id);
						return (
							<button
								key={id}
								type="button"
								className={styles.preset}
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
			<b>{shown?.title ?? text.app.loading}</b>
			{shown && <span>{shown.subtitle}</span>}
		</PopoverButton>
	);
}
