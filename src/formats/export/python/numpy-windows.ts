import type { NetLayer } from "../../../engine/net.ts";
import { type LayerCode, type LayerWriter, type Lines, numberSetting, present, textSetting } from "./layer-code.ts";
import { pairText, poolingWindows, windowOf } from "./windows.ts";

interface WindowWriter extends LayerWriter {
	readonly backward: (code: LayerCode) => Lines;
}

function windowArguments(layer: NetLayer): string {
	const { kernel, stride, pad, dilation } = windowOf(layer);
	return [kernel, stride, pad, dilation].map(pairText).join(", ");
}

const isImage = ({ run: { bottoms, settings } }: NetLayer) =>
	bottoms.length === 1 && bottoms[0].shape.length === 4 && Number(settings.axis) === 1;

const isPlain = (layer: NetLayer) => isImage(layer) && numberSetting(layer, "group") === 1;

/** The weight as outputs × products of a window. */
function weightMatrix({ layer, w: [weight] }: LayerCode): string {
	const [outputs] = layer.run.parameters[0].shape;
	return `${weight}.reshape(${outputs}, -1)`;
}

const convolution: WindowWriter = {
	supports: isPlain,
	helpers: () => ["im2col", "col2im"],
	forward(code) {
		const {
			layer,
			x: [x],
			y: [y],
			w: [, bias],
		} = code;
		const { shape } = layer.run.tops[0];
		const sum = `${weightMatrix(code)} @ ${y}_columns`;
		return [
			`${y}_columns = im2col(${x}, ${windowArguments(layer)})`,
			`${y} = (${bias === undefined ? sum : `${sum} + ${bias}[:, None]`}).reshape(${shape.join(", ")})`,
		];
	},
	backward(code) {
		const {
			layer,
			y: [y],
			dx: [dx],
			dy: [dy],
			w: [weight],
		} = code;
		const [images, outputs] = layer.run.tops[0].shape;
		const delta = `${dy}.reshape(${images}, ${outputs}, -1)`;
		const columns = `${weightMatrix(code)}.T @ ${delta}`;
		return present([
			code.accumulate(0, `(${delta} @ ${y}_columns.transpose(0, 2, 1)).sum(axis=0).reshape(${weight}.shape)`),
			layer.parameters.length > 1 ? code.accumulate(1, `${dy}.sum(axis=(0, 2, 3))`) : null,
			dx === null
				? null
				: `${dx} = col2im(${columns}, (${layer.run.bottoms[0].shape.join(", ")}), ${windowArguments(layer)})`,
		]);
	},
};

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

const pooling: WindowWriter = {
	supports(layer) {
		const whole = poolingWindows(layer).every(({ rows, columns }) => rows[0] < rows[1] && columns[0] < columns[1]);
		return whole && layer.run.tops.length === 1 && textSetting(layer, "pool") !== "STOCHASTIC";
	},
	forward({ layer, x: [x], y: [y] }) {
		const isMax = textSetting(layer, "pool") === "MAX";
		const under = `${x}[:, :, top:bottom, left:right]`;
		return [
			`${y} = np.empty((${layer.run.tops[0].shape.join(", ")}))`,
			...`${y}_windows = ${windowTable(layer)}`.split("\n"),
			`for i, j, top, bottom, left, right, counted in ${y}_windows:`,
			`    ${y}[:, :, i, j] = ${isMax ? `${under}.max(axis=(2, 3))` : `${under}.sum(axis=(2, 3)) / counted`}`,
		];
	},
	backward({ layer, x: [x], y: [y], dx: [dx], dy: [dy] }) {
		if (dx === null || dy === null) return [];
		const isMax = textSetting(layer, "pool") === "MAX";
		const [images, channels] = layer.run.bottoms[0].shape;
		const head = [`${dx} = np.zeros_like(${x})`, `for i, j, top, bottom, left, right, counted in ${y}_windows:`];
		if (!isMax) {
			return [...head, `    ${dx}[:, :, top:bottom, left:right] += (${dy}[:, :, i, j] / counted)[:, :, None, None]`];
		}
		// The first largest wins, as in Caffe: argmax finds it.
		return [
			...head,
			`    winner = ${x}[:, :, top:bottom, left:right].reshape(${images}, ${channels}, -1).argmax(axis=2)`,
			`    row, column = top + winner // (right - left), left + winner % (right - left)`,
			`    n, c = np.indices((${images}, ${channels}))`,
			`    ${dx}[n, c, row, column] += ${dy}[:, :, i, j]`,
		];
	},
};

