import type { Catalogue } from "../catalogue.ts";

export const batch: Catalogue["batch"] = {
	caption: "本批次的样本，以及本步的数值",
	sample: "样本",
	bringToFront: (n) => `把样本 ${n} 放到最前`,
	inFront: "在最前",
	bar: "条形",
	lossOfSample: "该样本的损失",
	lossAfter: "新参数下的损失",
	totals: {
		sum: "总和",
		sumOfPass: (pass, passes) => `第 ${pass} / ${passes} 遍之和`,
		mean: (samples) => `÷ ${samples}：平均`,
		gradient: "所有遍之和：梯度",
		loss: "整批的损失",
		lossAfter: "新参数下",
	},
	votes: (parameter, lower, higher) => {
		if (lower === 0 && higher === 0) return `没有样本推动 ${parameter}。`;
		if (higher === 0) return `${lower} 个样本都希望 ${parameter} 更小。`;
		if (lower === 0) return `${higher} 个样本都希望 ${parameter} 更大。`;
		return `${lower} 个样本希望 ${parameter} 更小，${higher} 个希望更大。`;
	},
	votesWithRest: (sentence, rest) => `${sentence}对另外 ${rest} 个没有影响。`,
	noShares: "求解器不更新这个参数，因此不计算它的梯度。",
	earlier: "前面的样本",
	later: "后面的样本",
	range: (from, to, of) => `样本 ${from}–${to}，共 ${of} 个`,
	pass: (pass, passes) => `第 ${pass} / ${passes} 遍：每遍各有一批样本。`,
};
