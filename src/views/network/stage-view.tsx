import { useMemo } from "react";
import { useSession, useText, useView } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { Legend } from "../marks/legend.tsx";
import type { Scenes } from "../marks/scene.ts";
import { Deck } from "./deck.tsx";
import { legendEntries } from "./legend-entries.ts";
import styles from "./network.module.css";
import { NetworkBlock } from "./network-block.tsx";
import { sceneOf } from "./scene-of.ts";
import { useSize } from "./size.ts";
import { stageTitle } from "./stage-texts.ts";

export interface StageViewProps {
	/** What stands in the network's place, or beside it, in the other phases. */
	readonly scenes: Partial<Scenes>;
}

/** The larger part of the page: the network, what this step did in it, and what its marks mean. */
export function StageView({ scenes }: StageViewProps) {
	const view = useView();
	return view === null ? null : <Stage view={view} scenes={scenes} />;
}

const NARROW = 560;
const FOLDED = 760;

function Stage({ view }: { readonly view: View } & StageViewProps) {
	const text = useText();
	const inspected = useSession((state) => state.inspected);
	const [canvas, size] = useSize<HTMLDivElement>();
	const scene = useMemo(() => sceneOf(view, inspected), [view, inspected]);
	const { kicker, title } = stageTitle(text, view, scene);
	// Where the strip would need a second row the picture needs the height more.
	const folded = size !== null && size.width < FOLDED;
	const narrow = size !== null && size.width < NARROW;
	const entries = useMemo(() => legendEntries(view, scene), [view, scene]);
	return (
		<div className={styles.stage}>
			<header className={styles.head}>
				<div>
					<p className={styles.kicker}>{kicker}</p>
					<h2 className={styles.title}>{title}</h2>
				</div>
				<Deck view={view} narrow={narrow} />
			</header>
			<div className={styles.room}>
				<div className={styles.canvas} ref={canvas}>
					{size !== null && (
						<NetworkBlock
							view={view}
							emphasis={scene.emphasis}
							lens={scene.lens}
							width={size.width}
							height={size.height}
						/>
					)}
				</div>
				{folded && (
					<details className={styles.fold}>
						<summary>{text.marks.legend}</summary>
						<Legend entries={entries} texts={text.marks} />
					</details>
				)}
			</div>
			{!folded && (
				<footer className={styles.foot}>
					<Legend entries={entries} texts={text.marks} />
				</footer>
			)}
		</div>
	);
}
