import { inPlaceWarnings } from "../../engine/in-place-warnings.ts";
import type { NetLayer } from "../../engine/net.ts";
import { formatNumber } from "../../explain/number-text.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import type { Group, Structure } from "../../timeline/structure.ts";
import { parameterSymbol } from "../timeline/names.ts";
import styles from "./editor.module.css";

/** What is unusual about the layers of a group: in-place use that spoils a gradient, dropout, sharing, parameters that stay. */
function useRemarks(structure: Structure, group: Group): readonly { readonly text: string; readonly warns: boolean }[] {
	const { editor, common } = useText();
	const notation = useSettings((page) => page.notation);
	const said = editor.net.remarks;
	const { net } = structure;
	const warnings = inPlaceWarnings(net);

	function about({ name, type, parameters, run }: NetLayer): readonly string[] {
		const ratio = run.settings.dropout_ratio;
		const shared = parameters.flatMap(({ learnable }) => {
			const { name: called, users } = net.learnable[learnable];
			const others = users.filter(({ layer }) => layer !== name).map(({ layer }) => layer);
			return others.length === 0 ? [] : [said.shared(called, others)];
		});
		const fixed = net.learnable
			.filter(({ layer, lrMult, movedByLayer }) => layer === name && lrMult === 0 && !movedByLayer)
			.map(({ layer, slot }) => parameterSymbol(structure, layer, slot, notation));
		return [
			...(type === "Dropout" && typeof ratio === "number" ? [said.dropout(name, formatNumber(ratio))] : []),
			...shared,
			...(fixed.length === 0 ? [] : [said.fixed(fixed)]),
		];
	}

	return [group.head, ...group.elementwise].flatMap((layer) => [
		...warnings
			.filter((warning) => warning.layer === layer.name)
			.map(({ reason, reader }) => ({ text: common.inPlace[reason](layer.name, reader), warns: true })),
		...about(layer).map((text) => ({ text, warns: false })),
	]);
}

/** A row below a layer's own with what is unusual about it; none where nothing is. */
export function RemarksRow({ structure, group }: { readonly structure: Structure; readonly group: Group }) {
	const remarks = useRemarks(structure, group);
	if (remarks.length === 0) return null;
	return (
		<tr>
			<td colSpan={4} className={styles.remarks}>
				<ul>
					{remarks.map(({ text, warns }) => (
						<li key={text} className={warns ? styles.refusal : styles.note}>
							{text}
						</li>
					))}
				</ul>
			</td>
		</tr>
	);
}
