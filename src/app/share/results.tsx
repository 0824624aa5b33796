import { useId, useRef, useState } from "react";
import { formatNumber } from "../../explain/number-text.ts";
import { useText } from "../../store/hooks.ts";
import { sessionStore } from "../../store/session.ts";
import { focusInPlace } from "../../views/marks/focus-in-place.ts";
import { copyText } from "../copy-text.ts";
import { CopyIcon, SaveIcon } from "../icons.tsx";
import { currentState } from "../link-state.ts";
import { Segmented } from "../segmented.tsx";
import { judgeLength, LONGEST_LINK, SAFE_LENGTH } from "./address.ts";
import { configuredCopy } from "./configured-copy.ts";
import { pageAddress } from "./embed-page.ts";
import { PictureButton } from "./picture-button.tsx";
import { LONGEST_CODE, QrCode } from "./qr-code.tsx";
import { saveFile } from "./save-file.ts";
import styles from "./share.module.css";
import { type Shared, SNIPPETS, type SnippetId, snippetOf } from "./snippets.ts";

interface ResultsProps {
	readonly shared: Shared;
	/** The embed page's text, of which a configured copy is made; null where there is none. */
	readonly page: string | null;
	/** The theme that was chosen. */
	readonly theme: string;
}

/** What comes out: texts to paste, the code, files. */
export function Results({ shared, page, theme }: ResultsProps) {
	const { share } = useText();
	const [id, setId] = useState<SnippetId>("link");
	const length = Math.max(shared.link.length, shared.embed.length);
	const judgement = judgeLength(length);
	return (
		<>
			{judgement !== "refused" && (
				<section className={styles.snippets}>
					<Segmented
						label={share.kinds}
						className={styles.kinds}
						options={SNIPPETS.map((value) => ({ value, text: share.snippets[value] }))}
						value={id}
						onChoose={setId}
					/>
					<Snippet key={id} label={share.snippets[id]} text={snippetOf(id, shared)} />
				</section>
			)}
			<div className={styles.below}>
				<div className={styles.facts}>
					<Length length={length} />
					<Files shared={shared} page={page} theme={theme} />
				</div>
				{judgement !== "refused" && (
					<div className={styles.phone}>
						{shared.link.length <= LONGEST_CODE ? (
							<>
								<QrCode text={shared.link} label={share.code} />
								<span>{share.forPhones}</span>
							</>
						) : (
							<span>{share.noCode}</span>
						)}
					</div>
				)}
			</div>
		</>
	);
}

function Snippet({ label, text }: { readonly label: string; readonly text: string }) {
	const { share } = useText();
	const field = useRef<HTMLTextAreaElement>(null);
	const [copied, setCopied] = useState<{ readonly text: string; readonly done: boolean } | null>(null);
	const current = copied?.text === text ? copied.done : null;
	async function copy() {
		const done = await copyText(text);
		setCopied({ text, done });
		if (done) return;
		focusInPlace(field.current);
		field.current?.select();
	}
	return (
		<div className={styles.snippet}>
			<textarea
				ref={field}
				readOnly
				spellCheck={false}
				aria-label={label}
				rows={Math.min(8, Math.max(3, text.split("\n").length + Math.ceil(text.length / 90) - 1))}
				value={text}
			/>
			<button type="button" className="button" data-variant="primary" onClick={() => void copy()}>
				<CopyIcon />
				{current === true ? share.copied : share.copy}
			</button>
			<p role="status">{current === false && share.byHand}</p>
		</div>
	);
}

/** The bar ends where a link ends to be safe, and a little beyond. */
const BAR = (SAFE_LENGTH * 4) / 3;

function Length({ length }: { readonly length: number }) {
	const { share } = useText();
	const judgement = judgeLength(length);
	const told = {
		fine: share.fine(formatNumber(SAFE_LENGTH)),
		long: share.long,
		refused: share.refused(formatNumber(LONGEST_LINK)),
	};
	return (
		<div>
			<h3>{share.length(formatNumber(length))}</h3>
			<div className={styles.length}>
				<i style={{ width: `${Math.min(1, length / BAR) * 100}%` }} />
			</div>
			<p className={styles.judged} data-judgement={judgement}>
				{told[judgement]}
			</p>
		</div>
	);
}

function Files({ shared, page, theme }: ResultsProps) {
	const { share } = useText();
	const id = useId();
	const name = () => `deltascope-${sessionStore.getState().run?.experiment.preset ?? "experiment"}`;
	async function saveExperiment() {
		const state = await currentState(true);
		if (state !== null) saveFile(`${name()}.json`, "application/json", JSON.stringify(state, null, "\t"));
	}
	return (
		<div className={styles.files}>
			<button
				type="button"
				className="button"
				data-variant="primary"
				aria-disabled={page === null}
				aria-describedby={page === null ? id : undefined}
				onClick={() => {
					if (page === null) return;
					saveFile(`${name()}.html`, "text/html", configuredCopy(page, { ...shared, home: pageAddress() }));
				}}
			>
				<SaveIcon />
				{share.saveCopy}
			</button>
			<PictureButton theme={theme} />
			<button type="button" className="button" onClick={() => void saveExperiment()}>
				{share.saveExperiment}
			</button>
			{page === null && <p id={id}>{share.noCopyFile}</p>}
		</div>
	);
}
