import type { NetLayer } from "../../../../engine/net.ts";
import { countOf } from "../../../../engine/shape.ts";
import { innerSetting, type LayerWriter, type Recorded, someValue } from "../layer-code.ts";
import { pythonNumber } from "../literals.ts";
import { samplesOf, weighted } from "./loss-parts.ts";

const isLegacy = (layer: NetLayer) => innerSetting(layer, "contrastive_loss_param", "legacy_version") === true;

function marginOf(layer: NetLayer): number {
	const margin = innerSetting(layer, "contrastive_loss_param", "margin");
	return typeof margin === "number" ? margin : 1;
}

/** What is left of the margin for the unlike pairs among `squared`. */
const slack = (layer: NetLayer, squared: string, library: string) =>
	`${pythonNumber(marginOf(layer))} - ${isLegacy(layer) ? squared : `${library}.sqrt(${squared})`}`;

function hasUnlike(
	layer: NetLayer,
	{ x: [, , similar], internals }: Recorded,
	where: (slack: number) => boolean,
): boolean {
	return someValue(internals.squared_distance, (squared, pair) => {
		const left = marginOf(layer) - (isLegacy(layer) ? squared : Math.sqrt(squared));
		return Math.trunc(similar[pair]) === 0 && where(left);
	});
}

export const contrastive: LayerWriter = {
	forward(code) {
		const { layer, library, x, y } = code;
		const { shape } = layer.run.bottoms[0];
		const [apart, squared, alike] = [code.own("apart"), code.own("squared"), code.own("alike")];
		const left = library.atLeast(slack(layer, `${squared}[~${alike}]`, library.name), "0.0");
		const sum = (values: string) => `${library.name}.sum(${values})`;
		return [
			`${apart} = (${x[0]} - ${x[1]}.reshape(${x[0]}.shape)).reshape(${shape[0]}, ${countOf(shape, 1)})`,
			`${squared} = (${apart} * ${apart}).sum(axis=1)`,
			`${alike} = ${library.whole(x[2])}.reshape(-1) != 0`,
			`${y[0]} = (${sum(`${squared}[${alike}]`)} + ${sum(isLegacy(layer) ? left : `(${left}) ** 2`)}) / (2.0 * ${samplesOf(layer)})`,
		];
	},
	backward(code) {
		const { layer, x, dx } = code;
		const [apart, squared, alike, pull] = ["apart", "squared", "alike", "pull"].map((name) => code.own(name));
		const left = code.own("left");
		const unlike = isLegacy(layer) ? "-1.0" : `-${left} / (np.sqrt(${squared}) + 1e-4)`;
		const scale = `${weighted(code)} / ${samplesOf(layer)}`;
		return [
			`${left} = ${slack(layer, squared, "np")}`,
			`${pull} = np.where(${alike}, 1.0, np.where(${left} > 0.0, ${unlike}, 0.0))[:, None] * ${apart}`,
			...dx.flatMap((name, bottom) =>
				name === null ? [] : [`${name} = (${bottom === 0 ? "" : "-"}${pull}${scale}).reshape(${x[bottom]}.shape)`],
			),
		];
	},
	inexact(layer, recorded) {
		if (isLegacy(layer)) return hasUnlike(layer, recorded, (left) => left === 0) ? "kink" : null;
		// Caffe adds 1e-4 to the distance by which it divides.
		return hasUnlike(layer, recorded, (left) => left > 0) ? "own" : null;
	},
};
