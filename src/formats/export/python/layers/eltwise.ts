import type { NetLayer } from "../../../../engine/net.ts";
import {
	type Inexactness,
	type LayerCode,
	type LayerWriter,
	type Lines,
	numbersSetting,
	type Recorded,
	someValue,
	textSetting,
} from "../layer-code.ts";
import { pythonNumber } from "../literals.ts";

const coefficient = (layer: NetLayer, bottom: number) => pythonNumber(numbersSetting(layer, "coeff")[bottom] ?? 1);
const isStable = ({ run: { settings } }: NetLayer) => settings.stable_prod_grad !== false;

/** The largest, later ones only where strictly greater, but the second also where it equals the first; and which it is. */
function largest(code: LayerCode): Lines {
	const { library, x, y } = code;
	const winner = code.own("winner");
	const isTorch = library.name === "torch";
	const lines = [`${y[0]} = ${library.name}.where(${x[0]} > ${x[1]}, ${x[0]}, ${x[1]})`];
	if (!isTorch) lines.push(`${winner} = np.where(${x[0]} > ${x[1]}, 0, 1)`);
	for (let k = 2; k < x.length; k++) {
		if (!isTorch) lines.push(`${winner} = np.where(${x[k]} > ${y[0]}, ${k}, ${winner})`);
		lines.push(`${y[0]} = ${library.name}.where(${x[k]} > ${y[0]}, ${x[k]}, ${y[0]})`);
	}
	return lines;
}

function share(code: LayerCode, bottom: number): string {
	const { layer, xBack: x, yBack: y, dy } = code;
	const operation = textSetting(layer, "operation");
	if (operation === "SUM") return `${coefficient(layer, bottom)} * ${dy[0]}`;
	if (operation === "MAX") return `np.where(${code.own("winner")} == ${bottom}, ${dy[0]}, 0.0)`;
	if (!isStable(layer)) return `${y[0]} / ${x[bottom]} * ${dy[0]}`;
	return [...x.filter((_, k) => k !== bottom), dy[0]].join(" * ");
}

function hasTie({ x, y: [y] }: Recorded): boolean {
	return someValue(y, (value, at) => x.filter((bottom) => bottom[at] === value).length > 1);
}

export const eltwise: LayerWriter = {
	forward(code) {
		const { layer, x, y } = code;
		const operation = textSetting(layer, "operation");
		if (operation === "MAX") return largest(code);
		if (operation === "PROD") return [`${y[0]} = ${x.join(" * ")}`];
		return [`${y[0]} = ${x.map((name, k) => `${coefficient(layer, k)} * ${name}`).join(" + ")}`];
	},
	backward: (code) => code.dx.flatMap((name, k) => (name === null ? [] : [`${name} = ${share(code, k)}`])),
	inexact(layer, recorded): Inexactness | null {
		const operation = textSetting(layer, "operation");
		if (operation === "MAX") return hasTie(recorded) ? "tie" : null;
		const divides = operation === "PROD" && !isStable(layer);
		return divides && recorded.x.some((x) => someValue(x, (value) => value === 0)) ? "own" : null;
	},
};
