import type { Scenes } from "../views/marks/scene.ts";
import { StageView } from "../views/network/stage-view.tsx";

/** Views do not know each other: here the network's picture meets the scenes that stand beside it. */
const scenes: Partial<Scenes> = {};

export default function Stage() {
	return <StageView scenes={scenes} />;
}
