import { LinkCard } from "./link-card.tsx";
import { NoticeBar } from "./notice-bar.tsx";

/** What has to be said about the link, the last edit or the page itself. */
export function Told() {
	return (
		<>
			<NoticeBar />
			<LinkCard />
		</>
	);
}
