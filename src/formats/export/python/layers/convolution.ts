import type { NetLayer } from "../../../../engine/net.ts";
import { countOf } from "../../../../engine/shape.ts";
import { type LayerCode, type LayerWriter, type Lines, present, reshaped, shapeOf } from "../layer-code.ts";
import { convolutionSizes } from "../windows.ts";

const geometry = (layer: NetLayer) => {
	const { kernel, stride, pad, dilation } = convolutionSizes(layer);
	return [kernel, stride, pad, dilation].map(shapeOf).join(", ");
};

/** The weight as (groups ×) rows × columns. */
function weightMatrix({ layer, w: [weight] }: LayerCode): string {
	const { group } = convolutionSizes(layer);
	const rows = layer.run.parameters[0].shape[0];
	return group === 1 ? `${weight}.reshape(${rows}, -1)` : `${weight}.reshape(${group}, ${rows / group}, -1)`;
}

/** Images × (groups ×) channels × places. */
function grouped({ layer }: LayerCode, name: string, channels: number): string {
	const { images, group } = convolutionSizes(layer);
	return `${name}.reshape(${images}, ${group === 1 ? channels : `${group}, ${channels / group}`}, -1)`;
}

const turned = (matrix: string, { layer }: LayerCode) =>
	convolutionSizes(layer).group === 1 ? `${matrix}.T` : `${matrix}.swapaxes(1, 2)`;

/** A product summed over the images, in the weight's shape. */
function weightGradient(code: LayerCode, left: string, right: string): string {
	const axes = convolutionSizes(code.layer).group === 1 ? "(0, 2, 1)" : "(0, 1, 3, 2)";
	return `(${left} @ ${right}.transpose(${axes})).sum(axis=0).reshape(${code.w[0]}.shape)`;
}

/** The bias laid over images and places. */
const biased = (sum: string, bias: string | undefined) => (bias === undefined ? sum : `${sum} + ${bias}[:, None]`);

function biasGradient(code: LayerCode, bottom: number): string | null {
	if (code.layer.parameters.length < 2) return null;
	const { images, outputs } = convolutionSizes(code.layer);
	return code.accumulate(1, `${code.dy[bottom]}.reshape(${images}, ${outputs}, -1).sum(axis=(0, 2))`);
}

/** PyTorch's own function, whose images have one axis before the channels and at least one behind. */
function torchCall(code: LayerCode, name: "conv" | "conv_transpose"): Lines {
	const { layer, x, y, w } = code;
	const { kernel, stride, pad, dilation, bottom, group } = convolutionSizes(layer);
	const axes = Math.max(kernel.length, 1);
	const inner = kernel.length === 0;
	const tuple = (sizes: readonly number[], fallback: number) => shapeOf(inner ? [fallback] : sizes);
	const weight = inner ? `${w[0]}[..., None]` : w[0];
	const [strides, pads, dilations] = [tuple(stride, 1), tuple(pad, 0), tuple(dilation, 1)];
	const rest = name === "conv" ? `${dilations}, ${group}` : `0, ${group}, ${dilations}`;
	return x.map((own, slot) => {
		const images = reshaped(own, layer.run.bottoms[slot].shape, inner ? [...bottom, 1] : bottom);
		const call = `F.${name}${axes}d(${images}, ${weight}, ${w[1] ?? "None"}, ${strides}, ${pads}, ${rest})`;
		const { shape } = layer.run.tops[slot];
		const fits = !inner && shape.length === bottom.length;
		return `${y[slot]} = ${fits ? call : `${call}.reshape(${shapeOf(shape)})`}`;
	});
}

/** PyTorch's own functions go up to three axes of space; more are written as for NumPy. */
const hasTorchCall = ({ run }: NetLayer) => run.parameters[0].shape.length <= 5;

const columnsOf = (code: LayerCode, slot: number) => code.own(`columns${slot === 0 ? "" : slot + 1}`);

