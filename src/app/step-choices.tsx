import { grouped } from "../i18n/grouped.ts";
import { setDepth, setSpeed, toggleBreakpoint } from "../store/actions.ts";
import { Following } from "../store/following.tsx";
import { useSession, useSettings, useText } from "../store/hooks.ts";
import { DEPTHS, nodeAt, placeOf } from "../timeline/cursor.ts";
import { stageLine } from "../views/timeline/names.ts";
import { TimelineView } from "../views/timeline/timeline-view.tsx";
import { FlagIcon } from "./icons.tsx";
import { IterationStrip } from "./iteration-strip.tsx";
import { MomentSlider } from "./moment-slider.tsx";
import { PopoverButton } from "./popover-button.tsx";
import { Segmented } from "./segmented.tsx";
import choices from "./step-choices.module.css";
import styles from "./transport.module.css";

const SPEEDS = [
	{ value: 0.5, text: "½×" },
	{ value: 1, text: "1×" },
	{ value: 2, text: "2×" },
	{ value: 4, text: "4×" },
];

/** How much a step covers, how fast it moves, and where it is in the iteration. */
export function StepChoices() {
	return (
		<>
			<div className={styles.row}>
				<div className={styles.wideOnly}>
					<DepthChoice />
				</div>
				<IterationStrip />
				<Following turn="place">
					<StageLine />
				</Following>
				<MomentSlider />
				<div className={styles.wideOnly}>
					<SpeedChoice />
				</div>
			</div>
			<div className={styles.line}>
				<Following turn="place">
					<TimelineView />
				</Following>
			</div>
		</>
	);
}

export function DepthChoice() {
	const { app } = useText();
	const depth = useSession((state) => state.depth);
	return (
		<div className={styles.choice}>
			<span className={styles.caption}>{app.stepBy}</span>
			<Segmented
				label={app.stepBy}
				options={DEPTHS.map((value) => ({ value, text: app.depths[value] }))}
				value={depth}
				onChoose={setDepth}
			/>
		</div>
	);
}

export function SpeedChoice() {
	const { app } = useText();
	const speed = useSession((state) => state.speed);
	return (
		<div className={styles.choice}>
			<span className={styles.caption}>{app.speed}</span>
			<Segmented
				label={app.speed}
				options={SPEEDS.map((option) => ({ ...option, name: app.speedOf(option.text) }))}
				value={speed}
				onChoose={setSpeed}
			/>
		</div>
	);
}

/** Size, speed and moment of a step in one button, where there is no room for them side by side. */
export function StepSize() {
	const { app } = useText();
	const depth = useSession((state) => state.depth);
	const place = usePlace();
	return (
		<PopoverButton
			className={choices.stepSize}
			label={`${app.stepBy} ${app.depths[depth]}`}
			content={
				<div className={styles.sheet}>
					<DepthChoice />
					<SpeedChoice />
					<div className={styles.choice}>
						<span>{app.moment}</span>
						<MomentSlider />
					</div>
				</div>
			}
		>
			<b>{app.depths[depth]}</b>
			{place !== null && (
				<span>
					{place.place} / {place.count}
				</span>
			)}
		</PopoverButton>
	);
}

/** Which step of the chosen depth this is, and of how many. */
export function usePlace(): { readonly place: number; readonly count: number } | null {
	const timeline = useSession((state) => state.opened?.timeline ?? null);
	const leaf = useSession((state) => state.cursor.leaf);
	const depth = useSession((state) => state.depth);
	if (timeline === null) return null;
	const { place, count } = placeOf(timeline, leaf, depth);
	return { place: place + 1, count };
}

function StageLine() {
	const text = useText();
	const notation = useSettings((settings) => settings.notation);
	const opened = useSession((state) => state.opened);
	const leaf = useSession((state) => state.cursor.leaf);
	const depth = useSession((state) => state.depth);
	const place = usePlace();
	if (opened === null || place === null) return <div className={choices.stage} />;
	const { timeline, failure } = opened;
	const stopped = failure !== null && leaf >= failure.leaf;
	const line = stageLine(text, timeline.structure, nodeAt(timeline, leaf, depth), notation);
	return (
		<div className={choices.stage}>
			<BreakpointButton />
			<span className={choices.line}>
				<span className={choices.count}>{text.app.stageOf(grouped(place.place), grouped(place.count))}</span>
				<span className={choices.name} data-stopped={stopped} title={line}>
					{stopped ? text.app.stopped : line}
				</span>
			</span>
		</div>
	);
}

function BreakpointButton() {
	const { app } = useText();
	const end = useSession(({ opened, cursor }) =>
		opened === null ? 0 : nodeAt(opened.timeline, cursor.leaf, "unit").last,
	);
	const set = useSession(({ breakpoints }) => breakpoints.has(end));
	return (
		<button
			type="button"
			className={`button ${choices.flag}`}
			data-variant="quiet"
			aria-pressed={set}
			aria-label={app.breakpointHere}
			title={`${app.breakpointHere} (B)`}
			onClick={() => toggleBreakpoint(end)}
		>
			<FlagIcon />
		</button>
	);
}
