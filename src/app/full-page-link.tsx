import { useState } from "react";
import { useText } from "../store/hooks.ts";
import styles from "./compact.module.css";
import { copyText } from "./copy-text.ts";
import { LeaveIcon } from "./icons.tsx";
import { usePage } from "./page-store.ts";

/** Where the whole page lies, as the embed's file says; beside it where it says nothing. */
function fullPage(): URL {
	const written = document.querySelector<HTMLMetaElement>("meta[name='deltascope-page']")?.content ?? "./";
	return new URL(written, document.baseURI);
}

/** The whole page in a state, or as it began. */
export function fullPageAddress(state: string | null): string {
	const url = fullPage();
	url.search = globalThis.location.search;
	url.searchParams.delete("ui");
	if (state !== null) url.hash = `s=${state}`;
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
				onClick={() => void copyText(href).then(setCopied)}
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
