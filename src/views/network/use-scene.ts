import { use } from "react";
import type { SceneModule, SceneName, Scenes } from "../marks/scene.ts";

const modules = new WeakMap<Scenes, Map<SceneName, Promise<SceneModule>>>();

/** The module of a scene, fetched once. Suspends while it is on its way. */
export function useScene(scenes: Scenes, name: SceneName): SceneModule {
	const known = modules.get(scenes) ?? new Map<SceneName, Promise<SceneModule>>();
	modules.set(scenes, known);
	const fetched = known.get(name) ?? scenes[name]().then(({ default: module }) => module);
	known.set(name, fetched);
	return use(fetched);
}
