import type { NetLayer } from "../../../../engine/net.ts";
import { type LayerWriter, shapeOf, textSetting } from "../layer-code.ts";
import { isEmpty, poolingWindows } from "../windows.ts";

const isMaximum = (layer: NetLayer) => textSetting(layer, "pool") === "MAX";

/** Caffe's maximum of nothing. */
const NOTHING = "-3.4028234663852886e38";

/** The windows as a table of the script: where each begins and ends, and what an average divides by. */
function windowTable(layer: NetLayer): string {
	const rows = poolingWindows(layer).map(
		({ y, x, rows: [top, bottom], columns: [left, right], counted }) =>
			`(${y}, ${x}, ${top}, ${bottom}, ${left}, ${right}, ${counted})`,
	);
	const lines: string[] = [];
	for (let k = 0; k < rows.length; k += 4) lines.push(`    ${rows.slice(k, k + 4).join(", ")},`);
	return `[\n${lines.join("\n")}\n]`;
}

/** Whether a window has several largest elements. */
function hasTie(layer: NetLayer, values: ArrayLike<number>): boolean {
	const [images, channels, height, width] = layer.run.bottoms[0].shape;
	for (let plane = 0; plane < images * channels; plane++) {
		for (const { rows, columns } of poolingWindows(layer)) {
			let best = Number.NEGATIVE_INFINITY;
			let winners = 0;
			for (let row = rows[0]; row < rows[1]; row++) {
				for (let column = columns[0]; column < columns[1]; column++) {
					const value = values[(plane * height + row) * width + column];
					if (value === best) winners++;
					if (value > best) [best, winners] = [value, 1];
				}
			}
			if (winners > 1) return true;
		}
	}
	return false;
}

const EACH = "i, j, top, bottom, left, right, counted";

export const pooling: LayerWriter = {
	forward(code) {
		const { layer, x, y } = code;
		const [images, channels, , width] = layer.run.bottoms[0].shape;
		const under = `${x[0]}[:, :, top:bottom, left:right]`;
		const table = code.own("windows");
		const shape = shapeOf(layer.run.tops[0].shape);
		const head = [`${table} = ${windowTable(layer)}`, `${y[0]} = np.empty(${shape})`].join("\n").split("\n");
		if (!isMaximum(layer)) {
			return [
				...head,
				`for ${EACH} in ${table}:`,
				`    ${y[0]}[:, :, i, j] = ${under}.sum(axis=(2, 3)) / np.float64(counted)`,
			];
		}
		// The first largest wins, as in Caffe: argmax finds it.
		const winners = code.own("winners");
		const hasEmpty = poolingWindows(layer).some(isEmpty);
		return [
			...head,
			`${winners} = np.full(${shape}, -1)`,
			`for ${EACH} in ${table}:`,
			...(hasEmpty
				? ["    if top >= bottom or left >= right:", `        ${y[0]}[:, :, i, j] = ${NOTHING}`, "        continue"]
				: []),
			`    winner = ${under}.reshape(${images}, ${channels}, -1).argmax(axis=2)`,
			`    ${winners}[:, :, i, j] = (top + winner // (right - left)) * ${width} + left + winner % (right - left)`,
			`    ${y[0]}[:, :, i, j] = ${under}.max(axis=(2, 3))`,
			...(y[1] === undefined ? [] : [`${y[1]} = ${winners}.astype(np.float64)`]),
		];
	},
	torchForward({ layer, x: [x], y: [y, mask] }) {
		const [, , , across] = layer.run.bottoms[0].shape;
		const [images, channels, height, width] = layer.run.tops[0].shape;
		const stacked = (of: (under: string, window: ReturnType<typeof poolingWindows>[number]) => string) => [
			"torch.stack([",
			...poolingWindows(layer).map((window) => {
				const { rows, columns } = window;
				return `    ${of(`${x}[:, :, ${rows[0]}:${rows[1]}, ${columns[0]}:${columns[1]}]`, window)},`;
			}),
			`], 2).reshape(${images}, ${channels}, ${height}, ${width})`,
		];
		const nothing = (value: string) => `torch.full((${images}, ${channels}), ${value}, dtype=torch.float64)`;
		const pooled = stacked((under, window) => {
			if (!isMaximum(layer)) return `${under}.sum((2, 3)) / ${window.counted}.0`;
			return isEmpty(window) ? nothing(NOTHING) : `${under}.amax((2, 3))`;
		});
		const places = stacked((under, window) => {
			if (isEmpty(window)) return nothing("-1.0");
			const { rows, columns } = window;
			const size = columns[1] - columns[0];
			const winner = `${under}.reshape(${images}, ${channels}, -1).argmax(2)`;
			return `(lambda w: (${rows[0]} + w // ${size}) * ${across} + ${columns[0]} + w % ${size})(${winner}).to(torch.float64)`;
		});
		const assigned = (name: string, lines: readonly string[]) => [`${name} = ${lines[0]}`, ...lines.slice(1)];
		return [...assigned(y, pooled), ...(mask === undefined ? [] : assigned(mask, places))];
	},
	backward(code) {
		const {
			layer,
			x: [x],
			dx: [dx],
			dy: [dy],
		} = code;
		if (dx === null) return [];
		const [images, channels, height, width] = layer.run.bottoms[0].shape;
		const head = [`${dx} = np.zeros_like(${x})`, `for ${EACH} in ${code.own("windows")}:`];
		if (!isMaximum(layer)) {
			const share = `(${dy}[:, :, i, j] / np.float64(counted))[:, :, None, None]`;
			return [...head, `    ${dx}[:, :, top:bottom, left:right] += ${share}`];
		}
		const places = `${code.own("winners")}[:, :, i, j]`;
		const skip = poolingWindows(layer).some(isEmpty)
			? ["    if top >= bottom or left >= right:", "        continue"]
			: [];
		return [
			`${dx} = np.zeros((${images}, ${channels}, ${height * width}))`,
			`n, c = np.indices((${images}, ${channels}))`,
			head[1],
			...skip,
			`    ${dx}[n, c, ${places}] += ${dy}[:, :, i, j]`,
			`${dx} = ${dx}.reshape(${shapeOf(layer.run.bottoms[0].shape)})`,
		];
	},
	inexact: (layer, { x: [x] }) => (isMaximum(layer) && hasTie(layer, x) ? "tie" : null),
};
