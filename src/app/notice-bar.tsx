import { useState } from "react";
import type { EngineProblem } from "../engine/problem.ts";
import { useSession, useText } from "../store/hooks.ts";
import { sessionStore } from "../store/session.ts";
import { noticeText } from "./notice.ts";
import { pageStore, usePage } from "./page-store.ts";
import styles from "./shell.module.css";
import { useTold } from "./use-told.ts";

/** What of the link was not taken, or why the last edit was refused, until it is dismissed. */
export function NoticeBar() {
	const text = useText();
	const notices = usePage((page) => page.notices);
	const problem = useSession((state) => state.problem);
	const { title, dismiss } = text.app.notices;
	const newVersion = usePage((page) => page.newVersion);
	if (problem !== null) return <Refusal problem={problem} />;
	const unfetched = notices.find(({ code }) => code === "unfetched");
	if (notices.length === 0) return newVersion === null ? null : <NewVersion onUse={newVersion} />;
	return (
		<div role="status" className={styles.notices}>
			<div>
				<b>{unfetched === undefined ? title : text.app.notices.incomplete}</b>
				<ul>
					{notices.map((notice) => (
						<li key={`${notice.where} ${notice.code}`}>{noticeText(text, notice)}</li>
					))}
				</ul>
			</div>
			{unfetched?.code === "unfetched" && <Retry retry={unfetched.retry} />}
			<button type="button" className="button" onClick={() => pageStore.setState({ notices: [] })}>
				{dismiss}
			</button>
		</div>
	);
}

function Retry({ retry }: { readonly retry: () => Promise<void> }) {
	const { again } = useText().app.notices;
	const [waiting, setWaiting] = useState(false);
	return (
		<button
			type="button"
			className="button"
			data-variant="primary"
			aria-disabled={waiting}
			onClick={() => {
				if (waiting) return;
				setWaiting(true);
				void retry().finally(() => setWaiting(false));
			}}
		>
			{again}
		</button>
	);
}

function NewVersion({ onUse }: { readonly onUse: () => void }) {
	const { notices } = useText().app;
	return (
		<div role="status" className={styles.notices}>
			<div>{notices.newVersion}</div>
			<button type="button" className="button" data-variant="primary" onClick={onUse}>
				{notices.useNow}
			</button>
			<button type="button" className="button" onClick={() => pageStore.setState({ newVersion: null })}>
				{notices.later}
			</button>
		</div>
	);
}

function Refusal({ problem }: { readonly problem: EngineProblem }) {
	const { dismiss } = useText().app.notices;
	return (
		<div role="alert" className={styles.notices}>
			<div>{useTold(null, problem)}</div>
			<button type="button" className="button" onClick={() => sessionStore.setState({ problem: null })}>
				{dismiss}
			</button>
		</div>
	);
}
