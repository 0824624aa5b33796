import type { Preset } from "../preset.ts";
import { presets } from "../presets/index.ts";

/** The presets that are dense nets: small enough that a test may visit every stage of them. */
export const densePresets: readonly Preset[] = presets.filter(({ net }) => !/"(Convolution|LSTM)"/.test(net));
