import type { NetLayer } from "../../../../engine/net.ts";
import { canonicalAxis, countOf } from "../../../../engine/shape.ts";
import { type LayerWriter, present, reshaped, shapeOf } from "../layer-code.ts";

/** A dense layer's batch as a matrix: rows × inputs → rows × outputs. */
function denseSizes({ run }: NetLayer) {
	const [bottom] = run.bottoms;
	const axis = canonicalAxis(Number(run.settings.axis), bottom.shape.length);
	return {
		rows: countOf(bottom.shape, 0, axis),
		inputs: countOf(bottom.shape, axis),
		outputs: Number(run.settings.num_output),
		transposed: run.settings.transpose === true,
	};
}

export const innerProduct: LayerWriter = {
	forward({ layer, x: [x], y: [y], w: [weight, bias] }) {
		const { rows, inputs, transposed } = denseSizes(layer);
		const { bottoms, tops } = layer.run;
		const matrix = reshaped(x, bottoms[0].shape, [rows, inputs]);
		const product = `${matrix} @ ${transposed ? weight : `${weight}.T`}`;
		const sum = bias === undefined ? product : `${product} + ${bias}`;
		const flat = tops[0].shape.length === 2;
		return [`${y} = ${flat ? sum : `(${sum}).reshape(${shapeOf(tops[0].shape)})`}`];
	},
	backward(code) {
		const {
			layer,
			x: [x],
			dx: [dx],
			dy: [dy],
			w: [weight],
		} = code;
		const { rows, inputs, outputs, transposed } = denseSizes(layer);
		const { bottoms, tops } = layer.run;
		const input = reshaped(x, bottoms[0].shape, [rows, inputs]);
		const delta = reshaped(dy ?? "", tops[0].shape, [rows, outputs]);
		const pulled = `${delta} @ ${transposed ? `${weight}.T` : weight}`;
		const flat = bottoms[0].shape.length === 2 && rows === bottoms[0].shape[0];
		return present([
			code.accumulate(0, transposed ? `${input}.T @ ${delta}` : `${delta}.T @ ${input}`),
			layer.parameters.length > 1 ? code.accumulate(1, `${delta}.sum(axis=0)`) : null,
			dx === null ? null : `${dx} = ${flat ? pulled : `(${pulled}).reshape(${shapeOf(bottoms[0].shape)})`}`,
		]);
	},
};

export const embed: LayerWriter = {
	forward(code) {
		const { library, x, y, w } = code;
		const rows = code.own("rows");
		return [`${rows} = ${library.whole(x[0])}`, `${y[0]} = ${w[0]}[${rows}]${w[1] === undefined ? "" : ` + ${w[1]}`}`];
	},
	backward(code) {
		const { layer, w, dy } = code;
		const { shape } = layer.run.tops[0];
		const delta = reshaped(`${dy[0]}`, shape, [countOf(shape, 0, shape.length - 1), shape[shape.length - 1]]);
		const added = code.own("added");
		const gradient = code.accumulate(0, added);
		return present([
			...(gradient === null
				? []
				: [
						`${added} = np.zeros_like(${w[0]})`,
						`np.add.at(${added}, ${code.own("rows")}.reshape(-1), ${delta})`,
						gradient,
					]),
			w[1] === undefined ? null : code.accumulate(1, `${delta}.sum(axis=0)`),
		]);
	},
};

export const parameter: LayerWriter = {
	forward: ({ library, y: [y], w: [w] }) => [`${y} = ${library.copy(w)}`],
	backward: (code) => present([code.accumulate(0, `${code.dy[0]}`)]),
	/** Top and parameter are the same memory in Caffe. */
	overwrites: () => [0],
};
