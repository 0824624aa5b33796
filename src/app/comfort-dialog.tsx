import { useSettings, useText } from "../store/hooks.ts";
import { changeSettings, type Motion } from "../store/settings.ts";
import styles from "./dialogs.module.css";
import { Segmented } from "./segmented.tsx";

const DIGITS = [2, 3, 4, 5, 6, 7, 8];
const MOTIONS: readonly Motion[] = ["auto", "none", "full"];

/** How numbers are written, how much moves, which keys listen. */
export function ComfortDialog() {
	const { app } = useText();
	const { digits, decimal, motion, letterKeys } = useSettings((settings) => settings);
	const { comfortDialog } = app;
	return (
		<div className={styles.comfort}>
			<span>{comfortDialog.digits}</span>
			<Segmented
				label={comfortDialog.digits}
				options={DIGITS.map((value) => ({ value, text: String(value) }))}
				value={digits}
				onChoose={(value) => void changeSettings({ digits: value })}
			/>
			<span>{comfortDialog.decimal}</span>
			<Segmented
				label={comfortDialog.decimal}
				options={[
					{ value: ".", text: comfortDialog.point },
					{ value: ",", text: comfortDialog.comma },
				]}
				value={decimal}
				onChoose={(value) => void changeSettings({ decimal: value === "," ? "," : "." })}
			/>
			<span>{comfortDialog.motion}</span>
			<div>
				<Segmented
					label={comfortDialog.motion}
					options={MOTIONS.map((value) => ({ value, text: comfortDialog.motions[value] }))}
					value={motion}
					onChoose={(value) => void changeSettings({ motion: value })}
				/>
				<p>{comfortDialog.motionNote}</p>
			</div>
			<label className={styles.check}>
				<input
					type="checkbox"
					checked={letterKeys}
					onChange={(event) => void changeSettings({ letterKeys: event.target.checked })}
				/>
				{comfortDialog.letterKeys}
			</label>
		</div>
	);
}
