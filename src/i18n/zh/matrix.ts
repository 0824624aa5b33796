import type { Catalogue } from "../catalogue.ts";

export const matrix: Catalogue["matrix"] = {
	grid: "本步的数值，按矩阵排列",
	help: "方向键在格子间移动，回车查看这个数的由来。",
	hiddenLayer: "隐藏层",
	hiddenNumber: (layer) => `隐藏层 ${layer}`,
	outputLayer: "输出层",
	error: "误差",
	factor: "因子",
	cost: "代价",
	ofSample: (sample) => `，样本 ${sample}`,
	allSamples: "，全部样本",
	map: (n) => `图 ${n}`,
	notYet: "尚未计算",
	notComputed: "不计算",
	notFinite: "非有限值",
	captions: {
		row: { now: "按行读", other: "反向时按列向下读" },
		column: { now: "按列向下读", other: "前向时按行读" },
		product: { now: "上方的 a × 旁边的 δ", other: "每格是一个乘积" },
		kernels: { now: "卷积核，按它盖在图上的样子", other: "标题是图的编号" },
		settleKernels: { now: "旧值 − 步长 = 新值", other: "一次一张图的卷积核" },
		settle: { now: "旧值 − 步长 = 新值", other: "一次一行" },
		none: { now: "", other: "" },
	},
};
