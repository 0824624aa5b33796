import type { MatrixCell } from "../../explain/matrix-form.ts";
import { useText } from "../../store/hooks.ts";
import styles from "./ledger.module.css";
import { MathView } from "./math.tsx";

/** The formula of a whole layer, with the shape of each matrix below it. */
export function MatrixFormula({ cells }: { readonly cells: readonly MatrixCell[] }) {
	const { ledger } = useText();
	return (
		<>
			{/* biome-ignore lint/a11y/useSemanticElements: a formula is no field of a form */}
			<div role="group" aria-label={ledger.matrixForm} className={styles.matrix} data-matrix-form>
				{cells.map(({ node, shape }, place) => (
					<span
						// biome-ignore lint/suspicious/noArrayIndexKey: a formula's cells stand in a fixed order
						key={place}
						className={styles.matrixCell}
					>
						<MathView node={node} />
						<small>{shape}</small>
					</span>
				))}
			</div>
			<p className={styles.note}>{ledger.matrixNote}</p>
		</>
	);
}
