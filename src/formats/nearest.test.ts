import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

const fields = ["num_output", "kernel_size", "bias_term", "weight_filler", "pad", "stride"];

describe("the nearest known word", () => {
	it.each([
		["num_outputs", "num_output"],
		["numOutput", "num_output"],
		["kernal_size", "kernel_size"],
		["kernelsize", "kernel_size"],
		["wieght_filler", "weight_filler"],
		["padd", "pad"],
		["Strides", "stride"],
	])("%s was probably %s", (word, meant) => expect(nearest(word, fields)).toBe(meant));

	it.each(["learning_rate", "x", "", "k".repeat(1000)])("%s is none of them", (word) =>
		expect(nearest(word, fields)).toBeNull(),
	);
});
