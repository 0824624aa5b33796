import { useMemo } from "react";
import { useText } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Legend, type LegendEntry } from "../marks/legend.tsx";
import type { SceneName, Scenes } from "../marks/scene.ts";
import { legendEntries } from "./legend-entries.ts";
import styles from "./parts.module.css";
import type { StageScene } from "./scene-of.ts";
import { useScene } from "./use-scene.ts";

interface SceneLegendProps {
	readonly scenes: Scenes;
	readonly scene: StageScene;
	readonly view: View;
	/** A button that opens it, where it has no room of its own. */
	readonly folded: boolean;
}

/** What the marks of this stage mean. */
export function SceneLegend({ scene, ...props }: SceneLegendProps) {
	if (scene.scene !== null) return <ModuleLegend {...props} name={scene.scene} failed={scene.failed} />;
	return <LegendStrip entries={legendEntries(props.view, scene)} folded={props.folded} />;
}

interface ModuleLegendProps extends Omit<SceneLegendProps, "scene"> {
	readonly name: SceneName;
	readonly failed: boolean;
}

function ModuleLegend({ scenes, name, view, folded, failed }: ModuleLegendProps) {
	const entries = useScene(scenes, name).legend(view);
	return <LegendStrip entries={failed ? [{ kind: "notFinite" }, ...entries] : entries} folded={folded} />;
}

function LegendStrip({ entries, folded }: { readonly entries: readonly LegendEntry[]; readonly folded: boolean }) {
	const { marks } = useText();
	// From stage to stage it is mostly the same, and then it is not drawn anew.
	// biome-ignore lint/correctness/useExhaustiveDependencies: entries that read the same are the same
	const kept = useMemo(() => entries, [JSON.stringify(entries)]);
	const legend = <Legend entries={kept} texts={marks} />;
	if (!folded) return legend;
	return (
		<details className={styles.fold}>
			<summary>{marks.legend}</summary>
			{legend}
		</details>
	);
}
