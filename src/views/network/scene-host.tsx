import { memo, useCallback } from "react";
import type { View } from "../../store/view.ts";
import type { DrawPicture, SceneName, SceneSize, Scenes } from "../marks/scene.ts";
import { NetworkBlock } from "./network-block.tsx";
import { useScene } from "./use-scene.ts";

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
