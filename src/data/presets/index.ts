import type { Preset, PresetId } from "../preset.ts";
import { autoencoder } from "./autoencoder.ts";
import { deadRelu } from "./dead-relu.ts";
import { digits } from "./digits.ts";
import { disagreement } from "./disagreement.ts";
import { lenet } from "./lenet.ts";
import { lstm, lstmThroughTime } from "./lstm.ts";
import { rateTooLarge } from "./rate-too-large.ts";
import { saturated } from "./saturated.ts";
import { symmetry } from "./symmetry.ts";
import { vanishing } from "./vanishing.ts";
import { workedExample } from "./worked-example.ts";
import { xor } from "./xor.ts";

/** The experiments of the menu, in its order. Adding one is its file, a line here and its texts. */
export const presets: readonly Preset[] = [
	workedExample,
	xor,
	symmetry,
	saturated,
	deadRelu,
	rateTooLarge,
	disagreement,
	vanishing,
	digits,
	autoencoder,
	lenet,
	lstm,
	lstmThroughTime,
];

/** @throws RangeError for an id that no preset has */
export function presetById(id: PresetId): Preset {
	const found = presets.find((preset) => preset.id === id);
	if (found === undefined) throw new RangeError(`no preset ${id}`);
	return found;
}

/** The id in a text from outside; null where no preset has it. */
export function presetIdOf(text: string): PresetId | null {
	return presets.find((preset) => preset.id === text)?.id ?? null;
}
