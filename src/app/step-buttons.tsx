import { useSession, useText } from "../store/hooks.ts";
import { type Action, actionById } from "./actions-list.ts";
import { BackIcon, OnIcon, PauseIcon, PlayIcon } from "./first-icons.tsx";
import styles from "./step-buttons.module.css";

function useEnabled(action: Action): boolean {
	return useSession(action.enabled);
}

/** Back, play, on. */
export function StepButtons({ children }: { readonly children?: React.ReactNode }) {
	const { app } = useText();
	const playing = useSession((state) => state.playing);
	const on = actionById("stepOn");
	const off = actionById("stepOff");
	const play = actionById("playPause");
	return (
		<div className={styles.buttons}>
			<TransportButton action={off} name={app.back} hint={app.keyHints.back}>
				<BackIcon />
			</TransportButton>
			<TransportButton action={play} name={playing ? app.pause : app.play} hint={app.keyHints.play}>
				{playing ? <PauseIcon /> : <PlayIcon />}
			</TransportButton>
			<TransportButton action={on} name={app.step} hint={app.keyHints.step} primary>
				<span>{app.step}</span>
				<OnIcon />
			</TransportButton>
			{children}
		</div>
	);
}

interface TransportButtonProps {
	readonly action: Action;
	readonly name: string;
	readonly hint: string;
	readonly primary?: boolean;
	readonly children: React.ReactNode;
}

function TransportButton({ action, name, hint, primary, children }: TransportButtonProps) {
	const enabled = useEnabled(action);
	return (
		<div className={styles.buttonBox} data-primary={primary}>
			<button
				type="button"
				className="button"
				data-variant={primary ? "primary" : "transport"}
				data-action={action.id}
				aria-label={name}
				// Not `disabled`: focus would be lost at both ends of the run.
				aria-disabled={!enabled}
				onClick={() => {
					if (enabled) action.perform();
				}}
			>
				{children}
			</button>
			<span className={styles.hint} aria-hidden="true">
				{!primary && <span>{name}</span>} {hint}
			</span>
		</div>
	);
}
