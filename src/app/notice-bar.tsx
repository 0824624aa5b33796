import { useText } from "../store/hooks.ts";
import styles from "./app.module.css";
import { noticeText } from "./notice.ts";
import { pageStore, usePage } from "./page-store.ts";

/** What of the link was not taken, until it is dismissed. */
export function NoticeBar() {
	const text = useText();
	const notices = usePage((page) => page.notices);
	if (notices.length === 0) return null;
	const { title, dismiss } = text.app.notices;
	return (
		<div role="status" className={styles.notices}>
			<div>
				<b>{title}</b>
				<ul>
					{notices.map((notice) => (
						<li key={`${notice.where} ${notice.code}`}>{noticeText(text, notice)}</li>
					))}
				</ul>
			</div>
			<button type="button" className="button" onClick={() => pageStore.setState({ notices: [] })}>
				{dismiss}
			</button>
		</div>
	);
}
