import type { ReactNode } from "react";
import { languages } from "../../i18n/languages.ts";
import { useText } from "../../store/hooks.ts";
import { NOTATIONS, THEMES } from "../../store/settings.ts";
import { LockIcon } from "../icons.tsx";
import { Segmented } from "../segmented.tsx";
import { type Choices, LOCKABLE, SHOWABLE, usuallyHidden } from "./address.ts";
import styles from "./share.module.css";

const LAYOUTS: readonly Choices["layout"][] = ["compact", "standard", "bare"];
const READER = "reader";

export const SMALLEST = 320;
const LARGEST = 4000;

interface FormProps {
	readonly choices: Choices;
	readonly onChange: (change: Partial<Choices>) => void;
}

function toggled<T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> {
	const next = new Set(set);
	if (!next.delete(one)) next.add(one);
	return next;
}

/** What an author decides: what is shown, what may be changed, where it opens, how large and in which dress. */
export function ChoicesForm({ choices, onChange }: FormProps) {
	const { app, share } = useText();
	const { hidden, locked, opensAt, layout, theme, language, notation } = choices;
	const everything = LOCKABLE.every((one) => locked.has(one));
	return (
		<div className={styles.form}>
			<Group title={share.shown} note={share.always}>
				<div className={styles.checks}>
					{SHOWABLE.map((part) => (
						<label key={part}>
							<input
								type="checkbox"
								checked={!hidden.has(part)}
								onChange={() => onChange({ hidden: toggled(hidden, part) })}
							/>
							{partName(share.parts, part)}
						</label>
					))}
				</div>
			</Group>
			<Group title={share.change} note={share.lockNote}>
				<div className={styles.locks}>
					{LOCKABLE.map((one) => (
						<button
							key={one}
							type="button"
							className="button"
							aria-pressed={locked.has(one)}
							onClick={() => onChange({ locked: toggled(locked, one) })}
						>
							<LockIcon open={!locked.has(one)} />
							{share.locks[one]}
						</button>
					))}
					<button
						type="button"
						className="button"
						aria-pressed={everything}
						onClick={() => onChange({ locked: new Set(everything ? [] : LOCKABLE) })}
					>
						<LockIcon open={!everything} />
						{share.allLocked}
					</button>
				</div>
			</Group>
			<Group title={share.opensAt}>
				<Segmented
					label={share.opensAt}
					options={(["stage", "start"] as const).map((value) => ({ value, text: share.places[value] }))}
					value={opensAt}
					onChoose={(value) => onChange({ opensAt: value })}
				/>
			</Group>
			<Group title={share.range}>
				<Segmented
					label={share.range}
					options={(["all", "iteration", "phase"] as const).map((value) => ({ value, text: share.ranges[value] }))}
					value={choices.range}
					onChoose={(value) => onChange({ range: value })}
				/>
			</Group>
			<Group title={share.size}>
				<Segmented
					label={share.size}
					options={LAYOUTS.map((value) => ({ value, text: share.layouts[value] }))}
					value={layout}
					onChoose={(value) => onChange({ layout: value, hidden: usuallyHidden(value) })}
				/>
				<div className={styles.pixels}>
					<Pixels label={share.width} value={choices.width} onChange={(width) => onChange({ width })} />×
					<Pixels label={share.height} value={choices.height} onChange={(height) => onChange({ height })} />
					<span>{share.pixels}</span>
				</div>
			</Group>
			<Group title={app.theme}>
				<Segmented
					label={app.theme}
					options={[...THEMES, "print" as const].map((value) => ({ value, text: share.themes[value] }))}
					value={theme}
					onChoose={(value) => onChange({ theme: value })}
				/>
			</Group>
			<Group title={app.language}>
				<Segmented
					label={app.language}
					options={[
						{ value: READER, text: share.reader },
						...languages.map(({ id, name }) => ({ value: id, text: name })),
					]}
					value={language ?? READER}
					onChoose={(value) => onChange({ language: languages.find(({ id }) => id === value)?.id ?? null })}
				/>
			</Group>
			<Group title={app.notation}>
				<Segmented
					label={app.notation}
					options={NOTATIONS.map((value) => ({ value, text: app.notations[value] }))}
					value={notation}
					onChoose={(value) => onChange({ notation: value })}
				/>
			</Group>
		</div>
	);
}

/** A part that can be hidden has its name in the catalogue. */
function partName(parts: Readonly<Record<string, string>>, part: string): string {
	return parts[part] ?? part;
}

function Group({
	title,
	note,
	children,
}: {
	readonly title: string;
	readonly note?: string;
	readonly children: ReactNode;
}) {
	return (
		<section className={styles.group}>
			<h3>{title}</h3>
			{children}
			{note !== undefined && <p>{note}</p>}
		</section>
	);
}

interface PixelsProps {
	readonly label: string;
	readonly value: number;
	readonly onChange: (value: number) => void;
}

/** What is typed is taken when it is a size; until then the former one holds. */
function Pixels({ label, value, onChange }: PixelsProps) {
	return (
		<input
			aria-label={label}
			type="number"
			min={SMALLEST}
			max={LARGEST}
			step={10}
			defaultValue={value}
			onChange={(event) => {
				const typed = Math.round(event.target.valueAsNumber);
				if (typed >= SMALLEST && typed <= LARGEST) onChange(typed);
			}}
		/>
	);
}
