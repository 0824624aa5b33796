import { useText } from "../../store/hooks.ts";

/** Leads to where the settings are changed, if that part of the page is there. */
export function SettingPlace() {
	const { ledger } = useText();
	return (
		<p>
			<button type="button" className="button" onClick={() => document.getElementById("tab-editor")?.click()}>
				{ledger.openSettings}
			</button>
		</p>
	);
}
