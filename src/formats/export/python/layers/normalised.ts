import type { NetLayer } from "../../../../engine/net.ts";
import { countOf } from "../../../../engine/shape.ts";
import {
	classSizes,
	type LayerCode,
	type LayerWriter,
	type Lines,
	numberSetting,
	present,
	setting,
	shapeOf,
	textSetting,
} from "../layer-code.ts";
import { pythonNumber } from "../literals.ts";

export const softmax: LayerWriter = {
	helpers: ["softmax"],
	forward({ layer, library, x: [x], y: [y] }) {
		const { axis } = classSizes(layer.run.bottoms[0], numberSetting(layer, "axis"));
		return [`${y} = ${library.softmax(x, axis)}`];
	},
	backward({ layer, yBack: [y], dx: [dx], dy: [dy] }) {
		if (dx === null) return [];
		const { axis } = classSizes(layer.run.bottoms[0], numberSetting(layer, "axis"));
		return [`${dx} = ${y} * (${dy} - (${dy} * ${y}).sum(axis=${axis}, keepdims=True))`];
	},
};

/** Samples or channels of samples as rows: what MVN normalises one by one. */
function rowsOf({ run: { settings, bottoms } }: NetLayer) {
	const { shape, count } = bottoms[0];
	const rows = settings.across_channels === true ? (shape[0] ?? 1) : countOf(shape, 0, Math.min(2, shape.length));
	return { rows: [rows, count / rows], shape };
}

const scalesVariance = ({ run: { settings } }: NetLayer) => settings.normalize_variance !== false;

export const mvn: LayerWriter = {
	forward(code) {
		const { layer, library, x, y } = code;
		const { rows, shape } = rowsOf(layer);
		const [centred, deviation] = [code.own("centred"), code.own("deviation")];
		const deviations = `${library.name}.sqrt((${centred} * ${centred}).mean(axis=1, keepdims=True)) + ${setting(layer, "eps")}`;
		return [
			`${centred} = ${x[0]}.reshape(${shapeOf(rows)})`,
			`${centred} = ${centred} - ${centred}.mean(axis=1, keepdims=True)`,
			...(scalesVariance(layer) ? [`${deviation} = ${deviations}`] : []),
			`${y[0]} = (${centred}${scalesVariance(layer) ? ` / ${deviation}` : ""}).reshape(${shapeOf(shape)})`,
		];
	},
	backward(code) {
		const { layer, yBack, dx, dy } = code;
		if (dx[0] === null) return [];
		const { rows, shape } = rowsOf(layer);
		const [delta, made] = [code.own("delta"), code.own("made")];
		const centred = `${delta} - ${delta}.mean(axis=1, keepdims=True)`;
		const whole = `(${centred} - ${made} * (${delta} * ${made}).mean(axis=1, keepdims=True)) / ${code.own("deviation")}`;
		return [
			`${delta} = ${dy[0]}.reshape(${shapeOf(rows)})`,
			...(scalesVariance(layer) ? [`${made} = ${yBack[0]}.reshape(${shapeOf(rows)})`] : []),
			`${dx[0]} = (${scalesVariance(layer) ? whole : centred}).reshape(${shapeOf(shape)})`,
		];
	},
	// Caffe's backward does not tell eps, which it adds to the deviation, from the deviation.
	inexact: (layer) => (scalesVariance(layer) && numberSetting(layer, "eps") !== 0 ? "own" : null),
};

/** Channels on axis 1, all other axes, and a channel's number laid over the bottom. */
function channelsOf({ run: { bottoms } }: NetLayer) {
	const { shape, count } = bottoms[0];
	const channels = shape[1] ?? 1;
	const others = shape.map((_, axis) => axis).filter((axis) => axis !== 1);
	return {
		axes: shapeOf(others),
		each: count / channels,
		over: (name: string) =>
			shape.length <= 2 ? name : `${name}.reshape(${shapeOf([channels, ...shape.slice(2).map(() => 1)])})`,
	};
}

const isGlobal = ({ run: { settings, phase } }: NetLayer) =>
	typeof settings.use_global_stats === "boolean" ? settings.use_global_stats : phase === "TEST";

