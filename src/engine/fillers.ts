import { choice, float, integer, message, quotedChoice, type SettingsOf } from "./settings.ts";

/** Caffe's FillerParameter. */
export const fillerSchema = {
	type: quotedChoice(
		["constant", "uniform", "gaussian", "positive_unitball", "xavier", "msra", "bilinear"] as const,
		"constant",
	),
	value: float(0),
	min: float(0),
	max: float(1),
	mean: float(0),
	std: float(1, { minimum: 0 }),
	sparse: integer(-1),
	variance_norm: choice(["FAN_IN", "FAN_OUT", "AVERAGE"] as const, "FAN_IN"),
};
export type FillerSettings = SettingsOf<typeof fillerSchema>;

export const filler = () => message(fillerSchema);
