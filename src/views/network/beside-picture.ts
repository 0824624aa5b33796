/** What comes with the network's picture as soon as that has been painted, in one file. */
export { Pointer } from "./pointer.ts";
export { SceneLegend } from "./scene-legend.tsx";
export { UnitGrid } from "./unit-grid.tsx";
export { WeightHandle } from "./weight-handle.tsx";
