import { useState } from "react";
import { useText } from "../store/hooks.ts";
import styles from "./compact.module.css";
import { copyText } from "./copy-text.ts";
import { LeaveIcon } from "./icons.tsx";
import { usePage } from "./page-store.ts";
import { said } from "./said.ts";
import { tellAround } from "./told-around.ts";
import { settingsIn } from "./written-settings.ts";

/** The whole page as one file, for those who have no network or no host. */
const FULL = "deltascope-full.html";

/**
 * Where the whole page lies. From a file nothing but a file can be opened: the one that lies among the others, or beside
 * a copy that was saved by itself and cannot reach its host now.
 */
function wholePage(): URL {
	const home = said(document, "page") ?? "./";
	const url = new URL(home, document.baseURI);
	if (url.protocol === "file:") return new URL(`v1/${FULL}`, url);
	const stranded = globalThis.location.protocol === "file:" && !globalThis.navigator.onLine;
	return stranded ? new URL(FULL, document.baseURI) : url;
}

/** The whole page in a state, or as it began. */
export function fullPageAddress(state: string | null): string {
	const url = wholePage();
	const { location } = globalThis;
	const written = settingsIn(document);
	const preset = said(document, "preset");
	url.search = location.search || written.query;
	url.searchParams.delete("ui");
	// A preset's own file has its name in the path alone.
	if (preset !== undefined && !url.searchParams.has("preset")) url.searchParams.set("preset", preset);
	url.hash = state === null ? location.hash || written.fragment : `s=${state}`;
	return url.href;
}

/** A real link; where the author wants none followed, its address to copy. */
export function FullPageLink() {
	const { app, common } = useText();
	const { links, hidden } = usePage((page) => page.setup);
	const href = fullPageAddress(usePage((page) => page.link));
	const [copied, setCopied] = useState(false);
	if (hidden.has("link")) return null;
	if (!links) {
		return (
			<button
				type="button"
				className={styles.item}
				onClick={() => {
					tellAround({ type: "open", href });
					void copyText(href).then(setCopied);
				}}
				onBlur={() => setCopied(false)}
			>
				{copied ? app.linkCard.copied : app.copyLink}
			</button>
		);
	}
	return (
		<a className={styles.item} href={href} target="_blank" rel="noopener" aria-label={app.openFull}>
			<span>{common.productName}</span>
			<LeaveIcon />
		</a>
	);
}
