import { memo, use, useCallback } from "react";
import type { View } from "../../store/view.ts";
import type { DrawPicture, SceneModule, SceneName, SceneSize, Scenes } from "../marks/scene.ts";
import { NetworkBlock } from "./network-block.tsx";

const modules = new WeakMap<Scenes, Map<SceneName, Promise<SceneModule>>>();

/** The module of a scene, fetched once. Suspends while it is on its way. */
export function useScene(scenes: Scenes, name: SceneName): SceneModule {
	const known = modules.get(scenes) ?? new Map<SceneName, Promise<SceneModule>>();
	modules.set(scenes, known);
	const fetched = known.get(name) ?? scenes[name]().then(({ default: module }) => module);
	known.set(name, fetched);
	return use(fetched);
}

export interface SceneHostProps extends SceneSize {
	readonly scenes: Scenes;
	readonly name: SceneName;
	readonly view: View;
	readonly narrow: boolean;
}

/** A phase's own scene, with the network's picture wherever the scene wants it. */
export const SceneHost = memo(function SceneHost({ scenes, name, view, narrow, width, height }: SceneHostProps) {
	const { Scene } = useScene(scenes, name);
	const picture: DrawPicture = useCallback(
		(box, emphasis) => (
			<NetworkBlock view={view} emphasis={emphasis} lens={null} width={box.width} height={box.height} />
		),
		[view],
	);
	return <Scene view={view} narrow={narrow} width={width} height={height} picture={picture} />;
});
