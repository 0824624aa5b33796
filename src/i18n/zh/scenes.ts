import type { Catalogue } from "../catalogue.ts";

const list = (numbers: readonly number[]) =>
	numbers.length > 4 ? `${numbers.slice(0, 3).join("、")}……` : numbers.join("、");

export const scenes: Catalogue["scenes"] = {
	gradients: {
		deck: "样本叠成一副牌",
		sample: (n) => `样本 ${n}`,
		of: (n) => `共 ${n} 个`,
		previousSample: "把上一个样本放到最前",
		nextSample: "把下一个样本放到最前",
		table: (sample) => `进来的乘以回来的，样本 ${sample}`,
		biasColumn: "a = 1",
		strips: "梯度怎样合成",
		heatMap: (unit) => `∂J/∂W，通向单元 ${unit}`,
		share: (sample) => `样本 ${sample} 的一份：`,
		slivers: (n) => `${n} 份`,
		zeros: (samples) => `${list(samples)} 为 0`,
		caption: { pile: "1 份", sum: "求和" },
		mean: (m) => `÷ ${m}，取平均`,
		scaled: "× ω/D",
		passes: (n) => (n === 1 ? "第 1 轮" : `第 1 至 ${n} 轮`),
		diamond: "梯度：",
		weightNote: (input, unit) => `${input} 通向单元 ${unit}`,
		biasNote: "a = 1",
		page: (n, of) => `第 ${n} 页，共 ${of} 页，从大到小`,
		previousPage: "前面的权重",
		nextPage: "后面的权重",
		more: (n) => `另有 ${n} 个权重`,
		fixedBias: "偏置不更新（lr_mult 为 0），所以不计算它的梯度。",
		fixed: "lr_mult 为 0 的参数不更新，所以不计算它们的梯度。",
	},
};