/** Times, sequences and outputs of an LSTM over its own state. */
function sizesOf({ run }: NetLayer) {
	const [times, sequences] = run.bottoms[0].shape;
	return { times, sequences, outputs: Number(run.settings.num_output) };
}

const lstm: WindowWriter = {
	supports: ({ run }) => run.bottoms.length === 2 && run.tops.length === 1,
	helpers: () => ["sigmoid"],
	forward(code) {
		const {
			layer,
			x: [x, cont],
			y: [y],
			w: [input, bias, recurrent],
		} = code;
		const { times, sequences, outputs } = sizesOf(layer);
		return [
			`${y} = np.empty((${times}, ${sequences}, ${outputs}))`,
			`${y}_c = np.empty((${times}, ${sequences}, ${outputs}))`,
			`${y}_gates = np.empty((${times}, ${sequences}, 4, ${outputs}))`,
			`${y}_h0 = ${code.recorded("h_0")}.reshape(${sequences}, ${outputs})`,
			`${y}_c0 = ${code.recorded("c_0")}.reshape(${sequences}, ${outputs})`,
			`for t in range(${times}):`,
			`    kept = ${cont}[t].reshape(${sequences}, 1)`,
			`    h_before, c_before = (${y}[t - 1], ${y}_c[t - 1]) if t > 0 else (${y}_h0, ${y}_c0)`,
			`    gate_in = ${x}[t].reshape(${sequences}, -1) @ ${input}.T + ${bias} + (kept * h_before) @ ${recurrent}.T`,
			`    gate_in = gate_in.reshape(${sequences}, 4, ${outputs})`,
			`    i, f, o, g = sigmoid(gate_in[:, 0]), sigmoid(gate_in[:, 1]), sigmoid(gate_in[:, 2]), np.tanh(gate_in[:, 3])`,
			`    ${y}_gates[t] = np.stack([i, f, o, g], axis=1)`,
			`    ${y}_c[t] = kept * f * c_before + i * g`,
			`    ${y}[t] = o * np.tanh(${y}_c[t])`,
		];
	},
	backward(code) {
		const {
			layer,
			x: [x, cont],
			y: [y],
			dx: [dx],
			dy: [dy],
			w: [input, , recurrent],
		} = code;
		const { times, sequences, outputs } = sizesOf(layer);
		const rows = `${y}_dz.reshape(-1, ${4 * outputs})`;
		return present([
			`${y}_dz = np.empty((${times}, ${sequences}, 4, ${outputs}))`,
			`${y}_h_before = np.empty((${times}, ${sequences}, ${outputs}))`,
			`dh_next, dc_next = np.zeros((${sequences}, ${outputs})), np.zeros((${sequences}, ${outputs}))`,
			`for t in reversed(range(${times})):`,
			`    kept = ${cont}[t].reshape(${sequences}, 1)`,
			`    h_before, c_before = (${y}[t - 1], ${y}_c[t - 1]) if t > 0 else (${y}_h0, ${y}_c0)`,
			`    i, f, o, g = (${y}_gates[t][:, k] for k in range(4))`,
			`    f = kept * f  # Caffe closes the gate, not only the way through it`,
			`    bent = np.tanh(${y}_c[t])`,
			`    dh = ${dy}[t] + dh_next`,
			`    dc = dc_next + dh * o * (1.0 - bent * bent)`,
			`    dz = [dc * g * i * (1.0 - i), dc * c_before * f * (1.0 - f), dh * bent * o * (1.0 - o), dc * i * (1.0 - g * g)]`,
			`    ${y}_dz[t] = np.stack(dz, axis=1)`,
			`    ${y}_h_before[t] = kept * h_before`,
			`    dc_next = dc * f`,
			`    dh_next = kept * (${y}_dz[t].reshape(${sequences}, -1) @ ${recurrent})`,
			code.accumulate(0, `${rows}.T @ ${x}.reshape(${times * sequences}, -1)`),
			code.accumulate(1, `${rows}.sum(axis=0)`),
			code.accumulate(2, `${rows}.T @ ${y}_h_before.reshape(-1, ${outputs})`),
			dx === null ? null : `${dx} = (${rows} @ ${input}).reshape(${x}.shape)`,
		]);
	},
};

export const numpyWindows: Readonly<Record<string, WindowWriter>> = {
	Convolution: convolution,
	Pooling: pooling,
	LSTM: lstm,
};
