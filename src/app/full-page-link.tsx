import { useState } from "react";
import { useText } from "../store/hooks.ts";
import styles from "./compact.module.css";
import { copyText } from "./copy-text.ts";
import { LeaveIcon } from "./icons.tsx";
import { usePage } from "./page-store.ts";
import { settingsIn } from "./written-settings.ts";

const said = (name: "page" | "preset") =>
	document.querySelector<HTMLMetaElement>(`meta[name='deltascope-${name}']`)?.content;

/** The whole page in a state, or as it began. */
export function fullPageAddress(state: string | null): string {
	// Where it lies the embed's file says; beside it where it says nothing.
	const url = new URL(said("page") ?? "./", document.baseURI);
	const { location } = globalThis;
	const written = settingsIn(document);
	const preset = said("preset");
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
