import { classSizes, type LayerWriter, numberSetting } from "../layer-code.ts";
import { classAxis, ignoredLabel } from "./loss-parts.ts";

/** No gradient goes through a count. */
export const accuracy: LayerWriter = {
	forward(code) {
		const { layer, library, x, y } = code;
		const { axis, classes } = classSizes(layer.run.bottoms[0], classAxis(layer));
		const [scores, labels, valid, hits] = ["scores", "label", "valid", "hits"].map((name) => code.own(name));
		const ignored = ignoredLabel(layer);
		const counted = `${library.name}.where(${valid}, ${labels}, ${library.name}.zeros_like(${labels}))`;
		const picked = `${scores}[${library.name}.arange(len(${labels})), ${counted}][:, None]`;
		const share = (of: string) => `${library.numbers(`${hits}[${of}]`)}.mean() if bool((${of}).any()) else 0.0`;
		const isTorch = library.name === "torch";
		const perClass = `[${share(`${valid} & (${labels} == k)`)} for k in range(${classes})]`;
		return [
			`${scores} = ${library.name}.moveaxis(${x[0]}, ${axis}, -1).reshape(-1, ${classes})`,
			`${labels} = ${library.whole(x[1])}.reshape(-1)`,
			`${valid} = ${ignored === null ? `${labels} == ${labels}` : `${labels} != ${ignored}`}`,
			`${hits} = (${scores} >= ${picked}).sum(axis=1) <= ${numberSetting(layer, "top_k")}`,
			`${y[0]} = ${isTorch ? `torch.as_tensor(${share(valid)}, dtype=torch.float64)` : share(valid)}`,
			...(y[1] === undefined
				? []
				: [`${y[1]} = ${isTorch ? `torch.tensor(${perClass}, dtype=torch.float64)` : `np.array(${perClass})`}`]),
		];
	},
	backward: () => [],
};