function statistics(code: LayerCode): Lines {
	const { layer, library, x, w } = code;
	const { axes, each, over } = channelsOf(layer);
	const [mean, variance] = [code.own("mean"), code.own("variance")];
	if (isGlobal(layer)) {
		const [means, variances, factor] = w;
		const share = code.own("share");
		return [
			`${share} = 0.0 if ${factor}[0] == 0.0 else 1.0 / ${factor}[0]`,
			`${mean} = ${means} * ${share}`,
			`${variance} = ${variances} * ${share}`,
		];
	}
	const kept = setting(layer, "moving_average_fraction");
	const unbiased = pythonNumber(each > 1 ? each / (each - 1) : 1);
	return present([
		`${mean} = ${x[0]}.mean(axis=${axes})`,
		`${variance} = ((${x[0]} - ${over(mean)}) ** 2).mean(axis=${axes})`,
		code.move(0, `${kept} * ${w[0]} + ${library.constant(mean)}`),
		code.move(1, `${kept} * ${w[1]} + ${unbiased} * ${library.constant(variance)}`),
		code.move(2, `${kept} * ${w[2]} + 1.0`),
	]);
}

export const batchNorm: LayerWriter = {
	moves: "sums",
	parameterNames: () => ["mean_sum", "variance_sum", "factor"],
	forward(code) {
		const { layer, library, x, y } = code;
		const { over } = channelsOf(layer);
		const [mean, deviation] = [code.own("mean"), code.own("deviation")];
		return [
			...statistics(code),
			`${deviation} = ${library.name}.sqrt(${code.own("variance")} + ${setting(layer, "eps")})`,
			`${y[0]} = (${x[0]} - ${over(mean)}) / ${over(deviation)}`,
		];
	},
	backward(code) {
		const {
			layer,
			y: [y],
			dx: [dx],
			dy: [dy],
		} = code;
		if (dx === null) return [];
		const { axes, over } = channelsOf(layer);
		const deviation = over(code.own("deviation"));
		if (isGlobal(layer)) return [`${dx} = ${dy} / ${deviation}`];
		const mean = over(`${dy}.mean(axis=${axes})`);
		const along = over(`(${dy} * ${y}).mean(axis=${axes})`);
		return [`${dx} = (${dy} - ${mean} - ${y} * ${along}) / ${deviation}`];
	},
};

const isAcross = (layer: NetLayer) => textSetting(layer, "norm_region") === "ACROSS_CHANNELS";

/** What α is divided by, and what is added. */
function lrnConstants(layer: NetLayer) {
	const size = numberSetting(layer, "local_size");
	const alpha = numberSetting(layer, "alpha");
	return isAcross(layer)
		? { share: alpha / size, base: setting(layer, "k"), axes: "(1,)", size }
		: { share: alpha / (size * size), base: "1.0", axes: "(2, 3)", size };
}

export const lrn: LayerWriter = {
	helpers: ["neighbours"],
	forward(code) {
		const { layer, x, y } = code;
		const { share, base, axes, size } = lrnConstants(layer);
		const scale = code.own("scale");
		return [
			`${scale} = ${base} + ${pythonNumber(share)} * neighbours(${x[0]} * ${x[0]}, ${size}, ${axes})`,
			`${y[0]} = ${x[0]} * ${scale} ** -${setting(layer, "beta")}`,
		];
	},
	torchForward({ layer, x: [x], y: [y] }) {
		const { base, size } = lrnConstants(layer);
		const alpha = setting(layer, "alpha");
		const beta = setting(layer, "beta");
		if (isAcross(layer)) return [`${y} = F.local_response_norm(${x}, ${size}, ${alpha}, ${beta}, ${base})`];
		const squares = `F.avg_pool2d(${x} * ${x}, ${size}, 1, ${(size - 1) / 2})`;
		return [`${y} = ${x} * (1.0 + ${alpha} * ${squares}) ** -${beta}`];
	},
	backward(code) {
		const { layer, x, yBack, dx, dy } = code;
		if (dx[0] === null) return [];
		const { share, axes, size } = lrnConstants(layer);
		const scale = code.own("scale");
		const factor = pythonNumber(2 * numberSetting(layer, "beta") * share);
		const pull = `neighbours(${dy[0]} * ${yBack[0]} / ${scale}, ${size}, ${axes})`;
		return [`${dx[0]} = ${dy[0]} * ${scale} ** -${setting(layer, "beta")} - ${factor} * ${x[0]} * ${pull}`];
	},
};
