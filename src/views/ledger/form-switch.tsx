import { useSettings, useText } from "../../store/hooks.ts";
import { changeSettings } from "../../store/settings.ts";
import styles from "./ledger.module.css";

/** One number's formula, or that of the layer's matrices. */
export function FormSwitch({ hasMatrix }: { readonly hasMatrix: boolean }) {
	const { ledger } = useText();
	const form = useSettings((settings) => settings.form);
	const choices = [
		{ id: "scalar", sign: <MathSign subscript />, name: ledger.scalarForm },
		{ id: "matrix", sign: <MathSign />, name: ledger.matrixForm },
	] as const;
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in a line
		<div role="group" aria-label={ledger.form} className={`segmented ${styles.forms}`}>
			{choices.map(({ id, sign, name }) => (
				<button
					key={id}
					type="button"
					aria-pressed={form === id}
					aria-label={name}
					title={name}
					aria-disabled={id === "matrix" && !hasMatrix && form !== "matrix"}
					onClick={() => void changeSettings({ form: id })}
				>
					{sign}
				</button>
			))}
		</div>
	);
}

function MathSign({ subscript = false }: { readonly subscript?: boolean }) {
	return (
		<math aria-hidden="true">
			{subscript ? (
				<msub>
					<mi>W</mi>
					<mtext>ij</mtext>
				</msub>
			) : (
				<mi>W</mi>
			)}
		</math>
	);
}
