import { isParameterKey, parameterKeys } from "../../formats/link/parameters.ts";
import { readParameters } from "../../formats/link/read-parameters.ts";
import { useText } from "../../store/hooks.ts";
import { noticeText } from "../notice.ts";
import styles from "./debug.module.css";

const LONGEST_VALUE = 60;

/** Each key of the link, as it stands there, and what became of it. */
export function SettingsReport({ query }: { readonly query: string }) {
	const text = useText();
	const { debug } = text.app;
	const { notices } = readParameters(query);
	const given = [...new URLSearchParams(query)];
	const own = new Set(given.map(([key]) => key).filter(isParameterKey));
	const outcomeOf = (key: string) => {
		if (!isParameterKey(key)) return debug.foreign;
		const notice = notices.find(({ where }) => where === key);
		return notice === undefined ? debug.taken : noticeText(text, notice);
	};
	return (
		<section>
			<h2>{debug.settings}</h2>
			<table>
				<thead>
					<tr>
						<th scope="col">{debug.setting}</th>
						<th scope="col">{debug.given}</th>
						<th scope="col">{debug.outcome}</th>
					</tr>
				</thead>
				<tbody>
					{given.map(([key, value], place) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: a key may stand there twice, and nothing moves
						<tr key={place}>
							<th scope="row">{key.slice(0, LONGEST_VALUE)}</th>
							<td className={styles.code}>{value.slice(0, LONGEST_VALUE)}</td>
							<td>{outcomeOf(key)}</td>
						</tr>
					))}
				</tbody>
			</table>
			<p>{debug.defaults(String(parameterKeys.length - own.size))}</p>
		</section>
	);
}
