import type { Catalogue } from "../catalogue.ts";

export const common: Catalogue["common"] = {
	productName: "Deltascope",
	productSentence: "把一次训练迭代拆开来看",
	inPlace: {
		own: (layer) =>
			`${layer} 是原地（in-place）计算：它覆盖了自己的输入，而求导时还要用到这个输入。Caffe 在这里算出的梯度是错的，本页照样算出同一个值。`,
		producer: (layer, reader) =>
			`${layer} 是原地（in-place）计算：它覆盖了 ${reader} 的输出，而 ${reader} 求导时还要用到这个输出。Caffe 在这里算出的梯度是错的，本页照样算出同一个值。`,
	},
};
