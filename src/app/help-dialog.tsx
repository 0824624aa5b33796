import { useSettings, useText } from "../store/hooks.ts";
import { type Action, actions } from "./actions-list.ts";
import styles from "./dialogs.module.css";
import { capsOf } from "./key-caps.ts";

const GROUPS = ["steps", "view", "edit"] as const;
const isMac = () => /mac/i.test(navigator.platform);

/** All keys, from the list that the page itself listens by. */
export function HelpDialog() {
	const { app } = useText();
	const letters = useSettings((settings) => settings.letterKeys);
	const { helpDialog } = app;
	return (
		<div className={styles.help}>
			{!letters && <p>{helpDialog.letters}</p>}
			{GROUPS.map((group) => (
				<section key={group}>
					<h3>{helpDialog.groups[group]}</h3>
					<dl>
						{actions
							.filter((action) => action.group === group && (letters || !action.letter))
							.map((action) => (
								<Row key={action.id} action={action} />
							))}
					</dl>
				</section>
			))}
			<section>
				<h3>{helpDialog.focusTitle}</h3>
				<dl>
					<div>
						<dt>
							<kbd>Enter</kbd>
						</dt>
						<dd>{helpDialog.focus.enter}</dd>
					</div>
					<div>
						<dt>
							<kbd>←</kbd> <kbd>→</kbd> <kbd>↑</kbd> <kbd>↓</kbd>
						</dt>
						<dd>{helpDialog.focus.network}</dd>
					</div>
					<div>
						<dt>
							<kbd>←</kbd> <kbd>→</kbd> <kbd>B</kbd>
						</dt>
						<dd>{helpDialog.focus.timeline}</dd>
					</div>
				</dl>
			</section>
		</div>
	);
}

function Row({ action }: { readonly action: Action }) {
	const { app } = useText();
	return (
		<div>
			<dt>
				{action.keys.map((key, index) => (
					<span key={key}>
						{index > 0 && <i>{app.keyNames.or}</i>}
						{capsOf(key, app.keyNames.space, isMac()).map((cap) => (
							<kbd key={cap}>{cap}</kbd>
						))}
					</span>
				))}
			</dt>
			<dd>{app.actions[action.id]}</dd>
		</div>
	);
}
