import { type OnItsWay, onItsWay } from "../marks/on-its-way.ts";
import type { SceneModule, SceneName, Scenes } from "../marks/scene.ts";

const modules = new WeakMap<Scenes, Map<SceneName, OnItsWay<SceneModule>>>();

/** The module of a scene, fetched once. Suspends while it is on its way. */
export function useScene(scenes: Scenes, name: SceneName): SceneModule {
	const known = modules.get(scenes) ?? new Map<SceneName, OnItsWay<SceneModule>>();
	modules.set(scenes, known);
	const module = known.get(name) ?? onItsWay(async () => (await scenes[name]()).default);
	known.set(name, module);
	return module.read();
}