function convolutionForward(code: LayerCode): Lines {
	const { layer, x, y, w } = code;
	const { bottom, outputs, images, group } = convolutionSizes(layer);
	const channels = bottom[1] * countOf(layer.run.parameters[0].shape, 2);
	return x.flatMap((own, slot) => {
		const columns = columnsOf(code, slot);
		const input = reshaped(own, layer.run.bottoms[slot].shape, bottom);
		const product = `${weightMatrix(code)} @ ${group === 1 ? columns : grouped(code, columns, channels)}`;
		const sum = group === 1 ? product : `(${product}).reshape(${images}, ${outputs}, -1)`;
		return [
			`${columns} = im2col(${input}, ${geometry(layer)})`,
			`${y[slot]} = (${biased(sum, w[1])}).reshape(${shapeOf(layer.run.tops[slot].shape)})`,
		];
	});
}

export const convolution: LayerWriter = {
	helpers: ["im2col", "col2im"],
	torchHelpers: (layer) => (hasTorchCall(layer) ? [] : ["im2col"]),
	forward: convolutionForward,
	torchForward: (code) => (hasTorchCall(code.layer) ? torchCall(code, "conv") : convolutionForward(code)),
	backward(code) {
		const { layer, dx, dy } = code;
		const { bottom, outputs, group } = convolutionSizes(layer);
		const channels = bottom[1] * countOf(layer.run.parameters[0].shape, 2);
		return present(
			dx.flatMap((own, slot) => {
				const delta = grouped(code, `${dy[slot]}`, outputs);
				const columns = columnsOf(code, slot);
				const under = group === 1 ? columns : grouped(code, columns, channels);
				const pulled = `${turned(weightMatrix(code), code)} @ ${delta}`;
				const back = `col2im(${pulled}, ${shapeOf(bottom)}, ${geometry(layer)})`;
				return [
					code.accumulate(0, weightGradient(code, delta, under)),
					biasGradient(code, slot),
					own === null ? null : `${own} = ${reshaped(back, bottom, layer.run.bottoms[slot].shape)}`,
				];
			}),
		);
	},
};

function deconvolutionForward(code: LayerCode): Lines {
	const { layer, x, y, w } = code;
	const { bottom, top, images, outputs } = convolutionSizes(layer);
	return x.map((own, slot) => {
		const columns = `${turned(weightMatrix(code), code)} @ ${grouped(code, own, bottom[1])}`;
		const image = `col2im(${columns}, ${shapeOf(top)}, ${geometry(layer)})`;
		const flat = w[1] === undefined ? image : biased(`${image}.reshape(${images}, ${outputs}, -1)`, w[1]);
		return `${y[slot]} = (${flat}).reshape(${shapeOf(layer.run.tops[slot].shape)})`;
	});
}

export const deconvolution: LayerWriter = {
	helpers: ["im2col", "col2im"],
	torchHelpers: (layer) => (hasTorchCall(layer) ? [] : ["col2im"]),
	forward: deconvolutionForward,
	torchForward: (code) => (hasTorchCall(code.layer) ? torchCall(code, "conv_transpose") : deconvolutionForward(code)),
	backward(code) {
		const { layer, x, dx, dy } = code;
		const { bottom, top, outputs, group } = convolutionSizes(layer);
		const rows = outputs * countOf(layer.run.parameters[0].shape, 2);
		return present(
			dx.flatMap((own, slot) => {
				const columns = columnsOf(code, slot);
				const under = group === 1 ? columns : grouped(code, columns, rows);
				const delta = reshaped(`${dy[slot]}`, layer.run.tops[slot].shape, top);
				return [
					`${columns} = im2col(${delta}, ${geometry(layer)})`,
					code.accumulate(0, weightGradient(code, grouped(code, x[slot], bottom[1]), under)),
					biasGradient(code, slot),
					own === null
						? null
						: `${own} = (${weightMatrix(code)} @ ${under}).reshape(${shapeOf(layer.run.bottoms[slot].shape)})`,
				];
			}),
		);
	},
};
