import type { Catalogue } from "../catalogue.ts";

export const common: Catalogue["common"] = {
	productName: "Deltascope",
	productSentence: "把一次训练迭代拆开来看",
};
