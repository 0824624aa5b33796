import { describe, expect, it } from "vitest";
import { plainSentence } from "./sentence.ts";

describe("a sentence with a name put in", () => {
	it.each([
		["每个输入按权重推 隐藏单元 2 一把", "每个输入按权重推隐藏单元 2 一把"],
		["传回 第 20 张图第 24 列 多少", "传回第 20 张图第 24 列多少"],
		["在 lstm2 的单元 10 相加", "在 lstm2 的单元 10 相加"],
		["hidden unit 1 adds up", "hidden unit 1 adds up"],
	])("%s", (given, expected) => {
		expect(plainSentence(given).text).toBe(expected);
	});
});
