import { useState } from "react";
import { useText, useView } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Steps } from "./steps.tsx";
import { ValueTable } from "./table.tsx";
import styles from "./tables.module.css";
import { layerTables, lossTable, parameterTables, solverTable } from "./value-tables.ts";

const SECTIONS = ["iteration", "values", "parameters", "loss", "solver"] as const;
type Section = (typeof SECTIONS)[number];

/** The picture's text twin: everything that it shows, as tables. */
export default function Tables() {
	const view = useView();
	const texts = useText().tables;
	const [section, setSection] = useState<Section>("iteration");
	if (view === null) return null;
	return (
		<div className={styles.page} data-panel="tables">
			<div className={styles.bar}>
				<h2>{texts.title}</h2>
				{/* biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of form fields */}
				<div className={`segmented ${styles.sections}`} role="group" aria-label={texts.sections}>
					{SECTIONS.map((id) => (
						<button key={id} type="button" aria-pressed={id === section} onClick={() => setSection(id)}>
							{texts[id]}
						</button>
					))}
				</div>
			</div>
			<div className={section === "iteration" ? styles.single : styles.list}>
				<SectionTables view={view} section={section} />
			</div>
		</div>
	);
}

function SectionTables({ view, section }: { readonly view: View; readonly section: Section }) {
	const texts = useText().tables;
	switch (section) {
		case "iteration":
			return <Steps view={view} />;
		case "values":
			return layerTables(view, texts).map((table) => <ValueTable key={table.id} table={table} />);
		case "parameters":
			return parameterTables(view, texts).map((table) => <ValueTable key={table.id} table={table} />);
		case "loss":
			return <ValueTable table={lossTable(view, texts)} />;
		case "solver":
			return <ValueTable table={solverTable(view, texts)} />;
	}
}
