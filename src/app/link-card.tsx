import { useState } from "react";
import { useText } from "../store/hooks.ts";
import { copyText } from "./copy-text.ts";
import { replaceFragment } from "./follow-link.ts";
import { pageStore, usePage } from "./page-store.ts";
import styles from "./shell.module.css";
import { useTold } from "./use-told.ts";

/** Why a link's state was not opened, over the preset that is shown instead. */
export function LinkCard() {
	const problem = usePage((page) => page.linkProblem);
	return problem === null ? null : <Card problem={problem} />;
}

function Card({ problem }: { readonly problem: unknown }) {
	const { linkCard } = useText().app;
	const told = useTold(problem);
	const [copied, setCopied] = useState<boolean | null>(null);
	const details = `${told}\n${globalThis.location.href}`;
	return (
		<div role="alert" className={styles.notices}>
			<div>
				<b>{linkCard.title}</b>
				<p>{linkCard.behind}</p>
				<p>{told}</p>
				{copied === false && <textarea readOnly rows={3} aria-label={linkCard.copyByHand} value={details} />}
			</div>
			<button type="button" className="button" onClick={() => void copyText(details).then(setCopied)}>
				{copied ? linkCard.copied : linkCard.copy}
			</button>
			<button
				type="button"
				className="button"
				onClick={() => {
					pageStore.setState({ linkProblem: null });
					if (!pageStore.getState().setup.framed) replaceFragment("");
				}}
			>
				{linkCard.start}
			</button>
		</div>
	);
}
