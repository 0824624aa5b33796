/** What the network's picture needs for layers of many units and for batches, in one file. */
export { Band } from "./band.tsx";
export { BandCards } from "./band-cards.tsx";
export { Deck } from "./deck.tsx";
export { Pixels } from "./pixels.tsx";
export { Strip } from "./strip.tsx";
export { TileColumns } from "./tile-columns.tsx";
export { WeightsMapDrawing, WeightsTiles } from "./weights-map.tsx";
