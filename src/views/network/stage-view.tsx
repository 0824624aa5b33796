import { type ReactNode, Suspense, useMemo } from "react";
import { useProposedView, useSession, useText, useView } from "../../store/hooks.ts";
import type { View } from "../../store/view.ts";
import { afterwards, later } from "../marks/later.tsx";
import type { SceneName, Scenes } from "../marks/scene.ts";
import styles from "./network.module.css";
import { NetworkBlock } from "./network-block.tsx";
import { SceneHost } from "./scene-host.tsx";
import { type StageScene, sceneOf } from "./scene-of.ts";
import { useSize } from "./size.ts";
import { stageTitle } from "./stage-texts.ts";
import { useScene } from "./use-scene.ts";

const SceneLegend = afterwards(async () => (await import("./beside-picture.ts")).SceneLegend);
const Deck = later(async () => (await import("./many-units.ts")).Deck);
const WholeCard = later(async () => (await import("./whole-card.tsx")).WholeCard);

export interface StageViewProps {
	/** What stands in the network's place, or beside it, in the other phases. */
	readonly scenes: Scenes;
}

/** The larger part of the page: the network, what this step did in it, and what its marks mean. */
export function StageView({ scenes }: StageViewProps) {
	const view = useView();
	// While an edit is proposed the picture is that of the edit; what was stands in it as ghosts.
	const proposed = useProposedView();
	return view === null ? null : <Stage view={proposed ?? view} scenes={scenes} />;
}

/** Scenes stack their parts below this. */
const PHONE = 560;
/** Height that the card with the ways back takes from the picture; on a phone its rest is scrolled to. */
const WHOLE_CARD = { wide: 132, narrow: 44 } as const;
/** Where the legend's strip would need a second row the picture needs the height more. */
const FOLDED = 760;

function Stage({ view, scenes }: { readonly view: View } & StageViewProps) {
	const text = useText();
	const inspected = useSession((state) => state.inspected);
	const [canvas, size] = useSize<HTMLDivElement>();
	const scene = useMemo(() => sceneOf(view, inspected), [view, inspected]);
	const { kicker, title } = stageTitle(text, view, scene);
	const folded = size !== null && size.width < FOLDED;
	const narrow = size !== null && size.width < PHONE;
	const samples = view.timeline.structure.groups.find(({ role }) => role === "input")?.samples ?? 1;
	const deck = samples > 1 ? <Deck view={view} narrow={narrow} samples={samples} /> : null;
	const legend = <SceneLegend {...{ scenes, scene, view, folded }} />;
	return (
		<div className={styles.stage}>
			<header className={styles.head} data-folded={folded ? (narrow ? "narrow" : "") : undefined}>
				<div>
					<p className={styles.kicker}>{view.proposed ? text.editor.whatIf.kicker : kicker}</p>
					<h2 className={styles.title}>{title}</h2>
				</div>
				{scene.scene === null ? (
					deck
				) : (
					<Suspense fallback={deck}>
						<Controls scenes={scenes} name={scene.scene} view={view} deck={deck} />
					</Suspense>
				)}
				{folded && <Suspense>{legend}</Suspense>}
			</header>
			<div className={styles.room}>
				<div className={styles.canvas} ref={canvas}>
					{size !== null && <Picture {...{ scenes, scene, view, narrow }} width={size.width} height={size.height} />}
				</div>
			</div>
			{!folded && (
				<footer className={styles.foot}>
					<Suspense>{legend}</Suspense>
				</footer>
			)}
		</div>
	);
}

interface PartProps {
	readonly scenes: Scenes;
	readonly scene: StageScene;
	readonly view: View;
}

interface PictureProps extends PartProps {
	readonly narrow: boolean;
	readonly width: number;
	readonly height: number;
}

/** The network with its lens, or the phase's own scene; below it the ways back where the iteration had to stop. */
function Picture({ scenes, scene, view, narrow, width, height }: PictureProps) {
	const card = scene.failed ? (narrow ? WHOLE_CARD.narrow : WHOLE_CARD.wide) : 0;
	const room = { width, height: Math.max(160, height - card) };
	return (
		<>
			{scene.scene === null ? (
				<NetworkBlock view={view} emphasis={scene.emphasis} lens={scene.lens} {...room} />
			) : (
				<Suspense fallback={<div aria-busy="true" />}>
					<SceneHost scenes={scenes} name={scene.scene} view={view} narrow={narrow} {...room} />
				</Suspense>
			)}
			{scene.failed && (
				<Suspense>
					<WholeCard view={view} />
				</Suspense>
			)}
		</>
	);
}

interface ControlsProps {
	readonly scenes: Scenes;
	readonly name: SceneName;
	readonly view: View;
	readonly deck: ReactNode;
}

/** What a scene is steered with; the deck where it has nothing of its own. */
function Controls({ scenes, name, view, deck }: ControlsProps) {
	const module = useScene(scenes, name);
	return module.Controls === undefined ? deck : <module.Controls view={view} />;
}
