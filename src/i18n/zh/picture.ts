import type { Catalogue } from "../catalogue.ts";

export const picture: Catalogue["picture"] = {
	name: "图片",
	save: "存为 SVG",
	copy: "复制 SVG 文本",
	copied: "已复制",
	title: (experiment, stage) => `${experiment}：${stage}`,
	sheet: (experiment, iteration, stage) => `${experiment}，第 ${iteration} 次迭代：${stage}`,
};
