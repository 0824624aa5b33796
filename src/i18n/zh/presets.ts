import type { Catalogue } from "../catalogue.ts";

export const presets: Catalogue["presets"] = {
	"worked-example": {
		title: "手算示例",
		subtitle: "2-2-2 sigmoid",
		see: [
			"两个输出把每个隐藏单元往相反方向拉，结果由一个和式决定。",
			"公开发表的数字就写在本页算出的数字旁边，一致的打勾。",
		],
	},
	xor: {
		title: "异或",
		subtitle: "2-3-1 sigmoid，4 个样本",
		see: [
			"四个样本共用每一个梯度：它们互相抵消之后剩下的，才是隐藏单元学到的。",
			"权重衰减只作用于权重，从不作用于偏置。",
		],
	},
	symmetry: {
		title: "对称",
		subtitle: "2-2-1，所有参数相等",
		see: [
			"两个隐藏单元的数值相同，得到的 δ 也相同，永远是一对双胞胎。",
			"只要改动一个权重，它们就会分开：这正是初值要随机选取的原因。",
		],
	},
	saturated: {
		title: "饱和",
		subtitle: "2-2-2，一个关闭的阀门",
		see: [
			"输出 1 错得不能再错，δ 却极小：它的 sigmoid 已经饱和，几乎什么都不放行。",
			"输出 2 错得少一些，却学得快上百倍。",
		],
	},
	"dead-relu": {
		title: "死亡 ReLU",
		subtitle: "2-3-1 ReLU，4 个样本",
		see: ["隐藏单元 2 对四个样本都有 z 小于 0：斜率为 0，于是 δ 和它的所有梯度都是 0。", "相邻的单元照常学习。"],
	},
	"rate-too-large": {
		title: "学习率过大",
		subtitle: "2-3-1 线性，α 1.5",
		see: ["每一步都冲过头，损失反而上升。", "再过几次迭代，就有数值超出双精度的范围；页面停在产生它的那一步运算。"],
	},
	disagreement: {
		title: "意见不一的批次",
		subtitle: "2-2-1 sigmoid，4 个样本",
		see: ["三个样本希望输出权重增大，一个希望它减小。", "梯度就是它们相加之后剩下的部分。"],
	},
	vanishing: {
		title: "梯度消失",
		subtitle: "1-…-1，八层 sigmoid",
		see: [
			"每个 sigmoid 只放行不到四分之一的误差，而这里一连排了八个。",
			"反向时逐层比较 |δ|：每退一层几乎缩小一个数量级。",
		],
	},
	digits: {
		title: "手写数字",
		subtitle: "64-16-10，每批 8 个",
		see: [
			"这是真实的图像，然而 1210 个参数中的每一个都能像小网络那样拆开来看。",
			"softmax 与交叉熵合在一起，只剩下 δ = p − y，没有阀门。",
		],
	},
};
