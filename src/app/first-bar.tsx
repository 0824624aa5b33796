import { useSession, useText } from "../store/hooks.ts";
import { ProductMark } from "./first-icons.tsx";
import { experimentTitle, presetTexts } from "./preset-texts.ts";
import styles from "./top-bar.module.css";

/** The product's name, as the page's heading. */
export function Brand() {
	const { common } = useText();
	return (
		<h1 id="title" className={styles.brand}>
			<ProductMark />
			<span className={styles.brandName}>{common.productName}</span>
		</h1>
	);
}

/** The bar while its menus are on their way: what it is and what is shown, where they will stand. */
export function FirstBar() {
	const text = useText();
	const experiment = useSession(({ run }) => run?.experiment ?? null);
	return (
		<header className={styles.bar} aria-busy="true">
			<Brand />
			<span className={styles.rule} />
			<span className={styles.experiment}>
				<b>{experiment === null ? text.app.loading : experimentTitle(text, experiment)}</b>
				{experiment !== null && experiment.name === undefined && (
					<span>{presetTexts(text, experiment.preset).subtitle}</span>
				)}
			</span>
		</header>
	);
}
