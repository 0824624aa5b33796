import { useStore } from "zustand";
import { useText } from "../../store/hooks.ts";
import { usePage } from "../page-store.ts";
import styles from "./debug.module.css";
import { talkStore, type Way } from "./talk.ts";

/** The messages to and from the page around, newest first. */
export function TalkReport() {
	const { debug } = useText().app;
	const { framed } = usePage((page) => page.setup);
	const said = useStore(talkStore, (talk) => talk.said);
	const ways: Readonly<Record<Way, string>> = { in: debug.in, out: debug.out, "not-heard": debug.notHeard };
	return (
		<section>
			<h2>{debug.messages}</h2>
			{said.length === 0 ? (
				<p>{framed ? debug.silent : debug.unframed}</p>
			) : (
				<table>
					<thead>
						<tr>
							<th scope="col">{debug.after}</th>
							<th scope="col">{debug.way}</th>
							<th scope="col">{debug.content}</th>
						</tr>
					</thead>
					<tbody>
						{said.toReversed().map(({ number, at, way, type, content }) => (
							<tr key={number}>
								<td>{debug.seconds((at / 1000).toFixed(1))}</td>
								<td>{ways[way]}</td>
								<td className={styles.code}>
									<b>{type}</b> {content}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
		</section>
	);
}
