import type { Scenes } from "../views/marks/scene.ts";
import { StageView } from "../views/network/stage-view.tsx";

/** Views do not know each other: here the network's picture meets the scenes that stand beside it. */
const scenes: Scenes = {
	loss: () => import("../views/loss/scene.tsx"),
	gradients: () => import("../views/gradients/scene.tsx"),
	solver: () => import("../views/solver/scene.tsx"),
	again: () => import("../views/loss/again-scene.tsx"),
};

export function Stage() {
	return <StageView scenes={scenes} />;
}
