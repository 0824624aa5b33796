import { useEffect, useRef, useState } from "react";
import type { LanguageId } from "../i18n/languages.ts";
import { useText } from "../store/hooks.ts";
import { copyText } from "./copy-text.ts";
import styles from "./export/export.module.css";
import { type FormatId, formats, type GroupId, type Made } from "./export/formats.ts";
import { PICTURE_THEMES, type PictureTheme } from "./export/picture.ts";
import { useWish } from "./export/use-wish.ts";
import { Segmented } from "./segmented.tsx";
import { saveFile } from "./share/save-file.ts";

const GROUPS: readonly GroupId[] = ["code", "formula", "iteration", "weights", "picture"];

/** How far a file is that takes its time. */
interface Far {
	readonly done: number;
	readonly of: number;
}

type Outcome =
	| { readonly kind: "working"; readonly far: Far | null }
	| { readonly kind: "stopped" }
	| { readonly kind: "copied" | "saved"; readonly made: Made }
	| { readonly kind: "by-hand"; readonly made: Made; readonly text: string }
	| { readonly kind: "failed"; readonly message: string };

/** Everything that can be taken along of the iteration where one stands. */
export default function ExportDialog() {
	const text = useText();
	const [theme, setTheme] = useState<PictureTheme>("light");
	const wish = useWish(theme);
	const [outcome, setOutcome] = useState<{ readonly id: FormatId; readonly outcome: Outcome } | null>(null);
	const running = useRef<AbortController | null>(null);
	useEffect(() => () => running.current?.abort(), []);
	const texts = text.exporting;
	if (wish === null) return <p>{texts.notOpened}</p>;

	async function make(id: FormatId, how: "copy" | "save"): Promise<void> {
		const chosen = formats.find((candidate) => candidate.id === id);
		if (chosen === undefined || wish === null) return;
		running.current?.abort();
		const controller = new AbortController();
		const { signal } = controller;
		running.current = controller;
		const tell = (next: Outcome) => {
			if (running.current === controller) setOutcome({ id, outcome: next });
		};
		tell({ kind: "working", far: null });
		try {
			const made = await chosen.make(wish, {
				signal,
				progress: (done, of) => tell({ kind: "working", far: { done, of } }),
			});
			const copied = how === "copy" ? await made.text?.() : undefined;
			if (copied === undefined) {
				saveFile(made.name, made.type, made.content);
				tell({ kind: "saved", made });
			} else if (await copyText(copied)) tell({ kind: "copied", made });
			else tell({ kind: "by-hand", made, text: copied });
		} catch (error) {
			if (signal.aborted) tell({ kind: "stopped" });
			else tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
		}
	}

	return (
		<div className={styles.page} data-dialog="export">
			<p className={styles.intro}>{texts.intro(wish.title, String(wish.view.cursor.iteration))}</p>
			{GROUPS.map((group) => (
				<section key={group} className={styles.group}>
					<h3>{texts.groups[group]}</h3>
					{group === "picture" && (
						<div className={styles.theme}>
							<span>{texts.theme}</span>
							<Segmented
								label={texts.theme}
								options={PICTURE_THEMES.map((value) => ({ value, text: texts.themes[value] }))}
								value={theme}
								onChoose={setTheme}
							/>
						</div>
					)}
					{formats
						.filter((candidate) => candidate.group === group)
						.map(({ id, isText }) => (
							<div key={id} className={styles.row} data-format={id}>
								<div>
									<b>{texts.formats[id].name}</b>
									<p>{texts.formats[id].hint}</p>
								</div>
								<div className={styles.buttons}>
									{isText && (
										<button
											type="button"
											className="button"
											aria-label={texts.copyOf(texts.formats[id].name)}
											onClick={() => void make(id, "copy")}
										>
											{texts.copy}
										</button>
									)}
									<button
										type="button"
										className="button"
										aria-label={texts.downloadOf(texts.formats[id].name)}
										onClick={() => void make(id, "save")}
									>
										{texts.download}
									</button>
								</div>
								<div role="status" className={styles.outcome}>
									{outcome?.id === id && <Told outcome={outcome.outcome} />}
								</div>
								{outcome?.id === id && outcome.outcome.kind === "working" && outcome.outcome.far !== null && (
									<Progress
										far={outcome.outcome.far}
										language={wish.language}
										onStop={() => running.current?.abort()}
									/>
								)}
							</div>
						))}
				</section>
			))}
			<section className={styles.group}>
				<div className={styles.row}>
					<div>
						<b>{texts.print}</b>
						<p>{texts.printHint}</p>
					</div>
					<div className={styles.buttons}>
						<button type="button" className="button" onClick={() => globalThis.print()}>
							{texts.print}
						</button>
					</div>
				</div>
			</section>
		</div>
	);
}

/** How much of a file is done, and the way out of it. */
function Progress({
	far: { done, of },
	language,
	onStop,
}: {
	readonly far: Far;
	readonly language: LanguageId;
	readonly onStop: () => void;
}) {
	const texts = useText().exporting;
	return (
		<div className={styles.progress}>
			<progress aria-label={texts.working} value={done} max={of} />
			<span>{texts.far(done.toLocaleString(language), of.toLocaleString(language))}</span>
			<button type="button" className="button" onClick={onStop}>
				{texts.stop}
			</button>
		</div>
	);
}

/** What became of a wish, and what a reader should know of the file. */
function Told({ outcome }: { readonly outcome: Outcome }) {
	const texts = useText().exporting;
	switch (outcome.kind) {
		case "working":
			return texts.working;
		case "stopped":
			return texts.stopped;
		case "failed":
			return `${texts.failed} ${outcome.message}`;
		case "by-hand":
			return (
				<label>
					{texts.copyByHand}
					<textarea
						readOnly
						rows={6}
						value={outcome.text}
						ref={(field) => {
							field?.select();
						}}
					/>
				</label>
			);
		default:
			return [outcome.kind === "copied" ? texts.copied : texts.saved(outcome.made.name), ...outcome.made.notes].join(
				" ",
			);
	}
}
