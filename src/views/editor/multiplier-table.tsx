import { applyEdit } from "../../store/edits.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import { type Multiplier, withMultiplier } from "../../store/solver-edits.ts";
import type { Structure } from "../../timeline/structure.ts";
import { isBias } from "../../timeline/structure.ts";
import { parameterSymbol } from "../timeline/names.ts";
import { Check } from "./controls.tsx";
import styles from "./editor.module.css";
import { NumberField } from "./number-field.tsx";

const MULTIPLIERS: readonly Multiplier[] = ["lrMult", "decayMult"];
const NAMES: Readonly<Record<Multiplier, string>> = { lrMult: "lr_mult", decayMult: "decay_mult" };

/** What multiplies rate and decay for each parameter; the usual questions about biases as two checks. */
export function MultiplierTable({ structure }: { readonly structure: Structure }) {
	const { editor } = useText();
	const texts = editor.solver;
	const notation = useSettings((page) => page.notation);
	const { learnable } = structure.net;
	const biases = learnable.filter(({ layer, slot }) => isBias(structure, layer, slot));
	const forBiases = (multiplier: Multiplier, on: boolean) =>
		applyEdit((experiment) =>
			withMultiplier(
				experiment,
				biases.flatMap(({ users }) => users),
				multiplier,
				on ? 1 : 0,
			),
		);
	return (
		<>
			{biases.length > 0 && (
				<div className={styles.row}>
					<Check
						label={texts.biasesUpdated}
						checked={biases.some(({ lrMult }) => lrMult !== 0)}
						onChange={(on) => forBiases("lrMult", on)}
					/>
					<Check
						label={texts.biasesDecay}
						checked={biases.some(({ decayMult }) => decayMult !== 0)}
						onChange={(on) => forBiases("decayMult", on)}
					/>
				</div>
			)}
			<details>
				<summary className={styles.summary}>{texts.multipliers}</summary>
				<table className={styles.table}>
					<thead>
						<tr>
							<th scope="col">{texts.parameter}</th>
							{MULTIPLIERS.map((multiplier) => (
								<th key={multiplier} scope="col">
									{NAMES[multiplier]}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{learnable.map((parameter) => {
							const name = parameterSymbol(structure, parameter.layer, parameter.slot, notation);
							return (
								<tr key={parameter.index}>
									<th scope="row">{name}</th>
									{MULTIPLIERS.map((multiplier) => (
										<td key={multiplier}>
											<NumberField
												bare
												label={texts.multiplierOf(NAMES[multiplier], name)}
												value={parameter[multiplier]}
												onCommit={(value) =>
													applyEdit((experiment) => withMultiplier(experiment, parameter.users, multiplier, value))
												}
											/>
										</td>
									))}
								</tr>
							);
						})}
					</tbody>
				</table>
			</details>
		</>
	);
}
